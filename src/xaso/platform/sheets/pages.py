"""`/tai-bang/`: lists as XLSX, at once or made by the worker."""

from tempfile import TemporaryFile
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from xaso.kernel.worktime import VN
from xaso.platform import clock
from xaso.platform.guard import actor_of, to_sign_in
from xaso.platform.sheets import jobs
from xaso.platform.sheets.declared import sheet_notes, sheets
from xaso.platform.sheets.models import SheetJob
from xaso.platform.sheets.workbook import MEDIA_TYPE, write_workbook

PLACE = "/tai-bang/"
SECONDS_BETWEEN_LOOKS = "3"


@require_GET
def send(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send the list as it is filtered; a long one is left to the worker, and the page that shows its progress answers."""
    actor, now = actor_of(request), clock.now()
    if actor.kind == "anonymous":
        return to_sign_in(request)
    source = sheets.find(name)
    if source is None or actor.commune_id is None or not actor.holds(*source.roles):
        raise Http404
    sheet = source.read(actor, request.GET, now)
    if source.of_citizens:
        for one in sheet_notes:
            one.write(actor, name, sheet.count, now)
    if sheet.count > jobs.AT_ONCE_ROWS and actor.account_id is not None:
        query, language = request.GET.urlencode(), get_language() or "vi"
        job = jobs.ask_for(actor, source, query, rows_count=sheet.count, language=language, now=now)
        return HttpResponseRedirect(f"{PLACE}viec/{job.id}/")
    file = TemporaryFile()  # noqa: SIM115 - the response sends and closes it
    write_workbook(file, str(source.title), source.columns, sheet.rows)
    file.seek(0)
    return _file(file, f"{name}-{now.astimezone(VN):%Y%m%d}.xlsx")


@require_GET
def show_all(request: HttpRequest) -> HttpResponse:
    """Show the large sheets that the official asked for in the last days."""
    actor, now = actor_of(request), clock.now()
    if actor.kind == "anonymous":
        return to_sign_in(request)
    if actor.account_id is None or actor.kind != "staff":
        raise Http404
    return render(request, "xaso/sheets.html", {"rows": [_shown(job) for job in jobs.list_of(actor, now)]})


@require_GET
def show(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Show how far the worker is; while it works the page looks again by itself."""
    if actor_of(request).kind == "anonymous":
        return to_sign_in(request)
    job = _job(request, job_id)
    response = render(request, "xaso/sheet.html", _shown(job))
    if job.done_at is None:
        response["Refresh"] = SECONDS_BETWEEN_LOOKS
    return response


@require_GET
def fetch(request: HttpRequest, job_id: UUID) -> HttpResponseBase:
    """Send a sheet that is done to who asked for it."""
    if actor_of(request).kind == "anonymous":
        return to_sign_in(request)
    job = _job(request, job_id)
    path = jobs.path_of(job.id)
    if job.state != "done" or not path.is_file():
        raise Http404
    return _file(path.open("rb"), f"{job.source}-{job.asked_at.astimezone(VN):%Y%m%d}.xlsx")


def _job(request: HttpRequest, job_id: UUID) -> SheetJob:
    job = jobs.find_of(actor_of(request), job_id, clock.now())
    if job is None:
        raise Http404
    return job


def _shown(job: SheetJob) -> dict[str, Any]:
    source = sheets.find(job.source)
    return {"job": job, "title": source.title if source else job.source}


def _file(content: Any, name: str) -> FileResponse:
    response = FileResponse(content, as_attachment=True, filename=name, content_type=MEDIA_TYPE)
    response["Cache-Control"] = "private, no-store"
    return response
