"""`/nop-ho-so/<code>/<draft>/`: a citizen applies, one decision a screen, without JavaScript too, and what was typed is kept."""

from datetime import date, datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xaso.apps.dossiers import queries
from xaso.apps.dossiers.actions import drafts
from xaso.apps.dossiers.actions.renewing import carry_over, later_version
from xaso.apps.dossiers.actions.reuse import use_again
from xaso.apps.dossiers.models import Attachment, Draft
from xaso.apps.dossiers.pages import filing_screens as screens
from xaso.apps.dossiers.pages import unsent
from xaso.apps.dossiers.pages.journey import CHECK, Journey, Stop
from xaso.apps.dossiers.pages.looked_at_twice import say_what_to_look_at
from xaso.apps.dossiers.pages.typed import keep_typed
from xaso.apps.procedures import facade as procedures
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN
from xaso.platform import clock, files, images
from xaso.platform.actor import Actor
from xaso.platform.admission import content_of
from xaso.platform.errors import words_for
from xaso.platform.guard import actor_of
from xaso.platform.one_trip import in_one_trip

THUMBNAIL_PX = 176


@require_GET
@in_one_trip
def resume(request: HttpRequest, procedure_code: str, draft_id: UUID) -> HttpResponse:
    """Go on where the draft was left; a submitted draft leads to its dossier."""
    draft = _draft(request, draft_id)
    if not isinstance(draft, Draft):
        return draft
    draft = _under_what_counts(request, draft)
    journey = _journey(request, draft)
    return to_stop(draft, procedure_code, journey.stop(draft.screen) or journey.stops[0])


@require_http_methods(["GET", "POST"])
@in_one_trip
def screen(request: HttpRequest, procedure_code: str, draft_id: UUID, screen: str) -> HttpResponse:
    """Show one screen, or take what was typed on it and go on."""
    before = unsent.take(request) if request.method == "GET" else None
    draft = _draft(request, draft_id)
    if not isinstance(draft, Draft):
        return draft
    if request.method == "GET" and before is None:
        draft = _under_what_counts(request, draft)
    journey = _journey(request, draft)
    stop = journey.stop(screen)
    if stop is None:
        return to_stop(draft, procedure_code, journey.stops[0])
    if before is not None:
        return _put_back(request, draft, stop, before)
    if request.method == "GET":
        return screens.SHOW[stop.kind](request, draft, journey, stop, {})
    return _TAKE[stop.kind](request, draft, journey, stop)


@require_POST
def autosave(request: HttpRequest, procedure_code: str, draft_id: UUID) -> JsonResponse:
    """Keep what stands on a screen while it is being typed; answers with the time of keeping, or with words why not."""
    actor, now = actor_of(request), clock.now()
    if actor.kind == "anonymous":
        said = _("Phiên đăng nhập đã hết. Anh/chị bấm “Tiếp tục” rồi đăng nhập lại, những gì đã ghi vẫn còn.")
        return JsonResponse({"saved": False, "said": said}, status=HTTPStatus.UNAUTHORIZED)
    try:
        draft = queries.get_draft(actor, draft_id)
        stop = _journey(request, draft).stop(request.POST.get("screen", ""))
        if stop is not None and stop.kind in _TYPED:
            keep_typed(actor, draft, stop, request.POST, now=now)
    except Refusal as refusal:
        return JsonResponse({"saved": False, "said": words_for(refusal)}, status=HTTPStatus.NOT_FOUND)
    return JsonResponse({"saved": True, "at": now.astimezone(VN).strftime("%H:%M")})


@require_POST
def discard(request: HttpRequest, procedure_code: str, draft_id: UUID) -> HttpResponse:
    """Throw a draft away."""
    draft = _draft(request, draft_id)
    if not isinstance(draft, Draft):
        return draft
    drafts.discard_draft(actor_of(request), draft.id)
    messages.success(request, _("Đã bỏ bản đang làm dở."))
    return HttpResponseRedirect("/ho-so-cua-toi/")


@require_GET
def draft_file(request: HttpRequest, procedure_code: str, draft_id: UUID, attachment_id: UUID) -> HttpResponseBase:
    """Show a photo that was just added, small: a phone on a weak signal should not fetch back what it sent."""
    draft = _draft(request, draft_id)
    if not isinstance(draft, Draft):
        return draft
    found = Attachment.objects.filter(draft=draft, pk=attachment_id, removed_at=None).select_related("file").first()
    if found is None:
        raise Http404
    if found.file.media_type == "application/pdf":
        return files.file_response(request, found.file, inline=False)
    small = images.thumbnail(files.read(found.file), side_px=THUMBNAIL_PX)
    return HttpResponse(small, content_type="image/webp", headers={"Cache-Control": "private, no-store"})


def take_typed(request: HttpRequest, draft: Draft, journey: Journey, stop: Stop) -> HttpResponse:
    """Keep what was typed on a screen of questions or about the applicant, right or wrong, and go where the pressed button leads."""
    kept = keep_typed(actor_of(request), draft, stop, request.POST, now=clock.now())
    pressed = request.POST.get("do")
    if pressed == "later":
        messages.success(request, _("Đã lưu. Anh/chị làm tiếp lúc nào cũng được."))
        return HttpResponseRedirect("/ho-so-cua-toi/")
    if pressed == "back":
        return HttpResponseRedirect(screens.back_url(request, kept.draft, journey, stop))
    if kept.errors:
        return screens.SHOW[stop.kind](request, kept.draft, journey, stop, {"errors": kept.errors})
    if kept.asks_again:
        return HttpResponseRedirect(f"{screens.address(request, kept.draft, stop)}#{kept.anchor}")
    return _on(request, kept.draft, stop)


def _put_back(request: HttpRequest, draft: Draft, stop: Stop, before: unsent.Unsent) -> HttpResponse:
    """Put what was typed when the session had ended on its screen again."""
    if stop.kind in _TYPED:
        draft = keep_typed(actor_of(request), draft, stop, before.fields, now=clock.now()).draft
    messages.info(request, _("Anh/chị đã đăng nhập lại. Những gì vừa ghi vẫn còn, anh/chị xem rồi bấm tiếp."))
    if before.had_files:
        messages.warning(request, _("Riêng ảnh vừa chọn thì chưa gửi được. Anh/chị chọn lại."))
    journey = _journey(request, draft)
    stop = journey.stop(stop.slug) or journey.stops[0]
    return screens.SHOW[stop.kind](request, draft, journey, stop, {})


def _take_paper(request: HttpRequest, draft: Draft, journey: Journey, stop: Stop) -> HttpResponse:
    actor, now = actor_of(request), clock.now()
    if "remove" in request.POST:
        removed = screens.uuid_or_none(request.POST["remove"])
        if removed:
            drafts.remove_paper(actor, draft.id, removed, now=now)
        return to_stop(draft, code_of(draft), stop)
    try:
        if reused := screens.uuid_or_none(request.POST.get("reuse", "")):
            use_again(actor, draft.id, reused, now=now)
            return to_stop(draft, code_of(draft), stop)
        _take_files(request, draft, stop, now)
    except Refusal as refusal:
        return screens.show_paper(request, draft, journey, stop, {"refusal": refusal})
    given = Attachment.objects.filter(draft=draft, paper_id=stop.key, removed_at=None).exists()
    if request.POST.get("do") == "add":
        return to_stop(draft, code_of(draft), stop)
    if not given and screens.is_required(draft, stop.key) and request.POST.get("do") != "later":
        return screens.show_paper(request, draft, journey, stop, {"missing": True})
    return _on(request, draft, stop)


def _take_files(request: HttpRequest, draft: Draft, stop: Stop, now: datetime) -> None:
    actor = actor_of(request)
    for upload in request.FILES.getlist("file"):
        name = upload.name or "photo"
        added = drafts.add_paper(actor, draft.id, stop.key, content_of(upload), name=name, source="phone", now=now)
        say_what_to_look_at(request, added)
    for upload_id in filter(None, request.POST.getlist("upload")):
        say_what_to_look_at(request, drafts.take_upload(actor, draft.id, stop.key, upload_id, now=now))


def _take_check(request: HttpRequest, draft: Draft, journey: Journey, stop: Stop) -> HttpResponse:
    """Submit, and before that take the photos that were sent whole meanwhile: each is named `<paper> <upload>`."""
    actor, now = actor_of(request), clock.now()
    taken: list[str] = []
    try:
        for photo in request.POST.getlist("photo"):
            paper_id, _space, upload_id = photo.partition(" ")
            drafts.take_upload(actor, draft.id, paper_id, upload_id, now=now)
            taken.append(photo)
        if request.POST.get("agree") != "yes":
            return screens.show_check(request, draft, journey, stop, {"must_agree": True, "taken": taken})
        dossier = drafts.submit(actor, draft.id, language=request.LANGUAGE_CODE, now=now)
    except Refusal as refusal:
        if refusal.code == "dossiers.procedure_changed":
            return HttpResponseRedirect(f"/nop-ho-so/{code_of(draft)}/{draft.id}/")
        return screens.show_check(request, draft, journey, stop, {"refusal": refusal, "taken": taken})
    return HttpResponseRedirect(f"/ho-so-cua-toi/{dossier.code}/?moi=1")


_TYPED = frozenset({"applicant", "questions"})
_TAKE = {"applicant": take_typed, "questions": take_typed, "paper": _take_paper, "check": _take_check}


def code_of(draft: Draft) -> str:
    """Return the code of the procedure that the draft applies for."""
    return procedures.get_version(draft.version_id).code


def _draft(request: HttpRequest, draft_id: UUID) -> Draft | HttpResponse:
    actor: Actor = actor_of(request)
    if actor.kind == "anonymous":
        return _sign_in_again(request, draft_id)
    try:
        return queries.get_draft(actor, draft_id)
    except Refusal as refusal:
        code = queries.code_of(actor, draft_id)
        if code is None:
            raise Http404 from refusal
        return HttpResponseRedirect(f"/ho-so-cua-toi/{code}/?moi=1")


def _under_what_counts(request: HttpRequest, draft: Draft) -> Draft:
    """Carry a draft over when a later edition of its procedure counts, and say so."""
    carried = carry_over(actor_of(request), draft.id, now=clock.now()) if later_version(draft, on=_today()) else None
    if carried is not None:
        messages.warning(request, _("Thủ tục này có bản mới. Những gì đã ghi vẫn còn; anh/chị xem lại từng câu rồi nộp."))
    return carried or draft


def _today() -> date:
    return clock.now().astimezone(VN).date()


def _sign_in_again(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Send to the sign-in page and back to this screen; what was being sent is kept on the way."""
    if request.method == "POST":
        unsent.keep(request, draft_id)
    return HttpResponseRedirect(f"/dang-nhap/?{urlencode({'next': request.get_full_path()})}")


def _journey(request: HttpRequest, draft: Draft) -> Journey:
    return Journey(draft, procedures.get_version(draft.version_id), request.LANGUAGE_CODE)


def _on(request: HttpRequest, draft: Draft, stop: Stop) -> HttpResponse:
    """Go to the next screen; when the person came from the check to mend one thing, back to the check."""
    journey = _journey(request, draft)
    here = journey.stop(stop.slug) or journey.stops[0]
    target = journey.stops[-1] if request.GET.get("ve") == CHECK else journey.after(here)
    drafts.keep_place(actor_of(request), draft.id, target.slug, now=clock.now())
    return to_stop(draft, code_of(draft), target)


def to_stop(draft: Draft, procedure_code: Any, stop: Stop) -> HttpResponse:
    """Lead to a screen of a draft."""
    return HttpResponseRedirect(f"/nop-ho-so/{procedure_code}/{draft.id}/{stop.slug}/")
