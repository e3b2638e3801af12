"""What phones send by themselves: the key by which they are known, and how much waits on them. JSON, for scripts only."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from pydantic import BaseModel, ConfigDict, Field

from xaso.apps.people.actions.devices import LABEL_LETTERS, Beat, enrol_device, hear_beat
from xaso.apps.people.device_queries import who_signed
from xaso.kernel.device_time import MOST_LETTERS, read_device_time
from xaso.kernel.errors import Refusal
from xaso.platform import clock, ratelimit
from xaso.platform.guard import actor_of
from xaso.platform.to_phones import SIGNATURE, answer, comes_from_our_page, read_item, refuse, refused

MOST_BYTES = 4096
MOST_BEATS = 2**31 - 1
ENROLMENTS, BEATS, WINDOW_SECONDS = 20, 120, 3600


class KeyIn(BaseModel):
    """The public half of the phone's key as WebCrypto exports it; what else stands in it is left aside."""

    model_config = ConfigDict(strict=True)

    kty: str = Field(max_length=10)
    crv: str = Field(max_length=10)
    x: str = Field(max_length=60)
    y: str = Field(max_length=60)


class EnrolmentIn(BaseModel):
    """A phone that asks to be known as its owner's."""

    model_config = ConfigDict(strict=True)

    id: UUID = Field(strict=False)
    public_key: KeyIn
    label: str = Field(default="", max_length=4 * LABEL_LETTERS)


class BeatIn(BaseModel):
    """What waits on a phone; `number` counts what it told.

    With `sent_at`, by the same clock as `oldest_made_at`, a clock that is wrong does no harm.
    """

    model_config = ConfigDict(strict=True)

    number: int = Field(ge=1, le=MOST_BEATS)
    waiting: int = Field(ge=0, le=9999)
    oldest_made_at: str | None = Field(default=None, max_length=MOST_LETTERS)
    sent_at: str | None = Field(default=None, max_length=MOST_LETTERS)


@csrf_exempt
@never_cache
@require_POST
def enrol(request: HttpRequest) -> HttpResponse:
    """Enrol the phone of the citizen who is signed in. The page's own origin stands for the form's token, which scripts can't read."""
    actor, now = actor_of(request), clock.now()
    if actor.kind == "anonymous":
        return refuse(HTTPStatus.UNAUTHORIZED, "people.sign_in_first", _("Anh/chị đăng nhập rồi làm lại."))
    if actor.citizen_id is None:
        return refuse(HTTPStatus.NOT_FOUND, "people.not_found", _("Chỉ người dân mới thêm máy của mình."))
    if not comes_from_our_page(request):
        return refuse(HTTPStatus.FORBIDDEN, "people.not_allowed", _("Chỉ trang của xã mới thêm được máy."))
    try:
        ratelimit.count(f"enrol:{actor.citizen_id}", limit=ENROLMENTS, window_seconds=WINDOW_SECONDS, now=now)
        sent = read_item(request, EnrolmentIn, MOST_BYTES)
        device = enrol_device(actor, sent.id, sent.public_key.model_dump(), sent.label, now=now)
    except Refusal as refusal:
        return refused(refusal)
    return answer({"id": str(device.id), "label": device.label, "enrolled_at": device.enrolled_at.isoformat()})


@csrf_exempt
@never_cache
@require_POST
def beat(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """Hear how much waits on a phone. Whatever is wrong with the phone or its signature, the answer is the same."""
    now = clock.now()
    commune: Any = request.commune  # type: ignore[attr-defined]
    address = request.META.get("REMOTE_ADDR", "")
    try:
        ratelimit.count(f"beat:{device_id}:{address}", limit=BEATS, window_seconds=WINDOW_SECONDS, now=now)
        told = read_item(request, BeatIn, MOST_BYTES)
        signature = request.headers.get(SIGNATURE, "")
        signed = who_signed(commune.id, device_id, request.body, signature, address=address, now=now) if commune else None
        if signed is None or signed.owner is None:
            return refuse(HTTPStatus.NOT_FOUND, "people.device_unknown", _("Xã chưa biết máy này. Anh/chị đăng nhập lại trên máy."))
        oldest, sent_at = (read_device_time(text or "") for text in (told.oldest_made_at, told.sent_at))
        hear_beat(device_id, Beat(told.number, told.waiting, oldest, sent_at), now=now)
    except Refusal as refusal:
        return refused(refusal)
    return answer({})
