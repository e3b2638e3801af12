from xaso.platform.rooms import RoomConfig


class QueueConfig(RoomConfig):
    name = "xaso.apps.queue"
    label = "queue"
    uses = ("audit", "people", "procedures")
