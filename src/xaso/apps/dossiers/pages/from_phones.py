"""`/gui/`: what phones send of what was filed on them without a signal, and what became of it. JSON, for scripts only."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from xaso.apps.dossiers import access, queries, rules, shown, words
from xaso.apps.dossiers.actions.confirming import BY_DESK
from xaso.apps.dossiers.flow import BEARER, OWNER
from xaso.apps.dossiers.models import Arrival, Dossier
from xaso.apps.dossiers.notices import LIFE_EVENTS
from xaso.apps.dossiers.pages.arriving import ItemIn, Taken, standing, take_in
from xaso.apps.dossiers.pages.filing_screens import uuid_or_none
from xaso.apps.dossiers.shown_asked import asked_for_phone
from xaso.apps.people import facade as people
from xaso.apps.procedures import facade as procedures
from xaso.kernel.errors import Refusal
from xaso.kernel.forms import in_language
from xaso.platform import clock, ratelimit
from xaso.platform.errors import words_for
from xaso.platform.guard import actor_of
from xaso.platform.language import languages_offered
from xaso.platform.to_phones import SIGNATURE, answer, read_item, refuse, refused

MOST_BYTES = 256 * 1024
SENDINGS, SENDINGS_SECONDS = 900, 600
"""So many sendings from one address: a hundred items over a link that is cut every minute, and neighbours behind the same address."""
NEW_UNSIGNED, NEW_UNSIGNED_SECONDS = 300, 3600
"""So many new items an hour from one address that no known phone signed."""

CONFLICTS = {"dossiers.uploads_missing", "dossiers.item_taken"}


@csrf_exempt
@require_POST
def deliver(request: HttpRequest) -> HttpResponse:
    """Take an item in. The phone's signature tells whose it is; the answer is the same however often it is sent."""
    now, address = clock.now(), request.META.get("REMOTE_ADDR", "")
    commune: Any = request.commune  # type: ignore[attr-defined]
    if commune is None:
        return _not_here()
    try:
        ratelimit.count(f"outbox:{address}", limit=SENDINGS, window_seconds=SENDINGS_SECONDS, now=now)
        item = read_item(request, ItemIn, MOST_BYTES)
        with translation.override(_language(item.language)):
            return _delivered(request, commune.id, item, address)
    except Refusal as refusal:
        return refused(refusal)


def _delivered(request: HttpRequest, commune_id: UUID, item: ItemIn, address: str) -> HttpResponse:
    now, signature = clock.now(), request.headers.get(SIGNATURE, "")[:200]
    try:
        signed = people.who_signed(commune_id, uuid_or_none(item.device), request.body, signature, address=address, now=now)
        if signed.owner is None and not Arrival.objects.filter(pk=item.id).exists():
            ratelimit.count(f"outbox-new:{address}", limit=NEW_UNSIGNED, window_seconds=NEW_UNSIGNED_SECONDS, now=now)
        taken = take_in(commune_id, item, signed, address=address, now=now)
    except Refusal as refusal:
        if refusal.code not in CONFLICTS:
            return refused(refusal)
        return refuse(HTTPStatus.CONFLICT, refusal.code, words_for(refusal), **refusal.params)
    return answer(told(taken))


@require_GET
def ask(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Tell what became of an item to the phone that knows its secret: state and code, and to its person what the commune said since."""
    commune: Any = request.commune  # type: ignore[attr-defined]
    arrival = queries.find_arrival(commune.id, item_id, request.GET.get("secret", "")) if commune else None
    if arrival is None:
        said = _("Xã không tìm thấy hồ sơ này nữa. Anh/chị đem mã hoặc giấy hẹn đến quầy một cửa để hỏi.")
        return refuse(HTTPStatus.NOT_FOUND, "dossiers.item_unknown", said)
    with translation.override(_language(arrival.language)):
        taken = standing(arrival)
        if taken.dossier is None:
            return answer(told(taken))
        reader = access.roles_on(actor_of(request), taken.dossier)
        if not (_is_nobodys(arrival) or reader & {OWNER, BEARER}):
            return answer(_closed(taken.dossier))
        return answer(told(taken) | _followed(taken.dossier, arrival.language))


def _is_nobodys(arrival: Arrival) -> bool:
    """Tell whether an item was filed without any sign-in: no known phone signed it, and its person showed a paper at the desk."""
    return arrival.confirmed_by == BY_DESK


def _closed(dossier: Dossier) -> dict[str, Any]:
    """Return what a phone is told while the one who filed it is not signed in there: the code, and that there is more to read."""
    said = _("Anh/chị đăng nhập để đọc tin của xã về hồ sơ này.")
    url = f"/ho-so-cua-toi/{dossier.code}/"
    return {"state": "received", "code": dossier.code, "url": url, "said": said, "closed": True}


def told(taken: Taken) -> dict[str, Any]:
    """Return what a phone is told of an item: received, waiting for the person, or to be looked at."""
    arrival, dossier = taken.arrival, taken.dossier
    if dossier is not None:
        return _received(dossier) | {"nobodys": _is_nobodys(arrival)}
    if arrival.erased_at is not None:
        return {"state": "look", "faults": [], "erased": True, "said": words.erased(arrival.erased_why)}
    if taken.faults:
        return {"state": "look", "faults": taken.faults, "said": _("Hồ sơ còn chỗ cần anh/chị xem lại. Những gì đã ghi vẫn còn.")}
    if arrival.confirmed_at is None:
        said = _("Hồ sơ đã về đến xã, chờ xác nhận người nộp. Anh/chị đăng nhập một lần, hoặc đến quầy một cửa và đọc số %(number)s.")
        confirm = f"/gui/{arrival.id}/xac-nhan/"
        return {"state": "waiting_for_person", "number": arrival.number, "confirm": confirm, "said": said % {"number": arrival.number}}
    return {"state": "look", "faults": [], "said": _("Hồ sơ nằm trong “Hồ sơ của tôi”. Anh/chị đăng nhập, xem lại rồi nộp.")}


def _received(dossier: Dossier) -> dict[str, Any]:
    slip, stage = queries.last_slip(dossier), str(words.STATES_FOR_APPLICANT[dossier.state])
    said = _("Xã đã nhận hồ sơ, mã %(code)s.") % {"code": dossier.code}
    return {
        "state": "received",
        "code": dossier.code,
        "url": f"/ho-so-cua-toi/{dossier.code}/",
        "slip": f"/ho-so/{dossier.code}/giay/{slip.id}/" if slip else "",
        "said": f"{said} {stage}" if dossier.state in rules.HELD else said,
        "stage": stage,
    }


def _followed(dossier: Dossier, language: str) -> dict[str, Any]:
    """Return the procedure and what happened to a dossier that its applicant is told of, oldest first, in the words of her own page."""
    name = in_language(procedures.get_version(dossier.version_id).plain_name, language)
    steps = [step for step in queries.steps_of(dossier) if step.verb in LIFE_EVENTS]
    lines = [(step.at, shown.step_for_applicant(step)) for step in steps]
    said = [{"at": at.isoformat(), "said": ": ".join(filter(None, (str(line["label"]), line["note"])))} for at, line in lines]
    return {"messages": said, "name": name, "asked": asked_for_phone(dossier, language)}


def _language(code: str) -> str:
    return code if code in dict(languages_offered()) else "vi"


def _not_here() -> HttpResponse:
    return refuse(HTTPStatus.NOT_FOUND, "dossiers.item_unknown", _("Xã chưa nhận được hồ sơ này. Máy sẽ gửi lại."))
