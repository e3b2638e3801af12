"""Texts that other rooms have spoken: a status to be called out, a message. Made now and kept nowhere."""

from xaso.apps.speech import cabinet, ogg, sound
from xaso.apps.speech.ports import VoiceFailed
from xaso.apps.speech.voices import voice_for
from xaso.kernel.speaking import pieces_of


def can_speak(language: str = "vi") -> bool:
    """Tell whether a machine here speaks the language."""
    return voice_for(language) is not None


def opus_of(text: str, language: str = "vi") -> bytes:
    """Return a text spoken by the machine, as Opus. Raises VoiceFailed where no machine speaks the language or its program fails."""
    voice = voice_for(language)
    pieces = pieces_of(text, language)
    if voice is None or not pieces:
        raise VoiceFailed(f"nobody speaks {language}" if voice is None else "nothing to say")
    return ogg.join(cabinet.speak(piece, voice).content for piece in pieces)


def wav_of(text: str, language: str = "vi") -> bytes:
    """Return a text spoken by the machine, as WAV of 16 bits, 16 kHz, mono, as telephony programs read it. Raises VoiceFailed."""
    return sound.as_wav(opus_of(text, language))
