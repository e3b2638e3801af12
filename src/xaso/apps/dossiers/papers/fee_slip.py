"""The slip that a payer takes home: what was paid for, how much, to whom, and the number of the official receipt."""

from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import override

from xaso.apps.dossiers.models import Dossier, Payment
from xaso.apps.dossiers.papers import envelope as common
from xaso.apps.people import facade as people
from xaso.apps.procedures import facade as procedures
from xaso.kernel.money import in_words
from xaso.platform import pdf

TEMPLATE = Path(__file__).resolve().parent / "fee_receipt.typ"
METHODS = {"cash": _("Tiền mặt"), "transfer": _("Chuyển khoản")}


@override("vi")
def fee_slip(dossier: Dossier, payment: Payment) -> bytes:
    """Return the slip of one payment as PDF. It bears no code of its own: the receipt with its number is the proof."""
    commune = people.commune_of(dossier.commune_id)
    paid_at: datetime = payment.taken_at
    return pdf.render(
        TEMPLATE,
        {
            **common.envelope(commune, dossier, ""),
            "verify_url": "",
            "agency": common.desk_agency(commune),
            "issued_at": paid_at,
            "payer": {"name": dossier.applicant_name, "address": dossier.applicant_address},
            "procedure": common.procedure(procedures.get_version(dossier.version_id)),
            "lines": _lines(dossier, payment),
            "total": payment.amount_vnd,
            "total_words": in_words(payment.amount_vnd),
            "method": METHODS.get(payment.method, payment.method),
            "receipt_number": payment.receipt_number,
            "paid_at": paid_at,
            "officer": {"name": payment.taken_by},
        },
    )


def _lines(dossier: Dossier, payment: Payment) -> list[dict[str, object]]:
    """Return what was charged; a fee that the desk set itself is one line."""
    computed = [line for line in dossier.fee.get("lines", []) if not line["exempt"]]
    if dossier.fee.get("total_vnd") != payment.amount_vnd:
        return [{"label": _("Phí, lệ phí"), "quantity": 1, "amount": payment.amount_vnd}]
    return [{"label": line["name"]["vi"], "quantity": line["quantity"], "amount": line["amount_vnd"]} for line in computed]
