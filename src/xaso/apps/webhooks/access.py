"""Which webhooks and tokens an actor may see and change: administrators and the operator's commands, those of their commune."""

from uuid import UUID

from django.db.models import Q

from xaso.apps.webhooks.flow import ADMINISTRATORS
from xaso.apps.webhooks.models import Webhook, WebhookDelivery
from xaso.kernel.errors import Refusal
from xaso.platform.actor import Actor
from xaso.platform.models import ApiToken


def visible_to(actor: Actor) -> Q:
    """Return the webhooks that the actor may see, none for most."""
    if actor.commune_id is not None and (actor.kind == "system" or actor.holds(*ADMINISTRATORS)):
        return Q(commune_id=actor.commune_id, removed_at=None)
    return Q(pk__in=())


def commune_of(actor: Actor) -> UUID:
    """Return the commune for which the actor may add a webhook. Raises Refusal `webhooks.not_found`."""
    if actor.commune_id is None or not (actor.kind == "system" or actor.holds(*ADMINISTRATORS)):
        raise Refusal("webhooks.not_found")
    return actor.commune_id


def locked(actor: Actor, webhook_id: UUID) -> Webhook:
    """Return the webhook locked until the end of the transaction. Raises Refusal `webhooks.not_found` when absent or hidden."""
    webhook = Webhook.objects.select_for_update().filter(visible_to(actor), pk=webhook_id).first()
    if webhook is None:
        raise Refusal("webhooks.not_found")
    return webhook


def locked_delivery(actor: Actor, webhook_id: UUID, delivery_id: UUID) -> WebhookDelivery:
    """Return a delivery of the webhook, locked. Raises Refusal `webhooks.not_found`."""
    webhook = locked(actor, webhook_id)
    delivery = WebhookDelivery.objects.select_for_update().filter(webhook=webhook, pk=delivery_id).first()
    if delivery is None:
        raise Refusal("webhooks.not_found")
    return delivery


def tokens_visible_to(actor: Actor) -> Q:
    """Return the tokens that the actor may see, none for most."""
    if actor.commune_id is not None and (actor.kind == "system" or actor.holds(*ADMINISTRATORS)):
        return Q(commune_id=actor.commune_id)
    return Q(pk__in=())


def locked_token(actor: Actor, token_id: UUID) -> ApiToken:
    """Return the token's row, locked. Raises Refusal `tokens.not_found` when absent or hidden."""
    row = ApiToken.objects.select_for_update().filter(tokens_visible_to(actor), pk=token_id).first()
    if row is None:
        raise Refusal("tokens.not_found")
    return row
