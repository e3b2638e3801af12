"""What other rooms may ask of the room that speaks: a text as a sound."""

from xaso.apps.speech.ports import VoiceFailed
from xaso.apps.speech.texts import can_speak, opus_of, wav_of

__all__ = ["VoiceFailed", "can_speak", "opus_of", "wav_of"]
