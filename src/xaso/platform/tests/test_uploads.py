"""Files in pieces by tus 1.0: what is acknowledged is kept, a cut at any byte goes on, and every refusal is told in words."""

import base64
import hashlib
import io
import resource
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from xaso.kernel.errors import Refusal
from xaso.platform import clock, uploads
from xaso.platform.uploads import actions, disk, protocol
from xaso.platform.uploads.models import Upload

pytestmark = pytest.mark.django_db

TUS = {"Tus-Resumable": "1.0.0"}
PHOTO = bytes(range(256)) * 40
PIECE = "application/offset+octet-stream"


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, settings: Any) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


class Cut:
    """A body whose sender falls silent after some bytes, loudly or not."""

    def __init__(self, content: bytes, *, loudly: bool = False) -> None:
        self.rest = io.BytesIO(content)
        self.loudly = loudly

    def read(self, size: int, /) -> bytes:
        some = self.rest.read(size)
        if not some and self.loudly:
            raise ConnectionResetError
        return some


def metadata(**values: str) -> str:
    return ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in values.items())


def begin(client: Client, headers: dict[str, str] | None = None) -> Any:
    return client.post("/tai-len/", headers={**TUS, "Upload-Length": str(len(PHOTO)), **(headers or {})})


def begun(client: Client, headers: dict[str, str] | None = None) -> str:
    address: str = begin(client, headers)["Location"]
    return address


def append(client: Client, address: str, offset: int, content: bytes, **headers: str) -> Any:
    return client.patch(address, content, PIECE, headers={**TUS, "Upload-Offset": str(offset), **headers})


def head(client: Client, address: str) -> Any:
    return client.head(address, headers=TUS)


def upload_of(address: str) -> Upload:
    return Upload.objects.get(pk=address.removeprefix("/tai-len/"))


def test_it_says_what_it_speaks(client: Client) -> None:
    answer = client.options("/tai-len/")
    assert answer.status_code == 204
    assert answer["Tus-Version"] == "1.0.0"
    assert answer["Tus-Extension"] == "creation,creation-with-upload,checksum,expiration,termination"
    assert answer["Tus-Max-Size"] == str(10 * 1024 * 1024)
    assert answer["Tus-Checksum-Algorithm"] == "sha1,sha256"


def test_another_version_is_refused_with_the_one_spoken(client: Client) -> None:
    answer = client.post("/tai-len/", headers={"Tus-Resumable": "0.2.2", "Upload-Length": "5"})
    assert (answer.status_code, answer["Tus-Version"], answer["Tus-Resumable"]) == (412, "1.0.0", "1.0.0")
    assert not Upload.objects.exists()


def test_a_file_is_begun_sent_in_pieces_and_read_by_its_id(client: Client) -> None:
    created = begin(client, {"Upload-Metadata": metadata(filename="Giấy chứng sinh.jpg")})
    assert (created.status_code, created["Upload-Offset"]) == (201, "0")
    address = created["Location"]
    assert len(address) == len("/tai-len/") + 40

    assert append(client, address, 0, PHOTO[:4000])["Upload-Offset"] == "4000"
    told = head(client, address)
    assert (told.status_code, told["Upload-Offset"], told["Upload-Length"], told["Cache-Control"]) == (200, "4000", "10240", "no-store")
    assert told["Upload-Metadata"] == metadata(filename="Giấy chứng sinh.jpg")
    assert "Upload-Expires" in told
    unfinished = upload_of(address)
    assert not uploads.is_sent(unfinished.pk)
    with pytest.raises(Refusal, match=r"uploads\.incomplete"):
        uploads.content(unfinished)

    assert append(client, address, 4000, PHOTO[4000:]).status_code == 204
    sent = uploads.find(unfinished.pk)
    assert sent is not None
    assert (sent.name, uploads.content(sent), uploads.content(sent)) == ("Giấy chứng sinh", PHOTO, PHOTO)


def test_the_bytes_may_come_with_the_announcement(client: Client) -> None:
    answer = client.generic("POST", "/tai-len/", PHOTO, PIECE, headers={**TUS, "Upload-Length": str(len(PHOTO))})
    assert (answer.status_code, answer["Upload-Offset"]) == (201, str(len(PHOTO)))
    assert uploads.content(upload_of(answer["Location"])) == PHOTO


@pytest.mark.parametrize("loudly", [False, True])
@pytest.mark.parametrize("at", [0, 1, 255, 4095, 4096, 16 * 1024, 16 * 1024 + 1, 256 * 1024 - 1, 256 * 1024, 256 * 1024 + 7, 299_999])
def test_a_cut_at_any_byte_goes_on_from_there(client: Client, at: int, *, loudly: bool) -> None:
    content = bytes(i * 7 % 251 for i in range(300_000))
    address = begun(client, {"Upload-Length": str(len(content))})

    actions.append(upload_of(address).pk, 0, Cut(content[:at], loudly=loudly), len(content), now=clock.now())

    assert head(client, address)["Upload-Offset"] == str(at)
    assert append(client, address, at, content[at:]).status_code == 204
    assert uploads.content(upload_of(address)) == content


def test_what_was_written_but_never_acknowledged_counts_for_nothing(client: Client) -> None:
    address = begun(client)
    append(client, address, 0, PHOTO[:100])
    with disk.locked(upload_of(address).pk) as handle:
        disk.write(handle, 100, b"\0" * 5000)

    assert head(client, address)["Upload-Offset"] == "100"
    assert append(client, address, 100, PHOTO[100:]).status_code == 204
    assert uploads.content(upload_of(address)) == PHOTO


@pytest.mark.parametrize("offset", [0, 99, 101, 10239])
def test_a_piece_for_another_place_is_refused(client: Client, offset: int) -> None:
    address = begun(client)
    append(client, address, 0, PHOTO[:100])
    answer = append(client, address, offset, b"x")
    assert answer.status_code == 409
    assert answer.content.decode().startswith("Máy chủ của xã đã nhận")
    assert head(client, address)["Upload-Offset"] == "100"


def test_of_two_that_append_at_once_the_later_goes_on_and_the_other_stops(client: Client) -> None:
    address = begun(client)
    later: list[Any] = []

    class Overtaken(Cut):
        def read(self, size: int, /) -> bytes:
            if not later:
                later.append(append(client, address, 0, PHOTO[:5000]))
            return super().read(size)

    with pytest.raises(Refusal, match=r"uploads\.superseded"):
        actions.append(upload_of(address).pk, 0, Overtaken(b"x" * 10240), 10240, now=clock.now())

    assert later[0].status_code == 204
    assert append(client, address, 5000, PHOTO[5000:]).status_code == 204
    assert uploads.content(upload_of(address)) == PHOTO


def checksum(algorithm: str, content: bytes) -> str:
    return f"{algorithm} {base64.b64encode(hashlib.new(algorithm, content).digest()).decode()}"


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_piece_with_the_wrong_sum_is_thrown_away(client: Client, algorithm: str) -> None:
    address = begun(client)
    refused = append(client, address, 0, PHOTO[:500], **{"Upload-Checksum": checksum(algorithm, b"other")})
    assert (refused.status_code, head(client, address)["Upload-Offset"]) == (460, "0")
    taken = append(client, address, 0, PHOTO[:500], **{"Upload-Checksum": checksum(algorithm, PHOTO[:500])})
    assert (taken.status_code, taken["Upload-Offset"]) == (204, "500")


def test_a_piece_that_was_to_be_checked_and_was_cut_is_thrown_away(client: Client) -> None:
    address = begun(client)
    promised = protocol.checksum(checksum("sha1", PHOTO))
    with pytest.raises(Refusal, match=r"uploads\.checksum_differs"):
        actions.append(upload_of(address).pk, 0, Cut(PHOTO[:9000]), len(PHOTO), checksum=promised, now=clock.now())
    assert head(client, address)["Upload-Offset"] == "0"


def test_a_whole_that_is_not_what_was_announced_begins_anew(client: Client) -> None:
    sum_of_all = hashlib.sha256(PHOTO).hexdigest()
    address = begun(client, {"Upload-Metadata": metadata(sha256=sum_of_all)})
    append(client, address, 0, PHOTO[:500])
    assert append(client, address, 500, b"x" * (len(PHOTO) - 500)).status_code == 460
    assert head(client, address)["Upload-Offset"] == "0"
    assert append(client, address, 0, PHOTO).status_code == 204


@pytest.mark.parametrize(
    "headers", [{"Upload-Checksum": "md5 AAAA"}, {"Upload-Checksum": "sha1 %"}, {"Upload-Offset": "-1"}, {"Upload-Offset": "٣"}]
)
def test_a_piece_that_is_not_understood_changes_nothing(client: Client, headers: dict[str, str]) -> None:
    address = begun(client)
    assert append(client, address, 0, PHOTO, **headers).status_code == 400
    assert head(client, address)["Upload-Offset"] == "0"


def test_a_piece_of_another_type_is_refused(client: Client) -> None:
    address = begun(client)
    answer = client.patch(address, PHOTO, "image/jpeg", headers={**TUS, "Upload-Offset": "0"})
    assert (answer.status_code, head(client, address)["Upload-Offset"]) == (415, "0")


@pytest.mark.parametrize(
    ("size", "status"), [("10485761", 413), ("99999999999999", 400), ("-5", 400), ("", 400), ("1e3", 400), ("10485760", 201), ("0", 201)]
)
def test_the_announced_size_is_judged_before_a_byte_is_sent(client: Client, size: str, status: int) -> None:
    answer = begin(client, {"Upload-Length": size})
    assert answer.status_code == status
    assert Upload.objects.count() == (status == 201)
    if status == 413:
        assert "10 MB" in answer.content.decode()


def test_more_than_was_announced_is_refused(client: Client) -> None:
    address = begun(client)
    assert append(client, address, 0, PHOTO + b"x").status_code == 413
    assert head(client, address)["Upload-Offset"] == "0"


@pytest.mark.parametrize("name", ["../../../etc/passwd", "a/b\\c\0d.exe", "\u202egpj.exe", "x" * 900, "<script>alert(1)</script>.jpg", ""])
def test_hostile_names_name_nothing_on_the_disk(client: Client, data_dir: Path, name: str) -> None:
    address = begun(client, {"Upload-Metadata": metadata(filename=name)})
    append(client, address, 0, PHOTO)
    upload = upload_of(address)
    assert [path for path in data_dir.rglob("*") if path.is_file()] == [data_dir / "uploads" / upload.pk[:2] / upload.pk]
    assert not set(upload.name) & set('/\\\0\u202e<>"')
    assert len(upload.name) <= 100


@pytest.mark.parametrize("header", ["filename ***", "sha256 eA==", "a " + "A" * 3000, "filename"])
def test_what_is_said_of_a_file_must_be_readable(client: Client, header: str) -> None:
    answer = begin(client, {"Upload-Metadata": header})
    assert answer.status_code == (201 if header == "filename" else 400)


@pytest.mark.parametrize("address", ["/tai-len/" + "0" * 40, "/tai-len/run-json", "/tai-len/" + "A" * 40])
def test_an_id_that_was_never_given_out_is_not_there(client: Client, address: str) -> None:
    assert head(client, address).status_code == 404
    assert append(client, address, 0, b"x").status_code == 404
    assert client.delete(address, headers=TUS).status_code == 404
    assert uploads.find(address.removeprefix("/tai-len/")) is None


def test_the_same_photo_of_the_same_phone_is_not_sent_twice(client: Client) -> None:
    same = {"Upload-Metadata": metadata(filename="a.jpg", sha256=hashlib.sha256(PHOTO).hexdigest(), key="máy 1")}
    first = begun(client, same)
    append(client, first, 0, PHOTO[:3000])

    again = begin(client, same)
    assert (again.status_code, again["Location"], again["Upload-Offset"]) == (201, first, "3000")
    with_bytes = client.generic("POST", "/tai-len/", PHOTO, PIECE, headers={**TUS, "Upload-Length": str(len(PHOTO)), **same})
    assert (with_bytes["Location"], with_bytes["Upload-Offset"]) == (first, "3000")
    append(client, first, 3000, PHOTO[3000:])
    assert begin(client, same)["Upload-Offset"] == str(len(PHOTO))

    other_phone = {"Upload-Metadata": metadata(sha256=hashlib.sha256(PHOTO).hexdigest(), key="máy 2")}
    assert begun(client, other_phone) != first


def test_after_seven_days_a_file_is_gone_and_may_be_begun_anew(client: Client, data_dir: Path) -> None:
    same = {"Upload-Metadata": metadata(sha256=hashlib.sha256(PHOTO).hexdigest(), key="máy 1")}
    address = begun(client, same)
    append(client, address, 0, PHOTO[:500])
    upload = upload_of(address)
    assert upload.expires_at - upload.created_at == timedelta(days=7)
    age(upload, timedelta(days=7))

    assert head(client, address).status_code == 410
    assert append(client, address, 500, PHOTO[500:]).status_code == 410
    assert uploads.find(upload.pk) is None
    assert begun(client, same) != address

    assert actions.forget_expired(clock.now()) == 1
    assert not (data_dir / "uploads" / upload.pk[:2] / upload.pk).exists()
    assert head(client, address).status_code == 410
    assert actions.forget_expired(clock.now() + timedelta(days=30)) == 1
    assert head(client, address).status_code == 404


def age(upload: Upload, by: timedelta) -> None:
    Upload.objects.filter(pk=upload.pk).update(created_at=upload.created_at - by, expires_at=upload.expires_at - by)


def test_cleaning_keeps_what_is_young_and_sweeps_what_has_no_row(client: Client, data_dir: Path) -> None:
    address = begun(client)
    append(client, address, 0, PHOTO)
    stray = data_dir / "uploads" / "ab" / ("ab" * 20)
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"x")
    assert actions.forget_expired(clock.now()) == 0
    assert not stray.exists()
    assert uploads.content(upload_of(address)) == PHOTO


def test_who_sends_may_take_back(client: Client, data_dir: Path) -> None:
    address = begun(client, {"Upload-Metadata": metadata(filename="a.jpg")})
    append(client, address, 0, PHOTO[:500])
    assert client.delete(address, headers=TUS).status_code == 204
    assert head(client, address).status_code == 410
    assert client.delete(address, headers=TUS).status_code == 410
    assert [path for path in (data_dir / "uploads").rglob("*") if path.is_file()] == []
    assert (upload_of(address).name, upload_of(address).metadata) == ("", "")


def test_a_client_that_knows_only_post_may_say_what_it_means(client: Client) -> None:
    address = begun(client)
    headers = {**TUS, "X-HTTP-Method-Override": "PATCH", "Upload-Offset": "0"}
    assert client.post(address, PHOTO, PIECE, headers=headers).status_code == 204
    assert client.get(address, headers=headers).status_code == 405


def test_it_needs_no_cookie_and_no_forms_token() -> None:
    strict = Client(enforce_csrf_checks=True)
    address = begun(strict)
    assert append(strict, address, 0, PHOTO).status_code == 204
    assert not strict.cookies


@pytest.fixture
def full_disk() -> Iterator[Callable[[], None]]:
    """A disk that takes no file above 4 KB once the test calls it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_is_told_and_loses_nothing_that_was_acknowledged(client: Client, full_disk: Callable[[], None]) -> None:
    address = begun(client)
    append(client, address, 0, PHOTO[:4000])
    upload = upload_of(address)
    full_disk()
    with pytest.raises(Refusal, match=r"uploads\.no_room"):
        actions._put(upload.pk, upload.turn, 4000, PHOTO[4000:], counts=True)
    assert upload_of(address).offset_bytes == 4000
    with disk.locked(upload.pk) as handle:
        assert disk.sha256_of(handle, 4000) == hashlib.sha256(PHOTO[:4000]).hexdigest()


def test_when_room_gets_scarce_nothing_new_is_begun_but_what_was_begun_goes_on(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    address = begun(client)
    monkeypatch.setenv("XASO_UPLOADS_SPARE_MB", "999999999")
    answer = begin(client)
    assert answer.status_code == 507
    assert "hết chỗ" in answer.content.decode()
    assert append(client, address, 0, PHOTO).status_code == 204


def test_what_is_on_its_way_is_bounded_together_and_by_address(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XASO_UPLOADS_TOTAL_MB", "3")
    monkeypatch.setenv("XASO_UPLOADS_PER_ADDRESS_MB", "2")
    size = {"Upload-Length": str(1024 * 1024)}
    assert [begin(client, size).status_code for _ in range(2)] == [201, 201]
    refused = begin(client, size)
    assert (refused.status_code, refused["Retry-After"]) == (429, "600")
    assert begin(Client(REMOTE_ADDR="10.0.0.2"), size).status_code == 201
    assert begin(Client(REMOTE_ADDR="10.0.0.3"), size).status_code == 507


def test_one_address_announces_only_so_often(client: Client) -> None:
    for _ in range(3):
        begin(client)
    from xaso.platform.models import RateWindow

    RateWindow.objects.filter(key="uploads:127.0.0.1").update(hits=actions.ANNOUNCED_AN_HOUR)
    refused = begin(client)
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 3000
    assert Upload.objects.count() == 3


def test_more_bodies_than_may_be_read_at_once_wait(client: Client) -> None:
    from xaso.platform.uploads import pages

    address = begun(client)
    for _ in range(pages.AT_ONCE):
        pages._bodies.acquire()
    try:
        refused = append(client, address, 0, PHOTO)
    finally:
        for _ in range(pages.AT_ONCE):
            pages._bodies.release()
    assert (refused.status_code, refused["Retry-After"]) == (503, "5")
    assert append(client, address, 0, PHOTO).status_code == 204


def test_now_is_an_argument() -> None:
    now = datetime.fromisoformat("2026-11-25T01:00:00+00:00")
    upload = actions.announce(protocol.Announced(5), address="10.0.0.1", now=now)
    assert uploads.find(upload.pk, now=now + timedelta(days=6, hours=23)) == upload
    assert uploads.find(upload.pk, now=now + timedelta(days=7)) is None
