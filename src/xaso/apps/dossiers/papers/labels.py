"""Address labels for results that go by public post: two beside each other, seven rows a page."""

from collections.abc import Iterable
from pathlib import Path

from django.utils.translation import override

from xaso.apps.dossiers.models import Dossier
from xaso.apps.dossiers.papers.envelope import desk_agency, is_trial, phone
from xaso.apps.people import facade as people
from xaso.platform import pdf

LABELS = Path(__file__).resolve().parent / "labels.typ"


@override("vi")
def render_labels(commune: people.CommuneInfo, dossiers: Iterable[Dossier]) -> bytes:
    """Return the labels as PDF: the receiver with phone, the sender, and our code; no word of what is inside."""
    sender = desk_agency(commune)
    labels = [
        {
            "name": dossier.applicant_name,
            "phone": phone(dossier.applicant_phone),
            "address": dossier.return_address,
            "area": dossier.return_area,
            "code": dossier.code,
        }
        for dossier in dossiers
    ]
    return pdf.render(
        LABELS, {"demo": is_trial(), "labels": labels, "sender": f"{sender['name']}, {sender['parent']}", "sender_phone": sender["phone"]}
    )
