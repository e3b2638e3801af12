"""`/quan-tri/cuoc-buu-chinh/`: what the post takes for bringing a result, with its source."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xaso.apps.dossiers import queries
from xaso.apps.dossiers.actions.post_charge import set_post_charge
from xaso.apps.dossiers.pages.days import day_or_none
from xaso.apps.people import facade as people
from xaso.kernel.errors import Refusal
from xaso.kernel.money import format_vnd, parse_vnd
from xaso.platform import clock
from xaso.platform.errors import words_for
from xaso.platform.registries import Standing

ADDRESS = "/quan-tri/cuoc-buu-chinh/"


@require_http_methods(["GET", "POST"])
@people.for_administrators
def show(request: HttpRequest) -> HttpResponse:
    """Show the charge that counts and those before it; sent, set it anew."""
    actor = people.actor_who_asks(request)
    assert actor.commune_id is not None
    error = ""
    if request.method == "POST":
        try:
            set_post_charge(actor, _read(request.POST), now=clock.now())
        except Refusal as refusal:
            error = words_for(refusal)
        else:
            messages.success(request, _("Đã ghi. Người nộp hồ sơ thấy mức cước này từ bây giờ."))
            return HttpResponseRedirect(ADDRESS)
    context = {
        "charge": queries.post_charge(actor.commune_id),
        "past": queries.post_charges(actor.commune_id),
        "error": error,
        "typed": request.POST,
    }
    return render(request, "dossiers/post_charge.html", context, status=422 if error else 200)


def standing(commune_id: UUID) -> Standing:
    """Tell how far the charge is known. A commune can work without: whoever chooses the post is told that nobody knows yet."""
    charge = queries.post_charge(commune_id)
    if charge.amount_vnd is None:
        return Standing("cham", _("Chưa rõ cước"))
    if not charge.confirmed:
        return Standing("nghe", _("%(amount)s, cần xác nhận") % {"amount": format_vnd(charge.amount_vnd)})
    return Standing("la", format_vnd(charge.amount_vnd))


def _read(typed: QueryDict) -> queries.Charge:
    amount = typed.get("amount", "").strip()
    return queries.Charge(
        amount_vnd=parse_vnd(amount) if amount else None,
        confirmed=typed.get("confirmed") == "1",
        source=typed.get("source", ""),
        checked_on=day_or_none(typed.get("checked_on", "")),
    )
