from xaso.platform.rooms import RoomConfig


class RemindersConfig(RoomConfig):
    name = "xaso.apps.reminders"
    label = "reminders"
    uses = ("queue", "notices")
