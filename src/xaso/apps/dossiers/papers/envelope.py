"""What every paper of the commune carries: agency, place, code, applicant, procedure, the address where it can be checked."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from xaso.apps.dossiers.models import Dossier
from xaso.apps.people import facade as people
from xaso.apps.procedures import facade as procedures
from xaso.kernel.forms.summary import shown_phone
from xaso.kernel.identifiers import PersonalNumber, grouped_paper_code


def verify_url(token: str) -> str:
    """Return the address that the QR of a paper leads to."""
    return f"{settings.PUBLIC_URL}/xac-minh/{token}"


def envelope(commune: people.CommuneInfo, dossier: Dossier, token: str, *, is_test: bool = False) -> dict[str, Any]:
    """Return the part that slips and results share. Layouts are not proven against the official forms, so each says so.

    Whatever a trial prints, and whatever a test certificate signs, is marked as such on every page.
    """
    return {
        "demo": is_test or is_trial(),
        "confirm_layout": True,
        "verify_url": verify_url(token),
        "verify_code": grouped_paper_code(token),
        "code": dossier.code,
        "national_code": dossier.national_code or "",
    }


def is_trial() -> bool:
    """Tell whether this installation is a trial: whatever it prints is marked."""
    return bool(settings.XASO_MODE == "demo")


def desk_agency(commune: people.CommuneInfo) -> dict[str, str]:
    """Return the agency of a slip: the public service centre under the commune's committee."""
    return {**_where(commune), "parent": f"UBND {lower_first(commune.name)}", "name": _("Trung tâm Phục vụ hành chính công")}


def committee(commune: people.CommuneInfo) -> dict[str, str]:
    """Return the agency of a result: the commune's People's Committee."""
    return {**_where(commune), "parent": _("Ủy ban nhân dân"), "name": commune.name}


def applicant(dossier: Dossier) -> dict[str, str]:
    """Return who applied, the personal number masked: a slip is often lost."""
    return {
        "name": dossier.applicant_name,
        "submitter": str(dossier.representative.get("name", "")),
        "personal_number": masked(dossier.applicant_personal_number),
        "address": dossier.applicant_address,
        "phone": phone(dossier.applicant_phone),
        "email": dossier.applicant_email,
    }


def procedure(version: procedures.ProcedureVersion) -> dict[str, str]:
    """Return the procedure's names and code."""
    return {"name": version.plain_name["vi"], "legal_name": version.legal_name, "code": version.code}


def phone(digits: str) -> str:
    """Return a phone number as people read it; empty stays empty."""
    return shown_phone(digits) if digits else ""


def masked(personal_number: str) -> str:
    """Hide the middle of a personal number; what is no such number is left out."""
    try:
        return PersonalNumber(personal_number).masked
    except ValueError:
        return ""


def lower_first(text: str) -> str:
    """Return the text with a small first letter, as a name stands inside a sentence: “xã Tân Tiến”."""
    return text[:1].lower() + text[1:]


def _where(commune: people.CommuneInfo) -> dict[str, str]:
    return {"place": commune.short_name, "address": commune.address, "phone": phone(commune.phone)}
