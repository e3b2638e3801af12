"""`/tai-len/`: the tus 1.0 protocol over HTTP. Whoever knows a file's id may go on with it; no cookie and no form's token is asked."""

import threading
from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt

from xaso.kernel.errors import Refusal
from xaso.platform import clock
from xaso.platform.errors import words_for
from xaso.platform.uploads import actions, protocol
from xaso.platform.uploads.models import Upload

ADDRESS = "/tai-len/"
AT_ONCE = 8
"""So many bodies are read at once in a web process: half its threads, so that slow phones never keep pages from being answered."""
RETRY_SECONDS = {"uploads.busy": 5, "uploads.too_many": 600}
CHECKSUM_MISMATCH = 460
STATUS: dict[str, int] = {
    "uploads.unknown": HTTPStatus.NOT_FOUND,
    "uploads.gone": HTTPStatus.GONE,
    "uploads.offset_differs": HTTPStatus.CONFLICT,
    "uploads.superseded": HTTPStatus.LOCKED,
    "uploads.checksum_differs": CHECKSUM_MISMATCH,
    "uploads.checksum_unknown": HTTPStatus.BAD_REQUEST,
    "uploads.malformed": HTTPStatus.BAD_REQUEST,
    "uploads.too_heavy": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "uploads.too_long": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "uploads.too_many": HTTPStatus.TOO_MANY_REQUESTS,
    "platform.too_many": HTTPStatus.TOO_MANY_REQUESTS,
    "uploads.no_room": HTTPStatus.INSUFFICIENT_STORAGE,
    "uploads.busy": HTTPStatus.SERVICE_UNAVAILABLE,
}

_bodies = threading.BoundedSemaphore(AT_ONCE)


@csrf_exempt
def begin(request: HttpRequest) -> HttpResponse:
    """Say what is spoken here, or take the announcement of a file, with its first bytes if they come along."""
    return _answered(request, {"OPTIONS": _speak, "POST": _create})


@csrf_exempt
def go_on(request: HttpRequest, upload_id: str) -> HttpResponse:
    """Say how far a file is, append to it, or take it back."""
    return _answered(
        request,
        {
            "OPTIONS": _speak,
            "HEAD": lambda request: _tell(request, upload_id),
            "PATCH": lambda request: _append(request, upload_id),
            "DELETE": lambda request: _take_back(request, upload_id),
        },
    )


def _answered(request: HttpRequest, verbs: dict[str, Callable[[HttpRequest], HttpResponse]]) -> HttpResponse:
    """Answer in the protocol's manner: its version on every answer, nothing kept on the way, a refusal in words."""
    verb = request.method or ""
    if verb == "POST":
        verb = request.headers.get("X-HTTP-Method-Override", verb).upper()
    if verb not in verbs:
        return HttpResponseNotAllowed(verbs)
    if verb != "OPTIONS" and request.headers.get("Tus-Resumable") != protocol.VERSION:
        response = HttpResponse(status=HTTPStatus.PRECONDITION_FAILED, headers={"Tus-Version": protocol.VERSION})
    else:
        try:
            response = verbs[verb](request)
        except Refusal as refusal:
            response = _refused(refusal)
    response.headers["Tus-Resumable"] = protocol.VERSION
    response.headers["Cache-Control"] = "no-store"
    return response


def _speak(_request: HttpRequest) -> HttpResponse:
    headers = {
        "Tus-Version": protocol.VERSION,
        "Tus-Extension": protocol.EXTENSIONS,
        "Tus-Max-Size": str(actions.MAX_BYTES),
        "Tus-Checksum-Algorithm": ",".join(protocol.ALGORITHMS),
    }
    return HttpResponse(status=HTTPStatus.NO_CONTENT, headers=headers)


def _create(request: HttpRequest) -> HttpResponse:
    """Announce a file. Of one that was begun before only the place is told: its bytes go on from there."""
    file = protocol.announced(request.headers.get("Upload-Length"), request.headers.get("Upload-Metadata", ""))
    upload = actions.announce(file, address=request.META.get("REMOTE_ADDR", ""), now=clock.now())
    if request.content_type == protocol.PIECE_TYPE and not upload.offset_bytes:
        upload = _body_appended(request, upload.pk, 0)
    return HttpResponse(status=HTTPStatus.CREATED, headers={"Location": f"{ADDRESS}{upload.pk}", **_place(upload)})


def _tell(_request: HttpRequest, upload_id: str) -> HttpResponse:
    upload = actions.get_open(upload_id, now=clock.now())
    headers = {"Upload-Length": str(upload.size_bytes), **_place(upload)}
    if upload.metadata:
        headers["Upload-Metadata"] = upload.metadata
    return HttpResponse(headers=headers)


def _append(request: HttpRequest, upload_id: str) -> HttpResponse:
    if request.content_type != protocol.PIECE_TYPE:
        return HttpResponse(status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    upload = _body_appended(request, upload_id, protocol.count_of(request.headers.get("Upload-Offset")))
    return HttpResponse(status=HTTPStatus.NO_CONTENT, headers=_place(upload))


def _take_back(_request: HttpRequest, upload_id: str) -> HttpResponse:
    actions.take_back(upload_id, now=clock.now())
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def _body_appended(request: HttpRequest, upload_id: str, offset_bytes: int) -> Upload:
    checksum = protocol.checksum(request.headers.get("Upload-Checksum"))
    length = protocol.count_of(request.headers.get("Content-Length"))
    if not _bodies.acquire(blocking=False):
        raise Refusal("uploads.busy")
    try:
        return actions.append(upload_id, offset_bytes, request, length, checksum=checksum, now=clock.now())
    finally:
        _bodies.release()


def _place(upload: Upload) -> dict[str, str]:
    return {"Upload-Offset": str(upload.offset_bytes), "Upload-Expires": http_date(upload.expires_at.timestamp())}


def _refused(refusal: Refusal) -> HttpResponse:
    response = HttpResponse(words_for(refusal), status=STATUS[refusal.code], content_type="text/plain; charset=utf-8")
    wait = RETRY_SECONDS.get(refusal.code) or 60 * int(refusal.params.get("minutes", 0))
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response
