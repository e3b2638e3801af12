"""`/ho-so/<code>/so-hoa/<attachment>/`: a paper becomes data in steps: read, compared by a person, signed, kept to be found again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from xaso.apps.dossiers import queries
from xaso.apps.dossiers.actions import looking
from xaso.apps.dossiers.actions import reading as actions
from xaso.apps.dossiers.models import Attachment, Finding, Reading
from xaso.apps.dossiers.pages.days import day_or_none
from xaso.apps.dossiers.shown import proof_badge
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN
from xaso.platform import clock, files, ocr
from xaso.platform.errors import words_for
from xaso.platform.guard import CONFIRM_FIRST, actor_of, for_roles, to_confirm

NAMES = 3
SECONDS_BETWEEN_LOOKS = "3"


@require_http_methods(["GET", "POST"])
@for_roles(*actions.MAY_DIGITISE)
def show(request: HttpRequest, code: str, attachment_id: UUID) -> HttpResponse:
    """Show how far the paper is; sent, do the next step."""
    attachment = _attachment(request, code, attachment_id)
    if attachment.dossier is None or not looking.look(actor_of(request), attachment.dossier, now=clock.now()):
        return HttpResponseRedirect(f"/ho-so/{code}/?mo=xem#xem")
    if request.method == "POST":
        try:
            _act(request, attachment)
        except Refusal as refusal:
            if refusal.code == CONFIRM_FIRST:
                return to_confirm(request)
            messages.error(request, words_for(refusal))
        return HttpResponseRedirect(request.path)
    reading = Reading.objects.filter(attachment=attachment).select_related("signed_copy").first()
    findings = list(Finding.objects.filter(reading=reading).defer("picture")) if reading else []
    response = render(request, "dossiers/reading.html", _context(code, attachment, reading, findings))
    if reading and reading.state in {"waiting", "reading"}:
        response["Refresh"] = SECONDS_BETWEEN_LOOKS
    return response


@require_GET
@for_roles(*actions.MAY_DIGITISE)
def cut_out(request: HttpRequest, code: str, attachment_id: UUID, finding_id: UUID) -> HttpResponse:
    """Show the part of the page on which a string stands."""
    attachment = _uncovered(request, code, attachment_id)
    found = Finding.objects.filter(reading__attachment=attachment, pk=finding_id).first()
    if found is None or not found.picture:
        raise Http404
    return HttpResponse(bytes(found.picture), content_type="image/png", headers={"Cache-Control": "private, max-age=3600"})


@require_GET
@for_roles(*actions.MAY_DIGITISE)
def signed_copy(request: HttpRequest, code: str, attachment_id: UUID) -> HttpResponseBase:
    """Send the signed copy."""
    reading = Reading.objects.filter(attachment=_attachment(request, code, attachment_id)).select_related("signed_copy").first()
    if reading is None or reading.signed_copy is None:
        raise Http404
    return files.file_response(request, reading.signed_copy, inline=False)


def _act(request: HttpRequest, attachment: Attachment) -> None:
    actor, now, posted = actor_of(request), clock.now(), request.POST
    match posted.get("do"):
        case "read":
            actions.ask_to_read(actor, attachment.id, now=now)
        case "by_hand":
            actions.write_by_hand(actor, attachment.id, now=now)
        case "confirm":
            findings = Finding.objects.filter(reading__attachment=attachment, page__gt=0).values_list("id", flat=True)
            values = {one: posted.get(f"so-{one}", "") for one in findings if posted.get(f"khop-{one}") == "1"}
            actions.confirm(actor, attachment.id, _confirmed(values, posted), now=now)
            messages.success(request, _("Đã ghi những gì anh/chị đối chiếu. Chỗ chưa đánh dấu không được ghi."))
        case "sign":
            actions.sign_copy(actor, attachment.id, now=now)
            messages.success(request, _("Đã ký số và lưu bản điện tử."))


def _confirmed(values: dict[UUID, str], posted: QueryDict) -> actions.Confirmed:
    typed = posted.get("den-ngay", "").strip()
    valid_until = day_or_none(typed)
    if typed and valid_until is None:
        raise Refusal("dossiers.valid_until_wrong")
    names = tuple(posted.getlist("ten"))[:NAMES]
    return actions.Confirmed(values, names, posted.get("dung-lai") == "1", valid_until, posted.get("ma-loai", ""))


def _context(code: str, attachment: Attachment, reading: Reading | None, findings: list[Finding]) -> dict[str, Any]:
    names = [finding.value for finding in findings if finding.page == 0]
    return {
        "dossier_code": code,
        "attachment": attachment,
        "reading": reading,
        "proof": proof_badge(reading.signed_copy_id if reading else None),
        "findings": [finding for finding in findings if finding.page],
        "kept": sum(bool(finding.value) for finding in findings),
        "names": [*names, *[""] * NAMES][:NAMES],
        "pages": list(enumerate(reading.pages, 1)) if reading else [],
        "pages_read": len(reading.pages) if reading else 0,
        "is_held_up": reading is not None and actions.is_held_up(reading, clock.now()),
        "result_codes": actions.result_codes(clock.now().astimezone(VN).date()),
        "missing": " ".join(ocr.missing_packages()),
    }


def _attachment(request: HttpRequest, code: str, attachment_id: UUID) -> Attachment:
    try:
        dossier = queries.get_by_code(actor_of(request), code)
    except Refusal as refusal:
        raise Http404 from refusal
    found = Attachment.objects.filter(dossier=dossier, pk=attachment_id, removed_at=None).select_related("file", "dossier").first()
    if found is None:
        raise Http404
    return found


def _uncovered(request: HttpRequest, code: str, attachment_id: UUID) -> Attachment:
    """Return the paper to who may see it; for who would have to say first what for, its parts are not there."""
    found = _attachment(request, code, attachment_id)
    if found.dossier is None or not looking.look(actor_of(request), found.dossier, now=clock.now()):
        raise Http404
    return found
