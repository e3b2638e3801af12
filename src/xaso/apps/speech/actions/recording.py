"""People's voices: recorded by one official, approved by another, replaced and removed. Each step is traced."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from xaso.apps.audit import facade as audit
from xaso.apps.speech import access
from xaso.apps.speech.foreign import MOST_BYTES, read_foreign
from xaso.apps.speech.models import Recording, Sentence
from xaso.apps.speech.sound import NoSound, Sound
from xaso.apps.speech.words import LANGUAGES
from xaso.kernel.errors import Refusal
from xaso.platform import files
from xaso.platform.actor import Actor

MEDIA_TYPE = "audio/ogg"


def record(actor: Actor, key: str, language: str, content: bytes, *, now: datetime) -> UUID:
    """Take what somebody spoke; it waits until another approves it, in place of what waited before. Returns its id.

    Raises Refusal `speech.not_found`, `speech.language_unknown`, `speech.too_heavy`, `speech.no_sound`.
    """
    access.commune_of_recorder(actor)
    if len(content) > MOST_BYTES:
        raise Refusal("speech.too_heavy", limit=MOST_BYTES // 1024**2)
    try:
        sound = read_foreign(content)
    except NoSound as unread:
        raise Refusal("speech.no_sound") from unread
    return keep(actor, key, language, sound, now=now)


@transaction.atomic
def keep(actor: Actor, key: str, language: str, sound: Sound, *, now: datetime, is_trial: bool = False) -> UUID:
    """Write a recording with its sound. Raises Refusal `speech.not_found`, `speech.language_unknown`."""
    commune_id = access.commune_of_recorder(actor)
    if language not in LANGUAGES:
        raise Refusal("speech.language_unknown")
    sentence = Sentence.objects.select_for_update().filter(pk=key).first()
    if sentence is None:
        raise Refusal("speech.not_found")
    Recording.objects.filter(commune_id=commune_id, sentence=sentence, language=language, removed_at=None, approved_at=None).update(
        removed_at=now
    )
    recording = Recording.objects.create(
        commune_id=commune_id,
        sentence=sentence,
        language=language,
        file=files.keep(sound.content, name=f"{key}-{language}.ogg", media_type=MEDIA_TYPE, commune_id=commune_id, now=now),
        seconds=sound.seconds,
        is_trial=is_trial,
        recorded_by=actor.account_id,
        recorded_by_name=actor.name,
        recorded_at=now,
    )
    _trace(actor, "recorded", recording, now)
    return recording.id


@transaction.atomic
def approve(actor: Actor, recording_id: UUID, *, now: datetime) -> None:
    """Let citizens hear a recording from now on, instead of the one before it and of the machine.

    Raises Refusal `speech.not_found`, and `speech.own` for one's own voice.
    """
    recording = access.locked(actor, recording_id)
    if not access.may_approve(actor) or recording.approved_at is not None:
        raise Refusal("speech.not_found")
    if recording.recorded_by is not None and recording.recorded_by == actor.account_id:
        raise Refusal("speech.own")
    Recording.objects.filter(
        commune_id=recording.commune_id, sentence_id=recording.sentence_id, language=recording.language, removed_at=None
    ).exclude(approved_at=None).update(removed_at=now)
    recording.approved_at, recording.approved_by_name = now, actor.name
    recording.save(update_fields=["approved_at", "approved_by_name"])
    _trace(actor, "approved", recording, now)


@transaction.atomic
def remove(actor: Actor, recording_id: UUID, *, now: datetime) -> None:
    """Take a recording back: its speaker while it waits, who approves at any time. Raises Refusal `speech.not_found`."""
    recording = access.locked(actor, recording_id)
    own_and_waiting = recording.approved_at is None and recording.recorded_by == actor.account_id
    if not own_and_waiting and not access.may_approve(actor):
        raise Refusal("speech.not_found")
    recording.removed_at = now
    recording.save(update_fields=["removed_at"])
    _trace(actor, "removed", recording, now)


def _trace(actor: Actor, verb: str, recording: Recording, now: datetime) -> None:
    audit.record(
        actor,
        f"speech.{verb}",
        f"recording:{recording.id}",
        {"language": recording.language, "text": recording.sentence.text[:200]},
        now=now,
    )
