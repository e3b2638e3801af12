from xaso.platform.rooms import RoomConfig


class SigningConfig(RoomConfig):
    name = "xaso.apps.signing"
    label = "signing"
    uses = ("audit", "people", "notices")
