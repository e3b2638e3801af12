"""`/nghe/`: a page of ours read aloud. Scripts play it sentence by sentence; without them the whole of it is one sound.

The machine speaks only what stands on our pages: an address names a sentence that is known, or carries one that we sealed.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xaso.apps.speech import cabinet, ogg, options, queries, sealing
from xaso.apps.speech.actions import making
from xaso.apps.speech.answers import FOR_ITS_VISITOR, FOREVER, sound_response
from xaso.apps.speech.asked import Asked, asked_of, page_of
from xaso.apps.speech.models import Sentence
from xaso.apps.speech.ports import VoiceFailed
from xaso.apps.speech.queries import Heard
from xaso.apps.speech.sound import NoSound
from xaso.apps.speech.voices import voice_for
from xaso.apps.speech.words import LANGUAGES, OWN_LANGUAGE
from xaso.kernel.errors import Refusal
from xaso.kernel.speaking import Piece
from xaso.platform import clock, files, ratelimit
from xaso.platform.errors import words_for
from xaso.platform.guard import actor_of
from xaso.platform.kept_pages import PHONE_MAY_KEEP
from xaso.platform.listening import KEPT_ALONG

HOUR_SECONDS = 3600
WAIT_SECONDS = "3"


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Read a page aloud without scripts: one sound, and below it what is said."""
    asked = asked_of(request)
    page = page_of(request, asked)
    if not page.pieces:
        raise Http404
    lines = _heard(request, page.pieces, asked.language)
    context = {
        "title": page.title,
        "asked": asked,
        "back_url": asked.address or "/",
        "lines": [(line, _note(line, asked.language)) for line in lines],
        "is_silent": not any(line.address for line in lines),
        "languages": _languages(request),
    }
    return render(request, "speech/listen.html", context)


@require_safe
def listed(request: HttpRequest) -> JsonResponse:
    """Give scripts the page's sentences in order: what is written, and where its sound is, so that it can be kept on the phone."""
    asked = asked_of(request)
    page = page_of(request, asked)
    lines = _heard(request, page.pieces, asked.language)
    weight = queries.weight_of(lines) if page.is_whole and not asked.sealed else None
    along = None if weight is None else _weight_along(request, asked, lines)
    answer = {
        "cau": [_as_json(line, asked.language) for line in lines],
        "ca": page.is_whole,
        "nang": weight,
        "kem": along,
        "kem_cuoi": KEPT_ALONG[-1],
        "tieng": asked.language,
        "cac_tieng": [{"ma": code, "ten": str(name)} for code, name in _languages(request)],
        "chu": {
            "nghe": _("Nghe tiếp"),
            "dung": _("Dừng"),
            "luon": _("Tự đọc các trang sau"),
            "tieng": _("Nghe bằng"),
            "mot": _("Nghe câu này"),
            "het": _("Đã đọc hết trang."),
            "im": _("Máy chủ của xã chưa có giọng đọc. Anh/chị nhờ cán bộ một cửa đọc giúp."),
            "hong": _("Chưa nghe được. Anh/chị bấm lại khi có sóng."),
            "luu": _("Lưu tiếng về máy, %(size)s KB"),
            "dang_luu": _("Đang lưu tiếng"),
            "da_luu": _("Đã lưu tiếng, nghe được khi chưa có sóng."),
            "chua_luu": _("Chưa lưu được tiếng. Anh/chị bấm lại khi có sóng."),
        },
    }
    response = JsonResponse(answer, json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})
    response.headers["Cache-Control"] = "private, no-cache"
    if weight is not None:
        response.headers[PHONE_MAY_KEEP] = "1"
    return response


@require_safe
def whole(request: HttpRequest, kind: str) -> HttpResponse:
    """Give the whole page as one sound."""
    asked = asked_of(request)
    lines = _heard(request, page_of(request, asked).pieces, asked.language)
    return _spoken(request, kind, lambda: ogg.join(filter(None, (_opus_of(request, line) for line in lines))), FOR_ITS_VISITOR)


@require_safe
def machine(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """Give a sentence spoken by the machine; made now if nobody has asked before and the worker has not come to it."""
    key, _hyphen, edition = name.partition("-")
    path = cabinet.path_of(key, edition)
    if kind in cabinet.MEDIA_TYPES and cabinet.is_name(name) and path.is_file():
        return sound_response(request, cabinet.in_kind(path, kind), kind, FOREVER)
    sentence = queries.find_sentence(key)
    voice = voice_for(sentence.language) if sentence else None
    if sentence is None or voice is None:
        raise Http404
    present = cabinet.edition_of(cabinet.piece_of(sentence), voice)
    if present != edition:
        return HttpResponseRedirect(f"/nghe/may/{key}-{present}.{kind}")
    return _spoken(request, kind, lambda: _made(request, sentence).read_bytes(), FOREVER)


@require_safe
def person(request: HttpRequest, recording_id: UUID, kind: str) -> HttpResponse:
    """Give a sentence spoken by a person: to everybody once it is approved, before that to who records."""
    recording = queries.find_recording(actor_of(request), recording_id)
    if recording is None:
        raise Http404
    keeping = FOREVER if recording.approved_at else "private, no-store"
    return _spoken(request, kind, lambda: files.read(recording.file), keeping)


@require_safe
def sealed(request: HttpRequest, word: str, kind: str) -> HttpResponse:
    """Give a sentence that belongs to a person, made now and kept nowhere."""
    pieces = sealing.unseal(word)
    if len(pieces) != 1:
        raise Http404
    return _spoken(request, kind, lambda: _personal(request, pieces[0]), FOR_ITS_VISITOR)


def _spoken(request: HttpRequest, kind: str, opus: Callable[[], bytes], keeping: str) -> HttpResponse:
    """Answer with a sound in the wanted kind; a machine that is busy, or whose program fails, is a passing trouble."""
    if kind not in cabinet.MEDIA_TYPES:
        raise Http404
    try:
        content = opus()
        return sound_response(request, cabinet.as_kind(content, kind), kind, keeping)
    except (Refusal, VoiceFailed, NoSound, ValueError) as error:
        said = words_for(error) if isinstance(error, Refusal) else _("Chưa đọc được câu này.")
        response = HttpResponse(said, content_type="text/plain; charset=utf-8", status=503)
        response.headers["Retry-After"] = WAIT_SECONDS
        return response


def _opus_of(request: HttpRequest, line: Heard) -> bytes:
    if line.recording is not None:
        return files.read(line.recording.file)
    if not line.address:
        return b""
    return _made(request, line.sentence).read_bytes() if line.sentence else _personal(request, line.piece)


def _weight_along(request: HttpRequest, asked: Asked, lines: list[Heard]) -> int | None:
    """Return how many bytes the sounds kept along with a page weigh beside its own; None while one of them is not made."""
    pieces = [piece for address in KEPT_ALONG for piece in page_of(request, replace(asked, address=address)).pieces]
    heard = _heard(request, tuple(dict.fromkeys(pieces)), asked.language)
    own = {line.address for line in lines}
    return queries.weight_of(line for line in heard if line.address not in own)


def _made(request: HttpRequest, sentence: Sentence) -> Any:
    voice = voice_for(sentence.language)
    if voice is None:
        raise Http404
    made = cabinet.made(sentence, voice)
    if made is None:
        _count(request)
        made = making.speak_now(sentence, voice)
    return made


def _personal(request: HttpRequest, piece: Piece) -> bytes:
    voice = voice_for(piece.language)
    if voice is None:
        raise Http404
    _count(request)
    with making.one_at_a_time():
        return cabinet.speak(piece, voice).content


def _count(request: HttpRequest) -> None:
    """Hold back who has too much spoken. Raises Refusal `platform.too_many`."""
    address = request.META.get("REMOTE_ADDR", "")
    ratelimit.count(f"speech:{address}", limit=options.ASKED_AN_HOUR.value(), window_seconds=HOUR_SECONDS, now=clock.now())


def _heard(request: HttpRequest, pieces: tuple[Piece, ...], language: str) -> list[Heard]:
    return queries.heard(_commune_of(request), pieces, language)


def _languages(request: HttpRequest) -> list[tuple[str, Any]]:
    """Return the choice of languages; the first is the page's own."""
    own = LANGUAGES[get_language() or OWN_LANGUAGE]
    return [(code, own if code == OWN_LANGUAGE else LANGUAGES[code]) for code in queries.languages_heard(_commune_of(request))]


def _commune_of(request: HttpRequest) -> UUID:
    commune_id = actor_of(request).commune_id
    if commune_id is None:
        raise Http404
    return commune_id


def _as_json(line: Heard, language: str) -> dict[str, str]:
    written = {"c": line.piece.text, "a": line.address}
    note = _note(line, language)
    return {**written, "g": note} if note else written


def _note(line: Heard, language: str) -> str:
    """Return what must be told of a sentence: that it is not in the wanted language, that it is a trial."""
    if line.is_missing:
        heard = LANGUAGES[line.piece.language]
        return _("%(language)s: câu này chưa có. Đang nghe: %(heard)s.") % {"language": LANGUAGES[language], "heard": heard}
    if line.recording is not None and line.recording.is_trial:
        return _("Bản thu thử, do máy đọc.")
    return ""
