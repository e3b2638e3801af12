"""Lists as XLSX: exactly what is filtered and may be seen; a long one by the worker, fetched by who asked, for some days."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from openpyxl import load_workbook

from xaso.apps.dossiers import testing
from xaso.apps.dossiers.models import Dossier
from xaso.apps.dossiers.testing import COPY, MORNING, POOR, Office
from xaso.apps.dossiers.tests.test_register_pages import As, many, sign_in
from xaso.apps.people import testing as people
from xaso.apps.people.facade import Role
from xaso.platform import clock
from xaso.platform.sheets import jobs, sheets
from xaso.platform.sheets.models import SheetJob

__all__ = ["sign_in"]
pytestmark = pytest.mark.django_db
LISTS = {
    *(
        "ban-cong-bo",
        "buu-chinh",
        "can-bo",
        "cho-xac-nhan",
        "chung-thu",
        "don-vi-cu",
        "giong-doc",
        "goi-dien",
        "hai-long",
        "lien-thong-cho",
        "ma-truy-cap",
    ),
    *(
        "may-chua-gui",
        "mot-cua",
        "ngay-lam-viec",
        "nhat-ky",
        "noi-nop",
        "noi-phan-mem",
        "phan-lien-thong",
        "phi-da-thu",
        "phi-tinh",
        "so-bo",
    ),
    *(
        "sao-luu",
        "so-lieu-goi-so",
        "so-theo-doi",
        "su-co-du-lieu",
        "thon",
        "thong-ke",
        "thu-tuc-quoc-gia",
        "tin-den",
        "tin-nhan",
        "tin-phan-mem",
        "viec-hom-nay",
        "yeu-cau-du-lieu",
    ),
}


def lines(answer: Any) -> list[list[Any]]:
    content = b"".join(answer)
    for close in getattr(answer, "_resource_closers", ()):
        close()
    return [list(row) for row in load_workbook(BytesIO(content)).active.iter_rows(min_row=2, values_only=True)]  # type: ignore[union-attr]


def client_of(office: Office, role: str) -> Client:
    client = Client()
    client.force_login(people.staff_of(office.commune_id, role))
    return client


def test_the_desk_downloads_the_queue_it_looks_at(office: Office, sign_in: As) -> None:
    waiting = testing.submitted(office)
    testing.accepted(office, POOR)
    got = lines(sign_in(office.desk).get("/tai-bang/mot-cua/?hang=intake"))

    assert [(row[0], row[5], row[13]) for row in got] == [(waiting.code, waiting.applicant_phone, "Chờ tiếp nhận")]


def test_fees_taken_are_numbers_and_their_receipts_text(office: Office, sign_in: As) -> None:
    testing.paid(office, testing.accepted(office, COPY))
    got = lines(sign_in(office.desk).get("/tai-bang/phi-da-thu/?tu=19/11/2026&den=19/11/2026"))

    assert [row[1:4] for row in got] == [["0000123", Dossier.objects.get().fee_vnd, "Tiền mặt"]]
    assert lines(sign_in(office.desk).get("/tai-bang/phi-da-thu/?den=18/11/2026")) == []


def test_a_list_is_there_for_who_sees_its_page_and_for_nobody_else(office: Office) -> None:
    testing.submitted(office)
    for role in Role:
        client = client_of(office, role.value)
        for source in sheets:
            answer = client.get(f"/tai-bang/{source.name}/")
            assert answer.status_code == (200 if role.value in source.roles else 404), (role, source.name)
            if answer.status_code == 200:
                assert all(len(row) == len(source.columns) for row in lines(answer))


def test_every_declared_list_is_tried_here() -> None:
    assert {source.name for source in sheets} == LISTS


def test_nothing_of_another_commune_is_in_a_list(office: Office) -> None:
    testing.submitted(office)
    stranger = people.actor_for(people.staff(people.commune(name="Xã Khác"), Role.DESK))

    for name in ("so-theo-doi", "mot-cua", "phi-da-thu", "so-bo", "tin-nhan"):
        source = sheets.find(name)
        assert source is not None
        sheet = source.read(stranger, QueryDict(""), clock.now())
        assert (list(sheet.rows), sheet.count) == ([], 0)


def test_a_long_list_is_made_by_the_worker_and_fetched_by_who_asked_for_some_days(office: Office, sign_in: As) -> None:
    many(office, jobs.AT_ONCE_ROWS + 1)
    officer = sign_in(office.officer)
    address = officer.get("/tai-bang/so-theo-doi/?xep=oldest")["Location"]
    assert officer.get("/tai-bang/so-theo-doi/?xep=oldest")["Location"] == address
    waiting = officer.get(address)
    assert (waiting["Refresh"], officer.get(f"{address}tep/").status_code) == ("3", 404)

    assert jobs.make_next(clock.now()) == 1
    done = officer.get(address)
    assert ("Refresh" in done, f"{address}tep/" in done.content.decode()) == (False, True)
    assert len(lines(officer.get(f"{address}tep/"))) == jobs.AT_ONCE_ROWS + 1
    assert sign_in(office.desk).get(f"{address}tep/").status_code == 404
    assert address in officer.get("/tai-bang/").content.decode()

    assert jobs.forget_ended(clock.now() + jobs.KEPT + timedelta(minutes=1)) == 1
    assert officer.get(address).status_code == 404
    assert list(jobs.path_of(SheetJob().id).parent.glob("*")) == []


def test_a_sheet_whose_worker_died_is_begun_anew_when_its_lease_is_over(office: Office) -> None:
    testing.submitted(office)
    register = sheets.find("so-theo-doi")
    assert register is not None
    job = jobs.ask_for(office.officer, register, "", rows_count=1, language="vi", now=MORNING)
    SheetJob.objects.filter(pk=job.pk).update(state="writing", leased_until=MORNING + timedelta(seconds=60))

    assert jobs.make_next(MORNING + timedelta(seconds=30)) == 0
    assert jobs.make_next(MORNING + timedelta(seconds=61)) == 1
    job.refresh_from_db()
    assert (job.state, job.rows_written) == ("done", 1)


def test_what_cannot_be_made_is_said_and_leaves_no_file(office: Office, sign_in: As) -> None:
    register = sheets.find("so-theo-doi")
    assert register is not None
    job = jobs.ask_for(office.officer, register, "", rows_count=1, language="vi", now=clock.now())
    SheetJob.objects.filter(pk=job.pk).update(source="khong-con")

    assert jobs.make_next(clock.now()) == 0
    assert "Chưa lập được bảng này" in sign_in(office.officer).get(f"/tai-bang/viec/{job.id}/").content.decode()
    assert not jobs.path_of(job.id).exists()
