"""The demo commune has a few recordings to try people's voices: spoken by the machine, in Vietnamese, and told so everywhere."""

from datetime import datetime

from xaso.apps.people import facade as people
from xaso.apps.speech import cabinet
from xaso.apps.speech.actions import collecting, recording
from xaso.apps.speech.models import Recording, Sentence
from xaso.apps.speech.ports import VoiceFailed
from xaso.apps.speech.sound import NoSound
from xaso.apps.speech.voices import voice_for
from xaso.platform.actor import Actor
from xaso.platform.listening import Listenable

HOME = Listenable("/")
LANGUAGE = "hmn"
HEARD, WAITING = 3, 1
SPEAKER = "Máy đọc thử"


def load_demo_voices(now: datetime) -> str:
    """Have the machine speak the first sentences of the home page in place of a person, once; the last waits for approval."""
    commune = people.the_commune()
    if commune is None or not commune.is_demo:
        return "không có xã dùng thử"
    if Recording.objects.filter(commune_id=commune.id).exists():
        return "đã có bản thu thử"
    voice = voice_for("vi")
    if voice is None:
        return "máy này chưa có giọng đọc, không có bản thu thử"
    collecting.read(commune.id, HOME, now=now)
    actor = Actor.system(commune.id, SPEAKER)
    spoken = Sentence.objects.filter(places__page__address=HOME.address).order_by("places__number")[: HEARD + WAITING]
    for number, sentence in enumerate(spoken):
        try:
            sound = cabinet.speak(cabinet.piece_of(sentence), voice)
        except (VoiceFailed, NoSound):
            return "máy không đọc được, không có bản thu thử"
        made = recording.keep(actor, sentence.key, LANGUAGE, sound, now=now, is_trial=True)
        if number < HEARD:
            recording.approve(actor, made, now=now)
    return f"{len(spoken)} bản thu thử, do máy đọc"
