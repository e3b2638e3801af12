"""What the procedure of a dossier is called in the language of the page."""

from django.utils.translation import get_language

from xaso.apps.dossiers.models import Dossier
from xaso.apps.dossiers.queries.listed import Listed
from xaso.apps.procedures import facade as procedures
from xaso.kernel.forms import in_language


def plain_name(dossier: Dossier | Listed, language: str = "") -> str:
    """Return the plain name: in Vietnamese the one it was filed under, else that of its version, which the process remembers.

    Whoever names many tells the language: to ask for that of the page each time takes longer than the rest.
    """
    language = language or get_language() or "vi"
    if language == "vi":
        return dossier.procedure_name
    return in_language(procedures.get_version(dossier.version_id).plain_name, language)
