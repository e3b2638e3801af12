from xaso.platform.rooms import RoomConfig


class AuditConfig(RoomConfig):
    name = "xaso.apps.audit"
    label = "audit"
    uses = ()
