from xaso.platform.rooms import RoomConfig


class NoticesConfig(RoomConfig):
    name = "xaso.apps.notices"
    label = "notices"
    uses = ("audit", "people", "speech")
