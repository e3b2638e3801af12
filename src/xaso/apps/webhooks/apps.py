from xaso.platform.rooms import RoomConfig


class WebhooksConfig(RoomConfig):
    name = "xaso.apps.webhooks"
    label = "webhooks"
    uses = ("audit", "people")
