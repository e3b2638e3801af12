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


def speak_at_once(addresses: Collection[str] = (), *, language: str = "", now: datetime) -> SpokenNow:
    """Read all that can be listened to, or the addresses or the pages in one language alone, and make what lacks a sound.

    A page that can't be read stops it.
    """
    due = [
        (commune_id, listenable, spoken_in)
        for commune_id, listenable, spoken_in in collecting.everything()
        if (not addresses or listenable.address in addresses) and language in {"", spoken_in}
    ]
    for commune_id, listenable, spoken_in in due:
        collecting.read(commune_id, listenable, spoken_in, now=now)
    sentences = Sentence.objects.exclude(places=None).distinct()
    if addresses:
        sentences = sentences.filter(places__page__address__in=addresses)
    if language:
        sentences = sentences.filter(places__page__language=language)
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
