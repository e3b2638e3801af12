from xaso.platform.rooms import RoomConfig


class SpeechConfig(RoomConfig):
    name = "xaso.apps.speech"
    label = "speech"
    uses = ("audit", "people")
