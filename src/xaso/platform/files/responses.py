"""Hands kept files to a browser so that nothing in them can run: pictures may be shown, everything else is downloaded."""

from http import HTTPStatus

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header

from xaso.kernel.errors import Refusal
from xaso.kernel.text import slugify_ascii
from xaso.platform.errors import words_for
from xaso.platform.files.models import StoredFile
from xaso.platform.files.store import open_path

STATUS = {"files.missing": HTTPStatus.NOT_FOUND, "files.unchecked": HTTPStatus.SERVICE_UNAVAILABLE, "files.infected": HTTPStatus.GONE}
RETRY_SECONDS = 60
SHOWN = frozenset({"image/jpeg", "image/png", "image/webp"})
_HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


def file_response(request: HttpRequest | None, stored: StoredFile, *, inline: bool) -> HttpResponseBase:
    """Return the file to show (pictures only) or to download, under its own name; a page that says why when it can't be opened."""
    shown = inline and stored.media_type in SHOWN
    try:
        path = open_path(stored)
    except Refusal as refusal:
        return _not_opened(request, stored, refusal)
    response = FileResponse(path.open("rb"), content_type=stored.media_type, headers=_HEADERS)
    response["Content-Disposition"] = disposition(stored.name, inline=shown)
    return response


def _not_opened(request: HttpRequest | None, stored: StoredFile, refusal: Refusal) -> HttpResponse:
    page = render_to_string("xaso/file_not_opened.html", {"name": stored.name, "said": words_for(refusal)}, request)
    response = HttpResponse(page, status=STATUS[refusal.code], headers={"Cache-Control": "private, no-store"})
    if refusal.code == "files.unchecked":
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def disposition(name: str, *, inline: bool) -> str:
    """Return the header of RFC 6266: a name in plain letters for old programs, and the Vietnamese one for the others."""
    header = content_disposition_header(as_attachment=not inline, filename=name) or "inline"
    stem, dot, extension = name.rpartition(".")
    plain = f"{slugify_ascii(stem)}.{slugify_ascii(extension)}" if dot else slugify_ascii(name)
    return header.replace("filename*=", f'filename="{plain}"; filename*=')
