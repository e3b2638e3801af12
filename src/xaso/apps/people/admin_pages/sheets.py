"""Sheets in and out: what both imports share."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from xaso.apps.people.admin_pages.forms import SheetForm
from xaso.apps.people.guard import actor_who_asks
from xaso.apps.people.sheets import BYTES_AT_MOST, ImportOutcome
from xaso.kernel.errors import Refusal
from xaso.platform import clock
from xaso.platform.errors import words_for

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def imported(request: HttpRequest, form: SheetForm, action: Callable[..., ImportOutcome]) -> ImportOutcome | None:
    """Give the sheet that was sent to the action. None when none was sent or it can't be read: the form then says why."""
    if request.method != "POST" or not form.is_valid():
        return None
    content: bytes = form.cleaned_data["sheet"].read(BYTES_AT_MOST + 1)
    try:
        return action(actor_who_asks(request), content, now=clock.now())
    except Refusal as refusal:
        form.add_error("sheet", words_for(refusal))
        return None


def sheet_response(content: bytes, name: str) -> HttpResponse:
    """Return a sheet as a download."""
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})
