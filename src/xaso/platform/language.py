"""Which language a page speaks: the one the visitor chose, else Vietnamese, whatever language her telephone was sold with."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

SHARE_TO_BE_OFFERED = 0.9
LOCAL_LANGUAGES = {
    "hmn": _("Tiếng Mông"),
    "ium": _("Tiếng Dao"),
    "tyz": _("Tiếng Tày"),
    "nut": _("Tiếng Nùng"),
}
"""Languages of the mountains, by ISO 639-3: what is written and recorded here may be in them, the interface is not."""
MO_LITTLE_ENDIAN = b"\xde\x12\x04\x95"


class LanguageMiddleware:
    """Speaks the language of the cookie. `Accept-Language` is left aside: many telephones here are set to English by the shop."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = chosen_language(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def chosen_language(request: HttpRequest) -> str:
    """Return the language of the visitor's cookie, Vietnamese without one or with one that is not offered."""
    code = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return code if code in dict(languages_offered()) else settings.LANGUAGE_CODE


@lru_cache(maxsize=1)
def languages_offered() -> tuple[tuple[str, str], ...]:
    """Return code and own name of Vietnamese, which the texts are written in, and of each language they are (almost) all translated to."""
    translated = {code: _texts_in(code) for code, _name in settings.LANGUAGES}
    enough = max(1, max(translated.values(), default=0) * SHARE_TO_BE_OFFERED)
    return tuple((code, name) for code, name in settings.LANGUAGES if code == settings.LANGUAGE_CODE or translated[code] >= enough)


def _texts_in(code: str) -> int:
    """Return how many of our texts the compiled catalogue of the language holds; 0 where there is none."""
    files = [Path(folder) / code / "LC_MESSAGES" / "django.mo" for folder in settings.LOCALE_PATHS]
    return sum(_length_of(file) for file in files if file.exists())


def _length_of(file: Path) -> int:
    """Read the number of texts from the head of a compiled catalogue. Source: the GNU gettext manual, “The Format of GNU MO Files”."""
    head = file.read_bytes()[:12]
    order: Literal["little", "big"] = "little" if head[:4] == MO_LITTLE_ENDIAN else "big"
    return int.from_bytes(head[8:12], order)
