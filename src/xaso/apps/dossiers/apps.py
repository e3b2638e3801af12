from xaso.platform.rooms import RoomConfig


class DossiersConfig(RoomConfig):
    name = "xaso.apps.dossiers"
    label = "dossiers"
    uses = ("audit", "people", "procedures", "notices", "signing", "satisfaction", "rights")
