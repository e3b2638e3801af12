"""What the operator's commands may ask of the webhooks room."""

from xaso.apps.webhooks.actions.connections import add_webhook
from xaso.apps.webhooks.queries import list_webhooks
from xaso.apps.webhooks.shapes import WebhookLine

__all__ = ["WebhookLine", "add_webhook", "list_webhooks"]
