"""Files of the national database: whole and its own, or refused with a word that says why."""

import gzip
import json
from pathlib import Path

import pytest

from xaso.apps.procedures.national.files import read_edition
from xaso.apps.procedures.tests.national_data import line, written
from xaso.kernel.errors import Refusal
from xaso.platform.errors import UNKNOWN, words_for


def _refusal(path: Path) -> Refusal:
    with pytest.raises(Refusal) as refused:
        read_edition(path)
    assert words_for(refused.value) != str(UNKNOWN)
    return refused.value


def test_plain_and_packed_files_say_the_same_whatever_the_order_of_their_lines(tmp_path: Path) -> None:
    plain = written(tmp_path / "a.jsonl", line("1.900001"), line("1.900002"))
    packed = tmp_path / "b.jsonl.gz"
    packed.write_bytes(gzip.compress(written(tmp_path / "c.jsonl", line("1.900002"), line("1.900001")).read_bytes()))

    one, other = read_edition(plain), read_edition(packed)

    assert {record.code for record in one.records} == {record.code for record in other.records} == {"1.900001", "1.900002"}
    assert one.digest == other.digest


def test_a_packed_file_cut_off_anywhere_is_refused(tmp_path: Path) -> None:
    whole = gzip.compress(written(tmp_path / "a.jsonl", *(line(f"1.9000{n:02}") for n in range(40))).read_bytes())
    cut = tmp_path / "cut.jsonl.gz"

    for length in (len(whole) - 1, len(whole) - 9, len(whole) // 2, 12):
        cut.write_bytes(whole[:length])
        assert _refusal(cut).code == "procedures.file_cut_off"


def test_a_plain_file_cut_off_within_a_line_is_refused(tmp_path: Path) -> None:
    cut = written(tmp_path / "a.jsonl", line("1.900001"), line("1.900002"))
    cut.write_bytes(cut.read_bytes()[:-40])

    assert _refusal(cut).code == "procedures.file_cut_off"


def test_a_broken_line_within_a_file_is_named(tmp_path: Path) -> None:
    broken = written(tmp_path / "a.jsonl", line("1.900001"), line("1.900002"))
    first, second = broken.read_bytes().splitlines(keepends=True)
    broken.write_bytes(first + b'{"ma_thu_tuc": \n' + second)

    refusal = _refusal(broken)

    assert (refusal.code, refusal.params["line"]) == ("procedures.line_broken", 2)


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n",
        b"PK\x03\x04",
        b"code,name\n1,a\n",
        b"[]\n",
        b'[{"ma_thu_tuc": "1.000001"}]\n',
        b'{"a": 1}\n',
        b"\xff\xfe{\x00",
        b"5\n",
    ],
)
def test_a_foreign_file_is_refused(tmp_path: Path, content: bytes) -> None:
    foreign = tmp_path / "a.jsonl"
    foreign.write_bytes(content)

    assert _refusal(foreign).code == "procedures.file_foreign"


def test_no_file_and_an_empty_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_bytes(b"\n")

    assert _refusal(tmp_path / "absent.jsonl").code == "procedures.file_missing"
    assert _refusal(tmp_path / "empty.jsonl").code == "procedures.file_empty"


def test_a_line_without_code_and_a_code_said_twice_differently_are_told_and_do_not_vanish(tmp_path: Path) -> None:
    twice = line("1.900001", so_quyet_dinh="99/QĐ-BXD")
    path = written(tmp_path / "a.jsonl", line("1.900001"), line("x"), line("1.900001"), twice, line("1.900002", ten_thu_tuc=""))

    edition = read_edition(path)

    assert [record.code for record in edition.records] == ["1.900001"]
    assert [(one.line, one.why) for one in edition.unread] == [(2, "code"), (4, "twice"), (5, "name")]
    assert "99/QĐ-BXD" in edition.unread[1].printed


def test_deep_nesting_is_a_broken_line_and_no_crash(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", line())
    path.write_bytes(path.read_bytes() + b'{"a": ' + b"[" * 200_000 + b"\n" + json.dumps(line("1.900002")).encode() + b"\n")

    assert _refusal(path).code == "procedures.line_broken"
