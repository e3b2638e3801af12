"""The ring of keys: made once, turned forward only, joined without loss, and never read by others."""

import os
import stat
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from xaso.kernel.errors import Refusal
from xaso.platform import keyring


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a ring that is not there yet."""
    monkeypatch.setenv("XASO_KEYRING", str(tmp_path / "ring"))
    return tmp_path / "ring"


@pytest.fixture
def in_production(settings: Any) -> None:
    settings.XASO_MODE = "production"


def code_of(work: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as caught:
        work()
    return caught.value.code


def settled() -> None:
    """Let the last change of the key that writes be long ago."""
    os.utime(keyring.folder() / keyring.CURRENT, (0, 0))


def test_the_demo_makes_its_ring_by_itself_and_production_does_not(place: Path, settings: Any) -> None:
    settings.XASO_MODE = "production"
    assert code_of(keyring.ring) == "keyring.missing"
    assert not place.exists()

    settings.XASO_MODE = "demo"
    assert keyring.ring().is_usable


def test_a_ring_is_made_once_whoever_tries_at_the_same_time(place: Path) -> None:
    makers = [threading.Thread(target=keyring.make) for _number in range(8)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()

    assert sorted(path.name for path in place.iterdir()) == sorted([*keyring.found().keys, keyring.CURRENT])
    assert (keyring.found().is_usable, keyring.found().is_turning) == (True, False)


def test_nobody_but_the_owner_reads_a_key(place: Path) -> None:
    keyring.make()

    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in place.iterdir()} == {0o600}


def test_a_new_key_writes_only_when_it_is_told_to_and_a_running_process_learns_of_it(place: Path) -> None:
    keyring.make()
    old = keyring.ring().sealing
    new = keyring.add_key(keyring.SEALING)
    before = keyring.ring(fresh=True)
    keyring.use_key(new)
    after = keyring.ring(fresh=True)

    assert new > old
    assert (before.sealing, before.is_turning, after.sealing) == (old, True, new)
    assert (after.indexing, set(after.boxes)) == (before.indexing, {old, new})


def test_keys_made_in_one_second_still_stand_in_order(place: Path) -> None:
    keyring.make()
    made = [keyring.add_key(keyring.SEALING) for _number in range(5)]

    assert made == sorted(set(made))


def test_a_turn_goes_forward_only(place: Path) -> None:
    keyring.make()
    old = keyring.found().sealing
    keyring.use_key(keyring.add_key(keyring.SEALING))

    assert code_of(lambda: keyring.use_key(old)) == "keyring.older_key"
    assert code_of(lambda: keyring.use_key("s000000000")) == "keyring.unknown_key"
    assert keyring.found().sealing != old


def test_a_key_that_writes_or_wrote_a_moment_ago_is_not_dropped(place: Path) -> None:
    keyring.make()
    old = keyring.found().sealing
    assert code_of(lambda: keyring.drop_key(old)) == "keyring.current_key"
    keyring.use_key(keyring.add_key(keyring.SEALING))
    assert code_of(lambda: keyring.drop_key(old)) == "keyring.too_soon"
    assert old in keyring.found().keys

    settled()
    aside = keyring.drop_key(old)

    assert old not in keyring.found().keys
    assert len(bytes.fromhex(aside.read_text())) == keyring.KEY_BYTES


def test_a_broken_key_is_named_and_nothing_is_written_over_it(place: Path, in_production: None) -> None:
    keyring.make()
    name = keyring.found().sealing
    (place / name).write_text("not a key")

    with pytest.raises(Refusal) as caught:
        keyring.ring(fresh=True)

    assert (caught.value.code, caught.value.params["file"]) == ("keyring.unreadable", str(place / name))
    assert (place / name).read_text() == "not a key"


def test_without_the_name_of_the_key_that_writes_production_refuses(place: Path, in_production: None) -> None:
    keyring.make()
    (place / keyring.CURRENT).unlink()

    assert code_of(lambda: keyring.ring(fresh=True)) == "keyring.missing"


def test_a_restored_ring_joins_the_one_that_is_here(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keyring.make()
    ours = keyring.found()
    monkeypatch.setenv("XASO_KEYRING", str(tmp_path / "theirs"))
    keyring.make()
    theirs = keyring.found()
    monkeypatch.setenv("XASO_KEYRING", str(place))

    keyring.join(tmp_path / "theirs")
    keyring.join(tmp_path / "theirs")

    joined = keyring.found()
    assert joined.keys == {**ours.keys, **theirs.keys}
    assert (joined.sealing, joined.indexing) == (ours.sealing, ours.indexing)


def test_a_restored_ring_takes_the_place_of_none(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XASO_KEYRING", str(tmp_path / "theirs"))
    keyring.make()
    theirs = keyring.found()
    monkeypatch.setenv("XASO_KEYRING", str(place))
    keyring.join(tmp_path / "theirs")

    assert keyring.found().keys == theirs.keys
    assert (keyring.found().sealing, keyring.found().indexing) == (theirs.sealing, theirs.indexing)


def test_a_key_of_the_same_name_with_another_content_is_refused_and_none_is_added(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XASO_KEYRING", str(tmp_path / "theirs"))
    keyring.make()
    theirs = keyring.found()
    monkeypatch.setenv("XASO_KEYRING", str(place))
    place.mkdir()
    (place / theirs.sealing).write_text("00" * keyring.KEY_BYTES)

    assert code_of(lambda: keyring.join(tmp_path / "theirs")) == "keyring.differs"
    assert [path.name for path in place.iterdir()] == [theirs.sealing]
