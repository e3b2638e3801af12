"""`/mot-cua/`: the desk's queues, the walk-in, and the codes of the national portal."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xaso.apps.dossiers import queries, scans, shown, words
from xaso.apps.dossiers.actions import drafts, intake
from xaso.apps.dossiers.actions.renewing import carry_over
from xaso.apps.dossiers.models import Attachment, Draft
from xaso.apps.dossiers.options import UNCLAIMED_DAYS
from xaso.apps.dossiers.pages import unsent
from xaso.apps.dossiers.pages.desk_form import DeskForm
from xaso.apps.dossiers.shapes import Applicant
from xaso.apps.people import facade as people
from xaso.apps.people.facade import Role
from xaso.apps.procedures import facade as procedures
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN
from xaso.platform import clock, files, images
from xaso.platform.admission import Limits
from xaso.platform.errors import words_for
from xaso.platform.guard import actor_of, for_roles

QUEUES = ("intake", "held", "asked", "to_pay", "ready")
CHANNELS = ("counter", "post")
CARRIED = ("fee_taken", "receipt_number", "method")
for_desk = for_roles(Role.DESK.value)


@require_GET
@for_desk
def show(request: HttpRequest) -> HttpResponse:
    """Show one of the desk's queues with the counts of all, and what the official began and did not finish."""
    actor, now = actor_of(request), clock.now()
    asked = request.GET.get("hang", "intake")
    queue = asked if asked in QUEUES else "intake"
    counts = queries.desk_counts(actor)
    waiting = queries.desk_list(actor, queue) if queue != "ready" else []
    ready = queries.desk_dossiers(actor, queue) if queue == "ready" else []
    context = {
        "queue": queue,
        "counts": counts,
        "unconfirmed": queries.unconfirmed_count(actor),
        "rows": [shown.row(dossier, now) for dossier in ready],
        "lines": shown.lines(waiting, now),
        "left_out": counts[queue] - len(waiting) - len(ready),
        "unclaimed": shown.count_unclaimed(waiting, now) + shown.count_unclaimed(ready, now),
        "unclaimed_days": UNCLAIMED_DAYS.value(),
        "drafts": [shown.draft_row(draft, request.LANGUAGE_CODE) for draft in queries.my_drafts(actor)],
    }
    return render(request, "dossiers/desk.html", context)


@require_GET
@for_desk
def choose(request: HttpRequest) -> HttpResponse:
    """Choose the procedure of a walk-in by plain words."""
    actor = actor_of(request)
    assert actor.commune_id is not None
    text = request.GET.get("q", "").strip()[:100]
    found = procedures.search(actor.commune_id, text, request.LANGUAGE_CODE, 20)
    rows = [{"item": item, "channels": _channels(actor.commune_id, item.code)} for item in found]
    return render(request, "dossiers/desk_choose.html", {"text": text, "found": rows})


def _channels(commune_id: UUID, procedure_code: str) -> list[str]:
    """Return the ways on which applications for the procedure come to the desk."""
    version = procedures.current(commune_id, procedure_code, clock.now().astimezone(VN).date())
    return [one for one in CHANNELS if version and procedures.filing_place(commune_id, version, one) != procedures.NOT_OFFERED]


@require_POST
@for_desk
def start(request: HttpRequest, procedure_code: str) -> HttpResponse:
    """Begin the application of a walk-in, or one that came by post; one that was opened and left untouched is opened again."""
    actor, now = actor_of(request), clock.now()
    assert actor.commune_id is not None
    today = now.astimezone(VN).date()
    version = procedures.current(actor.commune_id, procedure_code, today)
    if version is None:
        raise Http404
    if procedures.is_guided(actor.commune_id, version):
        messages.error(request, words_for(Refusal("dossiers.taken_elsewhere")))
        return HttpResponseRedirect("/mot-cua/moi/")
    channel = request.POST.get("channel", "counter")
    if channel not in _channels(actor.commune_id, procedure_code):
        messages.error(request, words_for(Refusal("dossiers.channel_not_offered")))
        return HttpResponseRedirect("/mot-cua/moi/")
    draft = queries.untouched_draft(actor, version.id, channel) or drafts.start_draft(
        actor, procedure_code, Applicant(name=""), channel=channel, on=today, now=now
    )
    return HttpResponseRedirect(f"/mot-cua/ban/{draft.id}/")


@require_http_methods(["GET", "POST"])
def fill(request: HttpRequest, draft_id: UUID) -> HttpResponseBase:
    """The whole application on one page: card, answers, papers, fee. What is sent after the session has ended waits for the sign-in."""
    if request.method == "POST" and actor_of(request).kind == "anonymous":
        unsent.keep(request, draft_id)
        return HttpResponseRedirect(f"/dang-nhap/?next={request.path}")
    return _fill(request, draft_id)


@for_desk
def _fill(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    actor, now = actor_of(request), clock.now()
    try:
        draft = queries.get_draft(actor, draft_id)
    except Refusal as refusal:
        return _already_submitted(request, draft_id, refusal)
    if request.method == "GET":
        carried = carry_over(actor, draft_id, now=now)
        if carried is not None:
            messages.warning(request, _("Thủ tục này có bản mới. Những gì đã ghi vẫn còn; anh/chị xem lại từng câu rồi nhận."))
        return _with_unsent(request, carried or draft, now).render()
    if request.POST.get("do") == "discard":
        drafts.discard_draft(actor, draft_id)
        messages.success(request, _("Đã bỏ bản đang nhận dở."))
        return HttpResponseRedirect("/mot-cua/")
    return _pressed(request, DeskForm(request, draft), now)


def _with_unsent(request: HttpRequest, draft: Draft, now: datetime) -> DeskForm:
    kept = unsent.take(request)
    if kept is None:
        return DeskForm(request, draft)
    form = DeskForm(request, draft, kept.fields)
    form.keep(actor_of(request), now)
    if kept.had_files:
        messages.warning(request, _("Phiên làm việc đã hết giữa chừng. Chữ đã gõ vẫn còn; tệp thì anh/chị chọn lại."))
    return form


def _pressed(request: HttpRequest, form: DeskForm, now: datetime) -> HttpResponse:
    """Keep everything first, then do what the button says; whatever could not be done is said on the same page."""
    actor, button, draft_id = actor_of(request), request.POST.get("do", "keep"), form.draft.id
    form.keep(actor, now)
    refusals = form.take_files(actor, now)
    if refusals:
        return form.render(tuple(refusals))
    try:
        done = form.press(actor, button, now)
    except Refusal as refusal:
        return form.render((refusal,))
    if done is not None:
        messages.success(request, words.DONE["accept" if done.accepted_at else "hold"] % {"code": done.code})
        if not (done.applicant_phone or done.applicant_personal_number):
            messages.warning(request, words.OUT_OF_REACH)
        return HttpResponseRedirect(f"/ho-so/{done.code}/#")
    if button == "later":
        messages.success(request, _("Đã lưu. Bản này nằm ở mục “Đang nhận dở”."))
        return HttpResponseRedirect("/mot-cua/")
    carried = urlencode({name: request.POST[name] for name in CARRIED if request.POST.get(name)})
    return HttpResponseRedirect(f"/mot-cua/ban/{draft_id}/{f'?{carried}' if carried else ''}#{form.place(button)}")


@require_POST
@for_desk
def live(request: HttpRequest, draft_id: UUID) -> JsonResponse:
    """Keep what is typed while it is typed; answer with the fee and with what the answers opened: questions, papers."""
    actor, now = actor_of(request), clock.now()
    try:
        form = DeskForm(request, queries.get_draft(actor, draft_id))
        form.keep(actor, now)
    except Refusal as refusal:
        return JsonResponse({"error": words_for(refusal)}, status=409)
    return JsonResponse(form.live(now))


@require_GET
@for_roles(Role.DESK.value, Role.CASE_OFFICER.value)
def scan_thumbnail(request: HttpRequest, token: str) -> HttpResponse:
    """Show a small view of a picture in the scanner's folder."""
    commune_id = actor_of(request).commune_id
    assert commune_id is not None
    try:
        content = scans.read(scans.find(people.commune_of(commune_id), token, now=clock.now()))
        small = images.thumbnail(content) if len(content) <= Limits().max_bytes else b""
    except Refusal as refusal:
        raise Http404 from refusal
    if not small:
        raise Http404
    return HttpResponse(small, content_type="image/webp", headers={"Cache-Control": "private, max-age=3600"})


def _already_submitted(request: HttpRequest, draft_id: UUID, refusal: Refusal) -> HttpResponse:
    code = queries.code_of(actor_of(request), draft_id)
    if code is None:
        raise Http404 from refusal
    return HttpResponseRedirect(f"/ho-so/{code}/")


@require_GET
@for_desk
def draft_file(request: HttpRequest, draft_id: UUID, attachment_id: UUID) -> HttpResponseBase:
    """Show a scan of an application that is being taken in."""
    try:
        draft: Draft = queries.get_draft(actor_of(request), draft_id)
    except Refusal as refusal:
        raise Http404 from refusal
    found = Attachment.objects.filter(draft=draft, pk=attachment_id, removed_at=None).select_related("file").first()
    if found is None:
        raise Http404
    return files.file_response(request, found.file, inline=found.file.media_type != "application/pdf")


@require_http_methods(["GET", "POST"])
@for_desk
def register_codes(request: HttpRequest) -> HttpResponse:
    """Enter the official codes of many dossiers at once; what could not be entered stays on the page with the reason."""
    actor, now = actor_of(request), clock.now()
    refused: dict[UUID, Refusal] = {}
    if request.method == "POST":
        typed = _typed_codes(request)
        refused = intake.register_many(actor, typed, now=now)
        if len(typed) > len(refused):
            messages.success(request, _("Đã ghi mã quốc gia cho %(count)s hồ sơ.") % {"count": len(typed) - len(refused)})
        if not refused:
            return HttpResponseRedirect("/mot-cua/ma-quoc-gia/")
    rows: list[dict[str, Any]] = [
        {
            **shown.row(dossier, now),
            "typed": request.POST.get(f"code-{dossier.id}", ""),
            "error": words_for(refused[dossier.id]) if dossier.id in refused else "",
        }
        for dossier in queries.desk_dossiers(actor, "held")
    ]
    return render(request, "dossiers/desk_codes.html", {"rows": rows}, status=409 if refused else 200)


def _typed_codes(request: HttpRequest) -> dict[UUID, str]:
    typed = {}
    for name, value in request.POST.items():
        if name.startswith("code-") and str(value).strip():
            try:
                typed[UUID(name.removeprefix("code-"))] = str(value)
            except ValueError:
                continue
    return typed
