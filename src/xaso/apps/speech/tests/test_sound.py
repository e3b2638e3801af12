"""Sounds are small, mono, equally loud and without silence around them; foreign ones are read in a process of their own."""

import io
import shutil
from pathlib import Path

import numpy as np
import pytest
import soundfile

from xaso.apps.speech import foreign, ogg, sound
from xaso.apps.speech.adapters.espeak import Espeak
from xaso.apps.speech.adapters.piper import Piper
from xaso.apps.speech.ports import VoiceFailed
from xaso.apps.speech.testing import piper_voice, tone_wav
from xaso.kernel.speaking import spoken

TEXT = "Lệ phí 15.000 đ một bản, trả ngày 25/11/2026 tại UBND xã. Anh/chị mang theo CCCD."
has_espeak = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")


def heard(opus: bytes) -> "np.ndarray":
    samples, rate = soundfile.read(io.BytesIO(opus), dtype="float32")
    assert rate == sound.RATE
    found: np.ndarray = samples
    return found


def loudness(samples: "np.ndarray") -> float:
    return float(np.sqrt(np.mean(samples[np.abs(samples) > 0.015 * np.abs(samples).max()] ** 2)))


@has_espeak
def test_the_machine_speaks_at_most_100_kb_a_minute_in_mono_and_can_be_heard() -> None:
    made = sound.from_machine(Espeak().say(spoken(TEXT), "vi"))

    info = soundfile.info(io.BytesIO(made.content))
    assert (info.subtype, info.channels) == ("OPUS", 1)
    assert 6 < made.seconds < 20
    assert info.duration == pytest.approx(made.seconds, abs=0.05)
    assert len(made.content) / made.seconds * 60 <= 100_000
    assert loudness(heard(made.content)) == pytest.approx(sound.LOUDNESS, rel=0.3)


@has_espeak
def test_no_part_of_a_text_is_taken_for_an_option_of_the_program() -> None:
    assert sound.from_machine(Espeak().say("--version", "vi")).seconds > 0.3


def test_a_voice_whose_program_is_missing_is_not_there_and_fails_in_words(tmp_path: Path) -> None:
    model = tmp_path / "vi.onnx"
    model.write_bytes(b"x")
    voice = Piper("no-such-piper", model)

    assert not voice.is_there()
    with pytest.raises(VoiceFailed):
        voice.say("a", "vi")


def test_piper_is_given_one_line_and_answers_with_a_sound(tmp_path: Path) -> None:
    program, model = piper_voice(tmp_path)
    voice = Piper(str(program), model)

    made = sound.from_machine(voice.say("Anh chị\nnộp tại xã.", "vi"))

    assert voice.is_there()
    assert made.seconds == pytest.approx(20 / 15 + sound.PAUSE_SECONDS, abs=0.1)


def test_a_piper_voice_without_its_description_is_none_and_its_faults_are_told(tmp_path: Path) -> None:
    program, model = piper_voice(tmp_path)
    voice = Piper(str(program), model)
    (tmp_path / "vi.onnx.json").write_text("{}")
    with pytest.raises(VoiceFailed, match="audio"):
        voice.say("a", "vi")

    (tmp_path / "vi.onnx.json").unlink()
    assert not voice.is_there()


@pytest.mark.parametrize("loud", [0.02, 0.9])
def test_quiet_and_loud_recordings_come_out_equally_loud_and_cut(loud: float) -> None:
    made = foreign.read_foreign(tone_wav(1.0, loudness=loud))

    assert made.seconds == pytest.approx(1.0 + sound.PAUSE_SECONDS + 2 * sound.MARGIN_SECONDS, abs=0.06)
    assert loudness(heard(made.content)) == pytest.approx(sound.LOUDNESS, rel=0.25)


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7", b"MZ" + b"\0" * 100, b"RIFF\0\0\0\0WAVEjunk", b"OggS" + b"\xff" * 300, tone_wav(0.2, loudness=0.0)],
)
def test_what_is_no_sound_or_silent_is_refused(content: bytes) -> None:
    with pytest.raises(sound.NoSound):
        foreign.read_foreign(content)


def test_sounds_are_joined_without_loss_and_the_result_is_one_stream() -> None:
    one, other = (sound.kept(np.sin(np.arange(16_000 * n) * 0.13).astype(np.float32), 16_000) for n in (1, 2))

    joined = ogg.join([one.content, other.content, one.content])

    assert soundfile.info(io.BytesIO(joined)).duration == pytest.approx(2 * one.seconds + other.seconds, abs=0.2)
    assert loudness(heard(joined)) == pytest.approx(sound.LOUDNESS, rel=0.3)
    assert joined.count(b"OpusHead") == 1
    with pytest.raises(ValueError, match="nothing"):
        ogg.join([])


def test_a_phone_that_plays_no_opus_gets_mp3() -> None:
    made = sound.kept(np.sin(np.arange(32_000) * 0.13).astype(np.float32), 16_000)

    info = soundfile.info(io.BytesIO(sound.as_mp3(made.content)))
    assert (info.format, info.channels) == ("MP3", 1)
    assert info.duration == pytest.approx(made.seconds, abs=0.2)
