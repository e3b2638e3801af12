"""The rules of what phones send: under which version it is taken, whose it is, and who may ask for it. Pure functions."""

import hashlib
import hmac

from xaso.apps.dossiers.shapes import Applicant
from xaso.apps.people.facade import Citizen
from xaso.apps.procedures.facade import ProcedureVersion
from xaso.kernel.text import same_name

OWN, ANOTHERS = "own", "anothers"


def still_counts(pinned: ProcedureVersion, current: ProcedureVersion | None) -> bool:
    """Tell whether what was filled in under a version may be filed under it on the day of arrival.

    It may while the version counts, and when only its wording was mended since: both are valid from the same day. A later edition is
    another rule, and the catalogue holds no transitional ones, so the person looks at what is asked now.
    """
    return current is not None and current.code == pinned.code and current.valid_from == pinned.valid_from


def whose(applicant: Applicant, citizen: Citizen) -> str:
    """Tell whether what was typed names this citizen or another person: by the number, or by the name where none was typed."""
    if applicant.personal_number:
        return OWN if applicant.personal_number == citizen.personal_number else ANOTHERS
    return OWN if not applicant.name or same_name(applicant.name, citizen.full_name) else ANOTHERS


def digest_of(secret: str) -> str:
    """Return what is kept of an item's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def fits(secret: str, digest: str) -> bool:
    """Tell whether the secret is the one that an item came with first."""
    return hmac.compare_digest(digest_of(secret), digest)
