"""A new procedure is filed, examined, prepared, signed and printed from its file alone."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from xaso.apps.dossiers import testing
from xaso.apps.dossiers.actions import results
from xaso.apps.dossiers.actions.filing import file_dossier
from xaso.apps.dossiers.models import Dossier, Result, Slip
from xaso.apps.dossiers.shapes import Applicant, Filing
from xaso.apps.dossiers.testing import MORNING
from xaso.apps.dossiers.tests.test_words_of_results import text_of
from xaso.apps.procedures import facade as procedures
from xaso.kernel.identifiers import uuid7
from xaso.kernel.worktime import VN
from xaso.platform import files

pytestmark = pytest.mark.django_db

FILE = Path(__file__).with_name("one-file.yaml")
CODE = "9.000001"
HIVES = [{"place": "Vườn nhà", "count": 12}, {"place": "Ven suối", "count": 3}]


@pytest.fixture
def office(tmp_path: Path) -> testing.Office:
    made = testing.office()
    testing.give_certificates(made)
    (tmp_path / FILE.name).write_bytes(FILE.read_bytes())
    assert procedures.load_catalogue(tmp_path, now=MORNING).new == (CODE,)
    return made


@pytest.fixture
def as_staff() -> Callable[[Any], Client]:
    def sign_in(actor: Any) -> Client:
        client = Client()
        client.force_login(get_user_model().objects.get(pk=actor.account_id))
        return client

    return sign_in


def filed(office: testing.Office, kind: str) -> Dossier:
    version = procedures.current(office.commune_id, CODE, MORNING.date())
    assert version is not None
    return file_dossier(
        office.desk,
        Filing(
            dossier_id=uuid7(),
            version_id=version.id,
            channel="counter",
            applicant=Applicant(name="Giàng A Pao", phone="0912345678"),
            answers={"kind": kind, "since": "2024-05", "hives": HIVES},
            papers={"declaration": {"kind": "original", "count": 1}},
        ),
        now=MORNING,
    )


def test_one_file_alone_leads_from_the_search_to_the_signed_paper(office: testing.Office, as_staff: Callable[[Any], Client]) -> None:
    desk, officer = as_staff(office.desk), as_staff(office.officer)
    assert [one.code for one in procedures.search(office.commune_id, "nuoi ong", "vi", 1)] == [CODE]
    dossier = filed(office, "unsure")
    page = f"/ho-so/{dossier.code}/"

    desk.post(f"{page}viec/accept/")
    officer.post(f"{page}viec/take/")
    form = officer.get(page).content.decode()
    assert '<option value="" selected' not in form
    assert "Vườn nhà (12 thùng); Ven suối (3 thùng)" in form
    lines = {"field-since": "05/2024", "field-places": "Vườn nhà"}
    assert officer.post(f"{page}viec/prepare_result/", {**lines, "field-kind": ""}).status_code == 409
    officer.post(f"{page}viec/prepare_result/", {**lines, "field-kind": "farm"})
    results.sign_result(office.signer, dossier.id, clock=lambda: MORNING)

    result = Result.objects.get(dossier=dossier)
    assert result.file is not None
    told = text_of(files.read(result.file))
    assert (Dossier.objects.get(pk=dossier.pk).state, result.number) == ("solved", "01/GXN-UBND")
    assert "Giống ong: Ong nhà" in told
    assert "Nuôi từ: tháng 5 năm 2024 (tháng năm năm hai nghìn không trăm hai mươi tư)" in told
    assert "Ong nhà phải tiêm phòng hằng năm." in told
    assert "Nơi đặt: Vườn nhà." in told


def test_what_the_file_says_of_the_term_stands_in_the_slip_and_in_the_due_date(
    office: testing.Office, as_staff: Callable[[Any], Client]
) -> None:
    dossier = filed(office, "wild")
    as_staff(office.desk).post(f"/ho-so/{dossier.code}/viec/accept/")

    due = Dossier.objects.get(pk=dossier.pk).due_at
    assert due is not None
    assert due.astimezone(VN) > MORNING
    assert "(tính cả 2 ngày làm việc vào rừng xem)" in Slip.objects.get(dossier=dossier).data["term"]
