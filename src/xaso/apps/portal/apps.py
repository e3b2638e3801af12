from xaso.platform.rooms import RoomConfig


class PortalConfig(RoomConfig):
    name = "xaso.apps.portal"
    label = "portal"
    uses = ("people",)
