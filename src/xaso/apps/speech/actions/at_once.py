"""Reads pages and has the machine speak all of them now, for an operator who has changed the catalogue or the voice and does not wait."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from xaso.apps.speech import cabinet
from xaso.apps.speech.actions import collecting
from xaso.apps.speech.models import Sentence
from xaso.apps.speech.ports import VoiceFailed
from xaso.apps.speech.sound import NoSound
from xaso.apps.speech.voices import voice_for


@dataclass(frozen=True)
class SpokenNow:
    """What came of it: pages read, sentences that sound now, and those that no machine here speaks."""

    pages: int
    heard: int
    silent: int


def speak_at_once(addresses: Collection[str] = (), *, now: datetime) -> SpokenNow:
    """Read all that can be listened to, or the addresses alone, and make what lacks a sound. A page that can't be read stops it."""
    due = [one for one in collecting.everything() if not addresses or one[1].address in addresses]
    for commune_id, listenable, language in due:
        collecting.read(commune_id, listenable, language, now=now)
    sentences = Sentence.objects.exclude(places=None).distinct()
    if addresses:
        sentences = sentences.filter(places__page__address__in=addresses)
    made = [_is_made(sentence) for sentence in sentences.order_by("key")]
    return SpokenNow(len(due), sum(made), len(made) - sum(made))


def _is_made(sentence: Sentence) -> bool:
    voice = voice_for(sentence.language)
    if voice is None:
        return False
    try:
        cabinet.make(sentence, voice)
    except (VoiceFailed, NoSound):
        return False
    sentence.made_with = cabinet.stamp_of(voice)
    sentence.save(update_fields=["made_with"])
    return True
