"""What a visitor asks to be read: a page of ours as he sees it, led by what only its last answer said, which comes sealed."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import get_language

from xaso.apps.speech import inner, sealing
from xaso.apps.speech.words import LANGUAGES, OWN_LANGUAGE
from xaso.kernel.speaking import Piece, read_page
from xaso.platform.listening import ADDRESS

MOST_SENTENCES = 800
_ONCE = re.compile(r'<section class="tomloi".*?</section>|<div class="bao \w+" role="status">.*?</div>', re.DOTALL)
_LINK = re.compile(rf'(href="{re.escape(ADDRESS)}\?trang=[^"]*)"')
MESSAGES_COOKIE = "messages"


@dataclass(frozen=True)
class Asked:
    """A page to be read aloud, in the language that the visitor wants to hear. `address` may be empty for an answer that has none."""

    address: str
    sealed: str
    language: str

    @property
    def query(self) -> str:
        """Return the part of an address that asks for the same again."""
        return urlencode(
            {name: value for name, value in (("trang", self.address), ("loi", self.sealed), ("tieng", self.language)) if value}
        )


def asked_of(request: HttpRequest) -> Asked:
    """Return what the address asks for; what is no language of ours is Vietnamese."""
    wanted = request.GET.get("tieng", "")
    address = request.GET.get("trang", "")
    return Asked(
        address if inner.is_ours(address) else "",
        request.GET.get("loi", ""),
        wanted if wanted in LANGUAGES else OWN_LANGUAGE,
    )


@dataclass(frozen=True)
class AskedPage:
    """What is read of a page: its title, and its sentences in order, each once. `is_whole`: also what its scripts may yet show."""

    title: str
    pieces: tuple[Piece, ...]
    is_whole: bool


def page_of(request: HttpRequest, asked: Asked) -> AskedPage:
    """Return what is read of the page that is asked for; nothing of what may not be read aloud."""
    page = inner.page_for(request, asked.address) if asked.address else inner.NO_PAGE
    read = page.read(get_language() or settings.LANGUAGE_CODE)
    pieces = dict.fromkeys((*sealing.unseal(asked.sealed), *read.pieces))
    return AskedPage(read.title, tuple(pieces)[:MOST_SENTENCES], page.may_be_kept)


def told_once(html: str, language: str, *, was_sent: bool) -> tuple[Piece, ...]:
    """Return what a page would not say if it were asked for again: errors and messages, else all that a form's answer says."""
    found = "".join(_ONCE.findall(html))
    if found or not was_sent:
        return read_page(found, language).pieces
    return read_page(html, language).pieces[:MOST_SENTENCES]


class AnswerToListenTo:
    """Gives the link “Nghe” of an answer that can't be asked for again what that answer said, sealed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        was_sent = request.method == "POST" and not _has_address(response)
        if (was_sent or MESSAGES_COOKIE in request.COOKIES) and isinstance(response, HttpResponse):
            _lead(response, was_sent=was_sent)
        return response


def _has_address(response: HttpResponseBase) -> bool:
    """Tell whether a form was answered with a page that can be asked for again, as `one_trip` does."""
    return response.status_code == HTTPStatus.OK and response.has_header("Content-Location")


def _lead(response: HttpResponse, *, was_sent: bool) -> None:
    if response.has_header("Content-Encoding") or inner.MARK.encode() not in response.content:
        return
    html = response.content.decode()
    pieces = told_once(html, get_language() or settings.LANGUAGE_CODE, was_sent=was_sent)
    if pieces:
        response.content = _LINK.sub(rf'\1&amp;loi={sealing.seal(pieces)}"', html, count=1).encode()
