from xaso.platform.rooms import RoomConfig


class SatisfactionConfig(RoomConfig):
    name = "xaso.apps.satisfaction"
    label = "satisfaction"
    uses = ("audit", "people")
