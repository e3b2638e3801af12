"""What languages and acts are called."""

from django.utils.translation import gettext_lazy as _

from xaso.platform.language import LOCAL_LANGUAGES

LANGUAGES = {
    "vi": _("Tiếng Việt"),
    **LOCAL_LANGUAGES,
    "en": _("Tiếng Anh"),
    "bn": _("Tiếng Bengal"),
}
"""The languages in which people record: those of the interface, and ISO 639-3."""
OWN_LANGUAGE = "vi"
INTERFACES = frozenset({"vi", "en", "bn"})


def written_in(language: str) -> str:
    """Return the language of the texts that are recorded in a language: what the interface says in it, else Vietnamese."""
    return language if language in INTERFACES else OWN_LANGUAGE


ACTS = {
    "speech.recorded": _("Thu giọng đọc"),
    "speech.approved": _("Duyệt giọng đọc"),
    "speech.removed": _("Bỏ giọng đọc"),
}
