"""Kept files: durable before they are named, each content once, gone only when nothing names it, harmless in a browser."""

import os
import resource
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import transaction

from xaso.kernel.errors import Refusal
from xaso.platform import files
from xaso.platform.errors import UNKNOWN, words_for
from xaso.platform.files.store import path_of
from xaso.platform.models import StoredFile
from xaso.platform.tests import file_samples as samples

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
COMMUNE = uuid4()


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, settings: object) -> Path:
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    return tmp_path


def keep(content: bytes, name: str = "Giấy chứng sinh.jpg", media_type: str = "image/jpeg") -> StoredFile:
    return files.keep(content, name=name, media_type=media_type, commune_id=COMMUNE, now=NOW)


def contents(folder: Path) -> list[Path]:
    return [path for path in (folder / "files").rglob("*") if path.is_file() and path.name not in {".lock", ".held"}]


def age(path: Path, days: float) -> None:
    then = (NOW - timedelta(days=days)).timestamp()
    os.utime(path, (then, then))


@pytest.fixture
def full_disk() -> Iterator[Callable[[], None]]:
    """A disk that takes no file above 4 KB once the test calls it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_what_was_kept_is_read_again(data_dir: Path) -> None:
    stored = keep(b"paper")
    assert (stored.size_bytes, stored.media_type, stored.name, stored.commune_id) == (5, "image/jpeg", "Giấy chứng sinh.jpg", COMMUNE)
    assert files.read(stored) == b"paper"
    assert files.open_path(stored).read_bytes() == b"paper"
    assert contents(data_dir) == [data_dir / "files" / stored.sha256[:2] / stored.sha256[2:4] / stored.sha256]


def test_the_same_content_lies_on_the_disk_once_under_two_names(data_dir: Path) -> None:
    one, other = keep(b"paper", "a.jpg"), keep(b"paper", "b.jpg")
    assert one.pk != other.pk
    assert (one.name, other.name) == ("a.jpg", "b.jpg")
    assert len(contents(data_dir)) == 1


def test_a_content_damaged_on_the_disk_is_noticed_and_healed_by_the_next_upload() -> None:
    stored = keep(b"paper")
    files.open_path(stored).write_bytes(b"rotten")
    with pytest.raises(Refusal, match=r"files\.missing"):
        files.read(stored)
    keep(b"paper")
    assert files.read(stored) == b"paper"


def test_a_content_that_is_gone_is_a_refusal_with_words() -> None:
    stored = keep(b"paper")
    files.open_path(stored).unlink()
    for ask in (files.read, files.open_path):
        with pytest.raises(Refusal) as caught:
            ask(stored)
        assert words_for(caught.value) != str(UNKNOWN)
    page = files.file_response(None, stored, inline=True)
    assert (page.status_code, "Không mở được tệp này" in page.content.decode()) == (404, True)  # type: ignore[attr-defined]


def test_a_full_disk_refuses_and_leaves_neither_row_nor_rest(data_dir: Path, full_disk: Callable[[], None]) -> None:
    full_disk()
    with pytest.raises(Refusal) as caught:
        keep(b"x" * 100_000)
    assert caught.value.code == "files.not_kept"
    assert words_for(caught.value) != str(UNKNOWN)
    assert not StoredFile.objects.exists()
    assert contents(data_dir) == []


def test_a_folder_that_can_not_be_made_refuses(data_dir: Path) -> None:
    (data_dir / "files").write_text("in the way")
    with pytest.raises(Refusal, match=r"files\.not_kept"):
        keep(b"paper")
    assert not StoredFile.objects.exists()


def test_a_rolled_back_change_leaves_a_content_that_cleaning_removes_after_a_day(data_dir: Path) -> None:
    with transaction.atomic():
        path = path_of(keep(b"paper").sha256)
        transaction.set_rollback(True)
    assert not StoredFile.objects.exists()
    age(path, 0.9)
    assert files.forget_unused(NOW) == 0
    age(path, 1.1)
    assert files.forget_unused(NOW) == 1
    assert contents(data_dir) == []


def test_cleaning_removes_rows_that_nothing_refers_to_with_their_contents(data_dir: Path) -> None:
    stored = keep(samples.photo())
    age(files.open_path(stored), 2)
    StoredFile.objects.update(created_at=NOW - timedelta(hours=23))
    assert files.forget_unused(NOW) == 0
    StoredFile.objects.update(created_at=NOW - timedelta(hours=25))
    assert files.forget_unused(NOW) == 1
    assert not StoredFile.objects.exists()
    assert {path for path in data_dir.rglob("*") if path.is_file()} == {data_dir / "files" / name for name in (".lock", ".held")}


def test_cleaning_removes_the_rests_of_interrupted_writes(data_dir: Path) -> None:
    rest = files.open_path(keep(b"paper")).with_name(".new-abc")
    rest.write_bytes(b"half")
    age(rest, 2)
    assert files.forget_unused(NOW) == 1
    assert len(contents(data_dir)) == 1


def test_a_content_named_anew_just_before_cleaning_stays() -> None:
    old = keep(b"paper")
    age(files.open_path(old), 2)
    StoredFile.objects.update(created_at=NOW - timedelta(days=2))
    new = keep(b"paper")
    files.forget_unused(NOW)
    assert list(StoredFile.objects.all()) == [new]
    assert files.read(new) == b"paper"


def test_a_picture_may_be_shown_but_never_run() -> None:
    response = files.file_response(None, keep(samples.photo()), inline=True)
    assert response.getvalue()[:2] == b"\xff\xd8"
    response.close()
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Disposition"] == (
        "inline; filename=\"giay-chung-sinh.jpg\"; filename*=utf-8''Gi%E1%BA%A5y%20ch%E1%BB%A9ng%20sinh.jpg"
    )


@pytest.mark.parametrize("media_type", ["application/pdf", "text/html", "image/svg+xml"])
def test_anything_else_is_downloaded_even_when_showing_was_asked(media_type: str) -> None:
    response = files.file_response(None, keep(b"<script>", "a.pdf", media_type), inline=True)
    response.close()
    assert response["Content-Disposition"] == 'attachment; filename="a.pdf"'


def test_a_name_can_not_break_out_of_its_header() -> None:
    stored = keep(b"x", 'a"; filename="b.exe\r\nSet-Cookie: c=d.pdf', "application/pdf")
    response = files.file_response(None, stored, inline=False)
    response.close()
    assert "\n" not in response["Content-Disposition"]
    assert "Set-Cookie" not in response.headers
