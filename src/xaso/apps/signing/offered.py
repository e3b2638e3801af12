"""What pages show of certificates that officials offered: to her, and to the administrators who answer."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext, gettext_lazy

from xaso.apps.people import facade as people
from xaso.apps.signing.actions.issuers_word import GOOD, REVOKED, UNTOLD, said_of
from xaso.apps.signing.models import OfferedCertificate
from xaso.kernel.worktime import VN
from xaso.platform.actor import Actor
from xaso.platform.registries import WorkItem

ISSUER_SAYS = {
    GOOD: gettext_lazy("Chưa bị thu hồi"),
    REVOKED: gettext_lazy("Đã bị thu hồi"),
    UNTOLD: gettext_lazy("Chưa biết"),
}


@dataclass(frozen=True)
class OfferCard:
    """An offered certificate as it is shown; `declined_at` and `reason` are an administrator's answer."""

    id: UUID
    account_id: UUID
    holder: str
    issuer: str
    serial: str
    valid_from: datetime
    valid_to: datetime
    offered_at: datetime
    declined_at: datetime | None
    reason: str
    issuer_says: str


def find_own_offer(account_id: UUID, *, now: datetime) -> OfferCard | None:
    """Return what the official offered and was not taken into use. One query."""
    row = OfferedCertificate.objects.filter(account_id=account_id).first()
    return _card(row, now=now) if row else None


def offers_waiting(commune_id: UUID, *, now: datetime) -> list[OfferCard]:
    """Return what waits for an administrator, of who may still sign, the oldest first. At most four queries."""
    rows = list(OfferedCertificate.objects.filter(commune_id=commune_id, declined_at=None).order_by("offered_at", "id"))
    if not rows:
        return []
    may_sign = {one.account_id for one in people.role_holders(commune_id, people.Role.SIGNER, on=now.astimezone(VN).date())}
    return [_card(row, now=now) for row in rows if row.account_id in may_sign]


def offers_to_answer(actor: Actor, now: datetime) -> list[WorkItem]:
    """Return the offers of others as things to do for an administrator."""
    if actor.commune_id is None or not actor.holds(people.Role.ADMINISTRATOR.value):
        return []
    return [_work_item(one) for one in offers_waiting(actor.commune_id, now=now) if one.account_id != actor.account_id]


def _work_item(one: OfferCard) -> WorkItem:
    return WorkItem(
        key=one.holder,
        title=gettext("Chứng thư số trên USB token chờ duyệt"),
        detail=f"{one.issuer} · {one.serial}",
        stage=gettext_lazy("Đối chiếu rồi duyệt"),
        stage_tone="nghe",
        url=f"/quan-tri/chung-thu/nguoi/{one.account_id}/",
        due_at=None,
    )


def _card(row: OfferedCertificate, *, now: datetime) -> OfferCard:
    from cryptography import x509

    from xaso.apps.signing.adapters.pkcs12 import common_name

    certificate = x509.load_pem_x509_certificate(row.pem.encode())
    return OfferCard(
        id=row.pk,
        account_id=row.account_id,
        holder=common_name(certificate.subject),
        issuer=common_name(certificate.issuer),
        serial=row.serial.upper(),
        valid_from=certificate.not_valid_before_utc,
        valid_to=certificate.not_valid_after_utc,
        offered_at=row.offered_at,
        declined_at=row.declined_at,
        reason=row.reason,
        issuer_says=str(ISSUER_SAYS[said_of(row.pem, row.chain_pem, now=now)]),
    )
