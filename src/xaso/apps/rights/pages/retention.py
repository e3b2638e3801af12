"""`/quan-tri/xoa-du-lieu/`: data whose time is over: what would be erased, leave to erase it, what was erased."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xaso.apps.people import facade as people
from xaso.apps.rights.actions import retention
from xaso.apps.rights.holdings import archived_shown, ending_shown, steps_shown
from xaso.kernel.errors import Refusal
from xaso.platform import clock
from xaso.platform.errors import words_for

ADDRESS = "/quan-tri/xoa-du-lieu/"
DONE = {
    "report": lambda: _("Đã đếm thử. Chưa xóa gì."),
    "allow": lambda: _("Đã cho phép. Phần mềm xóa mỗi ngày một lần."),
    "stop": lambda: _("Đã dừng. Phần mềm không xóa gì nữa."),
}


@require_http_methods(["GET", "POST"])
@people.for_administrators
def retention_page(request: HttpRequest) -> HttpResponse:
    """Show what has had its time; sent, count it, allow the erasing or stop it."""
    actor, now = people.actor_who_asks(request), clock.now()
    assert actor.commune_id is not None
    if request.method == "POST":
        verb = request.POST.get("verb", "")
        if verb not in DONE:
            raise Http404
        try:
            getattr(retention, verb)(actor, now=now)
        except Refusal as refusal:
            messages.error(request, words_for(refusal))
        else:
            messages.success(request, DONE[verb]())
        return HttpResponseRedirect(ADDRESS)
    context = {
        "rows": ending_shown(retention.due_counts(actor.commune_id, now)),
        "archived": archived_shown(),
        "is_allowed": retention.is_allowed(actor.commune_id),
        "steps": steps_shown(actor.commune_id),
    }
    return render(request, "rights/retention.html", context)
