"""`/quan-tri/ma-truy-cap/`: which programs may call the API, with what each may do and when it did last; made, and withdrawn for good."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xaso.apps.people import facade as people
from xaso.apps.webhooks import rules, token_queries, token_scopes, words
from xaso.apps.webhooks.actions import tokens
from xaso.apps.webhooks.forms import TokenForm
from xaso.apps.webhooks.shapes import TokenLine
from xaso.kernel.errors import Refusal
from xaso.platform import clock
from xaso.platform.errors import words_for

TOKENS = "/quan-tri/ma-truy-cap/"


@require_http_methods(["GET", "POST"])
@people.for_administrators
@sensitive_variables("clear")
def show_tokens(request: HttpRequest) -> HttpResponse:
    """Show the tokens; sent, make one more and show it, this once."""
    actor, now = people.actor_who_asks(request), clock.now()
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            token_id, clear = tokens.make_token(
                actor, form.cleaned_data["name"], form.all_scopes, last_day=form.cleaned_data["last_day"], now=now
            )
        except Refusal as refusal:
            form.add_error(words.TOKEN_FIELDS.get(refusal.code), words_for(refusal))
        else:
            context = _row(token_queries.get_token(actor, token_id), now) | {"clear": clear}
            return render(request, "webhooks/token_made.html", context)
    rows = [_row(line, now) for line in token_queries.list_tokens(actor)]
    return render(request, "webhooks/tokens.html", {"form": form, "rows": rows}, status=422 if form.errors else 200)


@require_GET
@people.for_administrators
def show_token(request: HttpRequest, program_id: UUID) -> HttpResponse:
    """Show one token, and the way to withdraw it."""
    try:
        line = token_queries.get_token(people.actor_who_asks(request), program_id)
    except Refusal as refusal:
        raise Http404 from refusal
    return render(request, "webhooks/token.html", _row(line, clock.now()))


@require_POST
@people.for_administrators
def withdraw(request: HttpRequest, program_id: UUID) -> HttpResponse:
    """Withdraw a token for good."""
    try:
        row = tokens.withdraw_token(people.actor_who_asks(request), program_id, now=clock.now())
    except Refusal as refusal:
        raise Http404 from refusal
    messages.success(request, _("Đã thu hồi mã truy cập của %(name)s.") % {"name": row.name})
    return HttpResponseRedirect(TOKENS)


def _row(line: TokenLine, now: datetime) -> dict[str, Any]:
    standing = rules.token_standing(line.expires_at, line.revoked_at, now)
    label, tone = words.TOKEN_STATES[standing]
    return {
        "line": line,
        "label": label,
        "tone": tone,
        "is_revoked": standing == "revoked",
        "may": token_scopes.in_words(line.scopes),
        "last_day": rules.last_day_of(line.expires_at),
    }
