"""Has the machine speak: ahead of time, a little in each round of the worker, and on demand."""

import contextlib
import fcntl
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import structlog
from django.conf import settings

from xaso.apps.speech import cabinet, options
from xaso.apps.speech.models import Sentence
from xaso.apps.speech.ports import Voice, VoiceFailed
from xaso.apps.speech.sound import NoSound
from xaso.apps.speech.voices import voice_for
from xaso.apps.speech.words import OWN_LANGUAGE
from xaso.kernel.errors import Refusal

log = structlog.get_logger(__name__)

AT_ONCE = 50
PATIENCE_SECONDS = 4.0
_failed: set[str] = set()


def speak_ahead(_now: datetime) -> int:
    """Speak sentences that have no sound in the voice of today, Vietnamese first, as long as a round may take; returns how many."""
    budget = options.AHEAD_SECONDS.value()
    if not budget:
        return 0
    ends_at = time.monotonic() + budget
    languages = Sentence.objects.order_by().values_list("language", flat=True).distinct()
    return sum(_speak_in(language, ends_at) for language in sorted(languages, key=lambda one: one != OWN_LANGUAGE))


def _speak_in(language: str, ends_at: float) -> int:
    voice = voice_for(language)
    if voice is None:
        return 0
    stamp = cabinet.stamp_of(voice)
    waiting = Sentence.objects.filter(language=language).exclude(made_with=stamp).exclude(key__in=_failed)
    done: list[str] = []
    for sentence in waiting.order_by("first_found_at", "key")[:AT_ONCE]:
        if time.monotonic() >= ends_at:
            break
        try:
            cabinet.make(sentence, voice)
        except (VoiceFailed, NoSound, OSError) as error:
            log.warning("sentence_not_spoken", key=sentence.key, error=str(error))
            _failed.add(sentence.key)
        else:
            done.append(sentence.key)
    Sentence.objects.filter(key__in=done).update(made_with=stamp)
    return len(done)


def speak_now(sentence: Sentence, voice: Voice) -> Path:
    """Return the sound of a sentence, made now if it must be. Raises Refusal `speech.busy`, VoiceFailed, NoSound."""
    made = cabinet.made(sentence, voice)
    if made is not None:
        return made
    with one_at_a_time():
        return cabinet.make(sentence, voice)


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let the machine speak for one visitor at a time, so that listening takes one core at most. Raises Refusal `speech.busy`."""
    folder = Path(settings.DATA_DIR) / "speech"
    folder.mkdir(parents=True, exist_ok=True)
    gives_up_at = time.monotonic() + PATIENCE_SECONDS
    with (folder / ".lock").open("a") as handle:
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= gives_up_at:
                    raise Refusal("speech.busy") from None
                time.sleep(0.05)
        yield
