"""Digitising a paper: read by the worker page by page, compared by a person, signed, found again by who may see it."""

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client
from PIL import Image

from xaso.apps.dossiers import queries, testing
from xaso.apps.dossiers.actions import reading as actions
from xaso.apps.dossiers.actions import supplement
from xaso.apps.dossiers.models import Attachment, Dossier, Finding, Reading
from xaso.apps.dossiers.testing import MORNING, Office
from xaso.apps.people import testing as people
from xaso.apps.people.facade import Role
from xaso.apps.signing import facade as signing
from xaso.kernel.errors import Refusal
from xaso.platform import clock, files, ocr
from xaso.platform.actor import Actor
from xaso.platform.files.models import StoredFile
from xaso.platform.tests.ocr_samples import NUMBER, paper, photo

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(bool(ocr.missing_packages()), reason="tesseract, its Vietnamese or poppler-utils is not installed"),
]


@pytest.fixture
def dossier(office: Office) -> Dossier:
    return testing.examining(office)


def attached(office: Office, dossier: Dossier, content: bytes, name: str = "giay.pdf") -> Attachment:
    return supplement.attach(office.desk, dossier.id, "other", content, name=name, source="scanner", now=MORNING)


def read_all() -> int:
    pages = 0
    while actions.read_next_page(clock.now()):
        pages += 1
    return pages


def read(office: Office, dossier: Dossier, content: bytes, name: str = "giay.pdf") -> Attachment:
    attachment = attached(office, dossier, content, name)
    actions.ask_to_read(office.officer, attachment.id, now=MORNING)
    read_all()
    return attachment


def confirmed(office: Office, attachment: Attachment, *names: str) -> Reading:
    finding = Finding.objects.get(reading__attachment=attachment, read=NUMBER)
    return actions.confirm(office.officer, attachment.id, actions.Confirmed({finding.id: NUMBER}, names), now=MORNING)


def found(actor: Actor, text: str) -> list[str]:
    return [one.code for one in queries.find_dossiers(actor, text, 20)]


def client_of(actor: Actor) -> Client:
    assert actor.account_id is not None
    client = Client()
    client.force_login(get_user_model().objects.get(pk=actor.account_id))
    return client


def test_the_numbers_of_a_list_s_lines_are_not_offered_for_comparison() -> None:
    printed = ("1. Số 02/2026", "2) cấp 05/11/2026,", "12, hai thửa", "Cộng 2 bản", "3 người")
    words = [ocr.Word(word, line, 0, 0, 9, 9, 90.0) for line, said in enumerate(printed) for word in said.split()]

    assert [word.text for word in actions.numbers_to_compare(words)] == ["02/2026", "05/11/2026,", "2", "3"]


def test_no_number_is_taken_before_a_person_has_compared_it(office: Office, dossier: Dossier) -> None:
    attachment = read(office, dossier, paper())
    findings = Finding.objects.filter(reading__attachment=attachment)

    assert set(findings.values_list("read", flat=True)) == {NUMBER, "05/11/2026", "02/2026"}
    assert set(findings.values_list("value", "folded")) == {("", "")}
    assert found(office.officer, NUMBER) == []
    with Image.open(BytesIO(bytes(findings.get(read=NUMBER).picture))) as picture:
        assert picture.width > picture.height


def test_what_was_compared_makes_the_dossier_found_and_the_rest_does_not(office: Office, dossier: Dossier) -> None:
    attachment = read(office, dossier, photo(180), "giay.jpg")
    reading = confirmed(office, attachment, "Trường Tiểu học Nậm Trì", "")

    assert (reading.state, reading.confirmed_by) == ("confirmed", office.officer.name)
    assert found(office.officer, NUMBER) == found(office.signer, "truong tieu hoc") == [dossier.code]
    assert found(office.officer, "05/11/2026") == []
    assert client_of(office.desk).get("/so-theo-doi/", {"q": "truong tieu hoc"}).context["lines"][0].code == dossier.code


def test_a_later_comparison_takes_the_place_of_the_first(office: Office, dossier: Dossier) -> None:
    attachment = read(office, dossier, paper())
    confirmed(office, attachment, "Trường Tiểu học Nậm Trì")
    actions.confirm(office.officer, attachment.id, actions.Confirmed({}), now=MORNING)

    assert found(office.officer, NUMBER) == found(office.officer, "truong tieu hoc") == []


def test_only_who_sees_the_dossier_finds_it_and_only_the_desk_and_officers_digitise(office: Office, dossier: Dossier) -> None:
    attachment = read(office, dossier, paper())
    confirmed(office, attachment)
    elsewhere = people.actor_for(people.staff(people.commune(name="Xã Khác"), Role.DESK))

    assert found(elsewhere, NUMBER) == found(office.administrator, NUMBER) == found(office.owner, NUMBER) == []
    for actor in (elsewhere, office.administrator, office.owner, office.signer):
        with pytest.raises(Refusal) as refusal:
            actions.ask_to_read(actor, attachment.id, now=MORNING)
        assert refusal.value.code == "dossiers.not_found"


def test_forty_pages_are_read_one_by_one_and_a_killed_worker_goes_on_where_it_was(office: Office, dossier: Dossier) -> None:
    target = BytesIO()
    with pikepdf.open(BytesIO(paper())) as one, pikepdf.new() as many:
        for _number in range(39):
            many.add_blank_page()
        many.pages.append(one.pages[0])
        many.save(target)
    attachment = attached(office, dossier, target.getvalue())
    actions.ask_to_read(office.desk, attachment.id, now=MORNING)
    for _number in range(3):
        assert actions.read_next_page(MORNING) == 1
    reading = Reading.objects.get()
    assert (reading.state, reading.pages_count, len(reading.pages)) == ("reading", 40, 3)
    Reading.objects.update(leased_until=MORNING + actions.LEASE)

    assert actions.read_next_page(MORNING) == 0
    reading.pages = [[]] * 38
    reading.leased_until = MORNING
    reading.save()
    assert read_all() == 2
    reading.refresh_from_db()
    assert (reading.state, len(reading.pages), reading.pages[38]) == ("read", 40, [])
    assert Finding.objects.get(read=NUMBER).page == 40


def test_a_broken_picture_is_said_and_can_be_tried_again(office: Office, dossier: Dossier) -> None:
    attachment = attached(office, dossier, photo(0), "giay.jpg")
    broken = files.keep(b"\xff\xd8\xff" + b"x" * 400, name="a.jpg", media_type="image/jpeg", commune_id=office.commune_id, now=MORNING)
    Attachment.objects.filter(pk=attachment.pk).update(file=broken)
    actions.ask_to_read(office.officer, attachment.id, now=MORNING)

    assert read_all() == 0
    page = client_of(office.officer).get(f"/ho-so/{dossier.code}/so-hoa/{attachment.id}/").content.decode()
    assert "Máy không đọc được giấy này" in page
    Attachment.objects.filter(pk=attachment.pk).update(file=StoredFile.objects.exclude(pk=broken.pk).latest("created_at"))
    actions.ask_to_read(office.officer, attachment.id, now=MORNING)
    assert Reading.objects.get().state == "waiting"


def with_a_page_that_nobody_can_draw(content: bytes) -> bytes:
    target = BytesIO()
    with pikepdf.open(BytesIO(content)) as document:
        document.add_blank_page(page_size=(5_500, 5_500))
        document.pages.append(document.pages[0])
        document.save(target)
    return target.getvalue()


def test_a_page_that_cannot_be_read_keeps_nobody_from_the_others(office: Office, dossier: Dossier) -> None:
    attachment = read(office, dossier, with_a_page_that_nobody_can_draw(paper()))

    reading = Reading.objects.get()
    assert (reading.state, [lines is None for lines in reading.pages]) == ("read", [False, True, False])
    page = client_of(office.officer).get(f"/ho-so/{dossier.code}/so-hoa/{attachment.id}/").content.decode()
    assert "Máy không đọc được trang này; anh/chị tự ghi." in page


def test_a_paper_that_no_machine_reads_is_written_by_hand_and_found(office: Office, dossier: Dossier) -> None:
    attachment = attached(office, dossier, photo(0), "giay.jpg")
    broken = files.keep(b"\xff\xd8\xff" + b"y" * 400, name="a.jpg", media_type="image/jpeg", commune_id=office.commune_id, now=MORNING)
    Attachment.objects.filter(pk=attachment.pk).update(file=broken)
    actions.ask_to_read(office.officer, attachment.id, now=MORNING)
    officer, address = client_of(office.officer), f"/ho-so/{dossier.code}/so-hoa/{attachment.id}/"
    officer.post(address, {"do": "by_hand"})
    assert Reading.objects.get().state == "waiting"
    read_all()

    officer.post(address, {"do": "by_hand"})
    officer.post(address, {"do": "confirm", "ten": ["Giàng A Pao", NUMBER]})

    assert "ghi 2 mục" in officer.get(address).content.decode()
    assert found(office.desk, NUMBER) == [dossier.code]


@pytest.mark.parametrize(("content", "name"), [(paper, "giay.pdf"), (lambda: photo(0), "giay.jpg")])
def test_the_signed_copy_is_a_valid_pdf_made_once_and_only_after_the_comparison(
    office: Office, dossier: Dossier, content: Any, name: str
) -> None:
    assert office.officer.account_id is not None
    now = clock.now()
    signing.issue_test_certificate(office.officer.account_id, office.commune_id, name=office.officer.name, now=now)
    attachment = read(office, dossier, content(), name)
    with pytest.raises(Refusal) as refusal:
        actions.sign_copy(office.officer, attachment.id, now=now)
    assert (refusal.value.code, StoredFile.objects.filter(name="giay-da-ky.pdf").count()) == ("dossiers.not_confirmed", 0)

    confirmed(office, attachment)
    for _time in range(2):
        actions.sign_copy(office.officer, attachment.id, now=now)
    copy = StoredFile.objects.get(name="giay-da-ky.pdf")
    assert [check.intact for check in signing.verify(files.read(copy))] == [True]


def test_the_page_goes_through_all_steps(office: Office, dossier: Dossier) -> None:
    attachment, officer = attached(office, dossier, paper()), client_of(office.officer)
    address = f"/ho-so/{dossier.code}/so-hoa/{attachment.id}/"
    assert address in officer.get(f"/ho-so/{dossier.code}/").content.decode()
    officer.post(address, {"do": "read"})
    waiting = officer.get(address)
    assert (waiting["Refresh"], "Đang chờ máy chủ bắt đầu đọc" in waiting.content.decode()) == ("3", True)

    read_all()
    finding = Finding.objects.get(read=NUMBER)
    shown = officer.get(address)
    assert ("Refresh" in shown, f"{address}o/{finding.id}/" in shown.content.decode()) == (False, True)
    assert officer.get(f"{address}o/{finding.id}/")["Content-Type"] == "image/png"

    officer.post(address, {"do": "confirm", f"so-{finding.id}": NUMBER, f"khop-{finding.id}": "1", "ten": ["Giàng A Pao", ""]})
    assert "ghi 2 mục" in officer.get(address).content.decode()
    assert client_of(office.signer).get(address).status_code == 404


@pytest.mark.skipif(connection.vendor == "sqlite", reason="the limit would meet this process's own database first")
def test_a_full_disk_is_said_plainly_and_leaves_no_half_scan(office: Office, dossier: Dossier) -> None:
    before = (Attachment.objects.count(), StoredFile.objects.count())
    client, content = client_of(office.desk), paper() + b"\n"  # no other test has kept the same
    with no_file_beyond(len(content) // 2):
        page = client.post(
            f"/ho-so/{dossier.code}/viec/attach/",
            {"paper": "other", "file": SimpleUploadedFile("giay.pdf", content, "application/pdf")},
        ).content.decode()

    assert "có thể đã hết chỗ" in page
    assert (Attachment.objects.count(), StoredFile.objects.count()) == before
    assert list((Path(settings.DATA_DIR) / "files").glob("**/.new-*")) == []
    assert attached(office, dossier, content).name == "giay.pdf"


def test_a_page_that_a_full_database_did_not_take_is_read_again_as_soon_as_there_is_room(office: Office, dossier: Dossier) -> None:
    attachment = attached(office, dossier, paper())
    actions.ask_to_read(office.desk, attachment.id, now=MORNING)
    officer, address = client_of(office.officer), f"/ho-so/{dossier.code}/so-hoa/{attachment.id}/"
    with connection.execute_wrapper(Full()):
        with pytest.raises(OperationalError, match="full"):
            actions.read_next_page(clock.now() - timedelta(minutes=2))
        assert actions.read_next_page(clock.now()) == 0
        assert "đã hết chỗ" in officer.get(address).content.decode()

    assert actions.read_next_page(clock.now()) == 1
    assert Finding.objects.get(read=NUMBER).page == 1
    assert "đã hết chỗ" not in officer.get(address).content.decode()


class Full:
    """A database that has no room for readings, from the first finding on."""

    is_full = False

    def __call__(self, execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        self.is_full = self.is_full or sql.startswith('INSERT INTO "dossiers_finding"')
        if self.is_full and sql.startswith(('INSERT INTO "dossiers_finding"', 'UPDATE "dossiers_reading"')):
            raise OperationalError("database or disk is full")
        return execute(sql, params, many, context)


@contextmanager
def no_file_beyond(most_bytes: int) -> Iterator[None]:
    """Let this process write no file longer than so many bytes, as a disk does that is full."""
    kept, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, kept[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, kept)
        signal.signal(signal.SIGXFSZ, handler)
