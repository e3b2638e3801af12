"""`/quan-tri/tai-khoan/`: the account that fees are paid to. One administrator proposes, another one approves."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from xaso.apps.people import memory, queries
from xaso.apps.people.access import require
from xaso.apps.people.actions import bank
from xaso.apps.people.admin_pages.forms import BankForm
from xaso.apps.people.admin_pages.words import BANK_STATES
from xaso.apps.people.guard import actor_who_asks, for_administrators
from xaso.apps.people.roles import Role
from xaso.kernel.errors import Refusal
from xaso.platform import clock
from xaso.platform.errors import words_for

PAGE = "/quan-tri/tai-khoan/"


@require_http_methods(["GET", "POST"])
@for_administrators
def show(request: HttpRequest) -> HttpResponse:
    """Show the account in force, the proposal that waits and those before; sent, propose another account."""
    form = BankForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _propose(request, form.account())
        except Refusal as refusal:
            form.add_error(None, words_for(refusal))
        else:
            messages.success(request, _("Đã ghi đề nghị. Tài khoản chỉ đổi khi một người quản trị khác duyệt."))
            return HttpResponseRedirect(PAGE)
    return _page(request, form)


@require_POST
@for_administrators
def decide(request: HttpRequest, change_id: UUID, verdict: str) -> HttpResponse:
    """Approve or reject a proposal; whoever made it may only take it back."""
    actor = actor_who_asks(request)
    action = bank.approve_bank_account if verdict == "duyet" else bank.reject_bank_account
    try:
        action(actor, change_id, now=clock.now())
    except Refusal as refusal:
        return _page(request, BankForm(), refusal)
    messages.success(request, _("Đã đổi tài khoản nhận phí.") if verdict == "duyet" else _("Đã bỏ đề nghị."))
    return HttpResponseRedirect(PAGE)


def _propose(request: HttpRequest, wanted: bank.BankAccount) -> None:
    """Propose, unless the same person's same proposal waits already: then the form came twice."""
    actor = actor_who_asks(request)
    for line in queries.list_bank_account_changes(require(actor, Role.ADMINISTRATOR)):
        same = bank.BankAccount(line.bank_name, line.bank_bin, line.account_number, line.account_holder) == wanted
        if line.state == "proposed" and same and line.proposed_by_id == actor.account_id:
            return
    bank.propose_bank_account(actor, wanted, now=clock.now())


def _page(request: HttpRequest, form: BankForm, refusal: Refusal | None = None) -> HttpResponse:
    actor = actor_who_asks(request)
    commune_id = require(actor, Role.ADMINISTRATOR)
    lines = queries.list_bank_account_changes(commune_id)
    context = {
        "form": form,
        "info": memory.commune_of(commune_id),
        "waiting": next((line for line in lines if line.state == "proposed"), None),
        "past": [(line, *BANK_STATES[line.state]) for line in lines if line.state != "proposed"],
        "own_id": actor.account_id,
        "refused": words_for(refusal) if refusal else "",
    }
    status = 409 if refusal else 422 if form.errors else 200
    return render(request, "people/admin/bank.html", context, status=status)
