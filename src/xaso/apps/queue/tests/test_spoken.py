"""Calls are put together of recordings as a Vietnamese says the number."""

import pytest

from xaso.apps.queue import spoken, voices
from xaso.apps.queue.spoken import WORDS


def said(number: int) -> str:
    return " ".join(WORDS[clip] for clip in spoken.count(number))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (5, "năm"),
        (10, "mười"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi bốn"),
        (55, "năm mươi lăm"),
        (100, "một trăm"),
        (101, "một trăm linh một"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (121, "một trăm hai mươi mốt"),
        (999, "chín trăm chín mươi chín"),
        (1000, "một nghìn"),
        (1005, "một nghìn không trăm linh năm"),
        (1215, "một nghìn hai trăm mười lăm"),
        (10203, "một không hai không ba"),
    ],
)
def test_a_number_is_said_as_people_say_it(number: int, words: str) -> None:
    assert said(number) == words


def test_a_call_names_number_and_counter() -> None:
    assert " ".join(WORDS.get(clip, "♪") for clip in spoken.call("B", 17, 2)) == "♪ Mời số bê mười bảy đến quầy số hai"


def test_every_recording_is_there_and_small() -> None:
    files = [voices.find("vi", clip) for clip in spoken.CLIPS]

    assert all(path is not None and path.is_file() for path in files)
    assert sum(path.stat().st_size for path in files if path) < 300_000


def test_every_number_of_a_day_has_its_recordings() -> None:
    assert {clip for number in range(2000) for clip in spoken.count(number)} <= spoken.CLIPS
    assert all(f"chu-{letter.lower()}" in spoken.CLIPS for letter in spoken.LETTERS)


def test_the_operators_recordings_replace_ours_and_may_add_a_language(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("XASO_QUEUE_VOICE_FOLDER", str(tmp_path))
    (tmp_path / "so-1.ogg").write_bytes(b"own")
    (tmp_path / "hmn").mkdir()
    clips = spoken.call("A", 1, 1)
    assert voices.find("vi", "so-1") == tmp_path / "so-1.ogg"
    assert voices.addresses(clips) == [f"/man-hinh/tieng/vi/{clip}/" for clip in clips]

    for clip in set(clips[1:]):
        (tmp_path / "hmn" / f"{clip}.mp3").write_bytes(b"hmn")
    assert voices.addresses(clips)[len(clips) :] == [f"/man-hinh/tieng/hmn/{clip}/" for clip in clips[1:]]


@pytest.mark.parametrize(("language", "clip"), [("vi", "../secret"), ("vi", "nothing"), ("..", "so-1"), ("VI", "so-1")])
def test_no_other_file_is_a_recording(language: str, clip: str) -> None:
    assert voices.find(language, clip) is None
