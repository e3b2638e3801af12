"""Hands kept files to a browser so that nothing in them can run: pictures may be shown, everything else is downloaded."""

from django.http import FileResponse
from django.utils.http import content_disposition_header

from xaso.kernel.text import slugify_ascii
from xaso.platform.files.models import StoredFile
from xaso.platform.files.store import open_path

SHOWN = frozenset({"image/jpeg", "image/png", "image/webp"})
_HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


def file_response(stored: StoredFile, *, inline: bool) -> FileResponse:
    """Return the file to show (pictures only) or to download, under its own name. Raises Refusal `files.missing`."""
    shown = inline and stored.media_type in SHOWN
    response = FileResponse(open_path(stored).open("rb"), content_type=stored.media_type, headers=_HEADERS)
    response["Content-Disposition"] = disposition(stored.name, inline=shown)
    return response


def disposition(name: str, *, inline: bool) -> str:
    """Return the header of RFC 6266: a name in plain letters for old programs, and the Vietnamese one for the others."""
    header = content_disposition_header(as_attachment=not inline, filename=name) or "inline"
    stem, dot, extension = name.rpartition(".")
    plain = f"{slugify_ascii(stem)}.{slugify_ascii(extension)}" if dot else slugify_ascii(name)
    return header.replace("filename*=", f'filename="{plain}"; filename*=')
