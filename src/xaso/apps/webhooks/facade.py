"""What the operator's commands may ask of the webhooks room."""

from xaso.apps.webhooks.actions.connections import add_webhook
from xaso.apps.webhooks.actions.tokens import make_token, withdraw_token
from xaso.apps.webhooks.queries import list_webhooks
from xaso.apps.webhooks.rules import last_day_of, token_standing
from xaso.apps.webhooks.shapes import WebhookLine
from xaso.apps.webhooks.token_scopes import known as known_scopes

__all__ = [
    "WebhookLine",
    "add_webhook",
    "known_scopes",
    "last_day_of",
    "list_webhooks",
    "make_token",
    "token_standing",
    "withdraw_token",
]
