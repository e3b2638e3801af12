from xaso.platform.rooms import RoomConfig


class BackupsConfig(RoomConfig):
    name = "xaso.apps.backups"
    label = "backups"
    uses = ("audit", "people")
