"""Files and papers of a dossier: photos and scans, slips, the result and its preview."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from xaso.apps.dossiers import access, queries
from xaso.apps.dossiers.actions import delivery, looking
from xaso.apps.dossiers.flow import BEARER, OWNER
from xaso.apps.dossiers.models import Attachment, Dossier, Payment, Result, Slip
from xaso.apps.dossiers.pages.following import applicant_of, for_applicants
from xaso.apps.dossiers.papers.control_slip import control_slip
from xaso.apps.dossiers.papers.fee_slip import fee_slip
from xaso.apps.dossiers.papers.results import preview
from xaso.apps.dossiers.papers.slips import render_slip
from xaso.kernel.errors import Refusal
from xaso.platform import clock, files
from xaso.platform.guard import actor_of, for_roles


def _dossier(request: HttpRequest, code: str) -> Dossier:
    try:
        return queries.get_by_code(applicant_of(request), code)
    except Refusal as refusal:
        raise Http404 from refusal


def _officials_may_open(request: HttpRequest, dossier: Dossier, name: str) -> bool:
    """Tell whether who asks may open a paper; an official's opening is written down. Applicants have been let in already."""
    actor = actor_of(request)
    return not actor.holds(*access.CASE_ROLES) or looking.open_file(actor, dossier, name, now=clock.now())


def _pdf(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_GET
@for_applicants
def attachment(request: HttpRequest, code: str, attachment_id: UUID) -> HttpResponseBase:
    """Send a file of the dossier: a picture to look at, a PDF as a sandboxed download. A code alone opens no papers."""
    dossier = _dossier(request, code)
    if BEARER in queries.roles_on(applicant_of(request), dossier):
        raise Http404
    found = Attachment.objects.filter(dossier=dossier, pk=attachment_id).select_related("file").first()
    if found is None:
        raise Http404
    if not _officials_may_open(request, dossier, found.name):
        return HttpResponseRedirect(f"/ho-so/{dossier.code}/?mo=xem#xem")
    return files.file_response(request, found.file, inline=found.file.media_type != "application/pdf")


@require_GET
@for_applicants
def slip(request: HttpRequest, code: str, slip_id: UUID) -> HttpResponse:
    """Send a slip as it was issued."""
    dossier = _dossier(request, code)
    found = Slip.objects.filter(dossier=dossier, pk=slip_id).first()
    if found is None:
        raise Http404
    return _pdf(render_slip(found.form, found.data), f"{dossier.code}-mau-{found.form}")


@require_GET
@for_roles(*access.CASE_ROLES)
def control_slip_of(request: HttpRequest, code: str) -> HttpResponse:
    """Send the control slip (form 06) as the case stands now."""
    try:
        case = queries.officer_case(actor_of(request), code)
    except Refusal as refusal:
        raise Http404 from refusal
    return _pdf(control_slip(case, now=clock.now()), f"{case.dossier.code}-mau-06")


@require_GET
@for_applicants
def fee_slip_of(request: HttpRequest, code: str, payment_id: UUID) -> HttpResponse:
    """Send the slip of a payment."""
    dossier = _dossier(request, code)
    found = Payment.objects.filter(dossier=dossier, pk=payment_id).first()
    if found is None:
        raise Http404
    return _pdf(fee_slip(dossier, found), f"{dossier.code}-phieu-thu")


@require_GET
@for_applicants
def result(request: HttpRequest, code: str) -> HttpResponseBase:
    """Send the result. When the applicant fetches it, that is noted as handed over."""
    dossier = _dossier(request, code)
    found = Result.objects.filter(dossier=dossier, signed_at__isnull=False).select_related("file").first()
    if found is None or found.file is None:
        raise Http404
    if actor_of(request).holds(*access.CASE_ROLES):
        looking.look(actor_of(request), dossier, now=clock.now())
    if queries.roles_on(applicant_of(request), dossier) & {OWNER, BEARER}:
        try:
            delivery.note_download(applicant_of(request), dossier.id, now=clock.now())
        except Refusal as refusal:
            raise Http404 from refusal
    return files.file_response(request, found.file, inline=False)


@require_GET
@for_applicants
def result_preview(request: HttpRequest, code: str) -> HttpResponse:
    """Show what would be signed and who signs; without number and signature, marked as a draft."""
    dossier = _dossier(request, code)
    if not {"sign", "send_back"} & queries.case_file(applicant_of(request), dossier).verbs:
        raise Http404
    return _pdf(preview(applicant_of(request), dossier, now=clock.now()), f"{dossier.code}-du-thao")
