"""`/quan-tri/noi-phan-mem/`: programs outside that are told of dossiers' moves, and what became of each delivery."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xaso.apps.people import facade as people
from xaso.apps.webhooks import queries, words
from xaso.apps.webhooks.actions import connections, deliveries
from xaso.apps.webhooks.flow import FLOW
from xaso.apps.webhooks.forms import WebhookForm
from xaso.apps.webhooks.models import Webhook, WebhookDelivery
from xaso.kernel.errors import Refusal
from xaso.platform import clock
from xaso.platform.actor import Actor
from xaso.platform.errors import words_for
from xaso.platform.registries import outside_events

ROWS_A_PAGE = 50
LIST = "/quan-tri/noi-phan-mem/"


@require_http_methods(["GET", "POST"])
@people.for_administrators
@sensitive_variables("secret")
def show_webhooks(request: HttpRequest) -> HttpResponse:
    """Show the programs; sent, connect one more and show its secret, this once."""
    actor = people.actor_who_asks(request)
    form = WebhookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            webhook_id, secret = connections.add_webhook(actor, now=clock.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None if refusal.code == "webhooks.not_found" else _field_of(refusal), words_for(refusal))
        else:
            return _secret_shown(request, queries.get_webhook(actor, webhook_id), secret)
    rows = [(line, *words.STOPPED[line.stopped]) for line in queries.list_webhooks(actor)]
    return render(request, "webhooks/list.html", {"form": form, "rows": rows}, status=422 if form.errors else 200)


@require_GET
@people.for_administrators
def show_webhook(request: HttpRequest, webhook_id: UUID) -> HttpResponse:
    """Show one program with what it was told, filtered and paged by the address."""
    actor = people.actor_who_asks(request)
    webhook = _webhook(actor, webhook_id)
    state = request.GET.get("trang-thai", "")
    state = state if state in FLOW.states else ""
    page = Paginator(queries.list_deliveries(webhook, state), ROWS_A_PAGE).get_page(request.GET.get("trang"))
    counts = queries.count_by_state(webhook)
    label, tone = words.STOPPED[webhook.stopped]
    context = {
        "webhook": webhook,
        "label": label,
        "tone": tone,
        "topics": queries.topic_words(webhook.topics),
        "states": [(name, words.STATES[name][0], counts[name]) for name in words.STATES],
        "state": state,
        "page": page,
        "rows": [_row(delivery, actor) for delivery in page],
        "query": f"trang-thai={state}" if state else "",
        "sheet_query": f"phan-mem={webhook.id}&trang-thai={state}",
        "all": sum(counts.values()),
    }
    return render(request, "webhooks/one.html", context)


@require_POST
@people.for_administrators
def stop(request: HttpRequest, webhook_id: UUID) -> HttpResponse:
    """Tell the program nothing for now."""
    return _do(request, webhook_id, connections.stop_webhook, _("Đã tạm dừng. Việc xảy ra trong lúc dừng không được báo lại."))


@require_POST
@people.for_administrators
def resume(request: HttpRequest, webhook_id: UUID) -> HttpResponse:
    """Tell the program again."""
    return _do(request, webhook_id, connections.resume_webhook, _("Đã báo tin trở lại."))


@require_POST
@people.for_administrators
def ping(request: HttpRequest, webhook_id: UUID) -> HttpResponse:
    """Send a trial."""
    return _do(request, webhook_id, deliveries.ping, _("Đã xếp một tin thử. Tải lại trang sau vài giây để xem bên nhận trả lời gì."))


@require_POST
@people.for_administrators
def remove(request: HttpRequest, webhook_id: UUID) -> HttpResponse:
    """Let the program go."""
    return _do(request, webhook_id, connections.remove_webhook, _("Đã bỏ nối phần mềm này."), to=LIST)


@require_POST
@people.for_administrators
@sensitive_variables("secret")
def renew_secret(request: HttpRequest, webhook_id: UUID) -> HttpResponse:
    """Make a new secret and show it, this once."""
    actor = people.actor_who_asks(request)
    webhook = _webhook(actor, webhook_id)
    return _secret_shown(request, webhook, connections.renew_secret(actor, webhook_id, now=clock.now()))


@require_POST
@people.for_administrators
def send_again(request: HttpRequest, webhook_id: UUID, delivery_id: UUID) -> HttpResponse:
    """Put one delivery back into the queue."""
    actor = people.actor_who_asks(request)
    try:
        deliveries.retry(actor, webhook_id, delivery_id, now=clock.now())
    except Refusal as refusal:
        if refusal.code == "webhooks.not_found":
            raise Http404 from refusal
        messages.error(request, _("Tin này đã được gửi, không gửi lại."))
    else:
        messages.success(request, _("Tin sẽ được gửi lại trong vài giây."))
    return HttpResponseRedirect(f"{LIST}{webhook_id}/")


def _do(request: HttpRequest, webhook_id: UUID, act: Callable[..., object], said: str, to: str = "") -> HttpResponse:
    actor, now = people.actor_who_asks(request), clock.now()
    _webhook(actor, webhook_id)
    act(actor, webhook_id, now=now)
    messages.success(request, said)
    return HttpResponseRedirect(to or f"{LIST}{webhook_id}/")


def _secret_shown(request: HttpRequest, webhook: Webhook, secret: str) -> HttpResponse:
    return render(request, "webhooks/secret.html", {"webhook": webhook, "secret": secret})


def _webhook(actor: Actor, webhook_id: UUID) -> Webhook:
    try:
        return queries.get_webhook(actor, webhook_id)
    except Refusal as refusal:
        raise Http404 from refusal


def _row(delivery: WebhookDelivery, actor: Actor) -> dict[str, Any]:
    label, tone = words.STATES[delivery.state]
    event = outside_events.find(delivery.topic)
    return {
        "delivery": delivery,
        "label": label,
        "tone": tone,
        "topic": event.label if event else _("Tin thử"),
        "answer": _answer(delivery),
        "next_at": _next_at(delivery),
        "may_retry": "retry" in FLOW.verbs(delivery.state, actor.roles),
    }


def _answer(delivery: WebhookDelivery) -> str:
    """Return what the last try came to, in words."""
    if delivery.last_status is not None:
        return f"HTTP {delivery.last_status}"
    return str(words.PROBLEMS[delivery.last_problem]) if delivery.last_problem else ""


def _next_at(delivery: WebhookDelivery) -> datetime | None:
    return delivery.next_attempt_at if delivery.state == "failed" else None


def _field_of(refusal: Refusal) -> str:
    """Return the field that a refusal is about."""
    kind = refusal.code.removeprefix("webhooks.")
    return {"name_missing": "name", "topic_missing": "topics", "topic_unknown": "topics"}.get(kind, "url")
