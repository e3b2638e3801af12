"""What other rooms may ask of the room that speaks: a text as a sound, and pages spoken at once."""

from xaso.apps.speech.actions.at_once import SpokenNow, speak_at_once
from xaso.apps.speech.ports import VoiceFailed
from xaso.apps.speech.texts import can_speak, opus_of, wav_of

__all__ = ["SpokenNow", "VoiceFailed", "can_speak", "opus_of", "speak_at_once", "wav_of"]
