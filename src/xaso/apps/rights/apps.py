from xaso.platform.rooms import RoomConfig


class RightsConfig(RoomConfig):
    name = "xaso.apps.rights"
    label = "rights"
    uses = ("audit", "people", "notices")
