"""`/ban-giao/`: an official's open dossiers go to another: one's own, or for the centre's head and the administrator anybody's."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from xaso.apps.dossiers import access, queries, shown
from xaso.apps.dossiers.actions.passing_on import pass_on, receivers
from xaso.apps.dossiers.pages.filing_screens import uuid_or_none
from xaso.apps.people import facade as people
from xaso.kernel.errors import Refusal
from xaso.platform import clock
from xaso.platform.actor import Actor
from xaso.platform.errors import words_for
from xaso.platform.guard import actor_of, for_roles


@require_http_methods(["GET", "POST"])
@for_roles(*access.MAY_PASS_ON)
def show(request: HttpRequest) -> HttpResponse:
    """Show whose work is open and what of it; sent, hand the chosen dossiers over."""
    actor = actor_of(request)
    asked = uuid_or_none(request.POST.get("giver") or request.GET.get("tu", ""))
    giver_id = asked or (None if access.heads_others(actor) else actor.account_id)
    if giver_id is not None and not access.may_pass_on(actor, giver_id):
        raise Http404
    if request.method == "GET" or giver_id is None:
        return _page(request, actor, giver_id)
    now, post = clock.now(), request.POST
    chosen = {one for one in map(uuid_or_none, post.getlist("dossier")) if one}
    receiver_id = uuid_or_none(post.get("receiver", ""))
    try:
        if receiver_id is None:
            raise Refusal("dossiers.none_chosen" if not chosen else "dossiers.receiver_wrong")
        done = pass_on(actor, giver_id, receiver_id, chosen, post.get("note", ""), now=now)
    except Refusal as refusal:
        return _page(request, actor, giver_id, refusal)
    messages.success(request, ngettext("Đã bàn giao %(n)s hồ sơ.", "Đã bàn giao %(n)s hồ sơ.", done.moved) % {"n": done.moved})
    if done.gone:
        messages.warning(request, _("%(n)s hồ sơ đã có người khác chuyển hoặc đã xong trong lúc đó.") % {"n": done.gone})
    return HttpResponseRedirect(f"/ban-giao/?tu={giver_id}")


def _page(request: HttpRequest, actor: Actor, giver_id: UUID | None, refusal: Refusal | None = None) -> HttpResponse:
    now = clock.now()
    assert actor.commune_id is not None
    typed = request.POST if refusal else QueryDict()
    chosen = set(typed.getlist("dossier"))
    sees_people = actor.holds(*access.CASE_ROLES)
    rows = [
        {**shown.row(dossier, now), "chosen": not refusal or str(dossier.id) in chosen}
        for dossier in (queries.open_work_of(actor, giver_id) if giver_id else [])
    ]
    context = {
        "giver_id": giver_id,
        "giver": people.account_name(giver_id) if giver_id else "",
        "is_own": giver_id == actor.account_id,
        "holders": queries.holders_of_work(actor.commune_id, now=now) if access.heads_others(actor) else [],
        "rows": rows,
        "receivers": receivers(actor, giver_id, now=now) if giver_id else [],
        "sees_people": sees_people,
        "typed": typed,
        "error": words_for(refusal) if refusal else "",
        "wrong": WRONG.get(refusal.code, "") if refusal else "",
    }
    return render(request, "dossiers/passing_on.html", context, status=HTTPStatus.CONFLICT if refusal else HTTPStatus.OK)


WRONG = {"dossiers.none_chosen": "ho-so-chon", "dossiers.receiver_wrong": "nguoi-nhan", "dossiers.note_missing": "ghi-chu"}
"""Which field a refusal is about, by its id."""
