"""The catalogue of public procedures and its dated versions."""

from xaso.platform.rooms import RoomConfig


class ProceduresConfig(RoomConfig):
    name = "xaso.apps.procedures"
    label = "procedures"
    uses = ("audit", "people")
