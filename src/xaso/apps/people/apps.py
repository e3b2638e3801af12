from xaso.platform.rooms import RoomConfig


class PeopleConfig(RoomConfig):
    name = "xaso.apps.people"
    label = "people"
    uses = ("audit",)
