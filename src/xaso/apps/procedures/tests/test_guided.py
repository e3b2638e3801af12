"""Procedures that another authority takes in: found and read like any, never filed here, never a dead end."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from xaso.apps.people import testing as people
from xaso.apps.people.facade import Role
from xaso.apps.procedures import facade, testing
from xaso.apps.procedures.catalogue import CatalogueError, Shared, read_file
from xaso.apps.procedures.facade import Ground
from xaso.apps.procedures.models import CommuneOverride
from xaso.apps.procedures.tests.samples import CODE, sample, written
from xaso.kernel.errors import Refusal

ON = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
RESIDENCE, BIRTH = "1.004222", "1.001193"
BY_POLICE = {
    "issued_by": "police",
    "filing": {
        "counter": {"place": "police", "source": "Thử"},
        "online": {
            "place": "national_portal",
            "source": "Thử",
            "url": "https://portal.example/",
            "how": {"vi": "Mở trang.", "en": "Open it."},
        },
    },
}
SHARED = Shared.read(Path(settings.CATALOGUE_DIR))

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


@pytest.fixture
def commune() -> Any:
    return people.commune(name="Xã Thử", phone="02143880000")


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def load(tmp_path: Path, **changes: Any) -> None:
    (tmp_path / "nuoi-ong.yaml").write_bytes(written(sample(**changes)))
    facade.load_catalogue(tmp_path, now=NOW)


def test_what_the_police_issue_and_nobody_files_here_is_guided(commune: Any) -> None:
    assert facade.is_guided(commune.id, testing.procedure(RESIDENCE), on=ON)
    assert not facade.is_guided(commune.id, testing.procedure(BIRTH), on=ON)


def test_filing_places_and_issuer_alone_make_a_procedure_guided_even_one_with_questions(commune: Any, tmp_path: Path) -> None:
    load(tmp_path, **BY_POLICE)
    assert facade.is_guided(commune.id, testing.procedure(CODE), on=ON)
    load(tmp_path, **BY_POLICE | {"issued_by": "ministry_system"})
    assert not facade.is_guided(commune.id, testing.procedure(CODE), on=ON)


def test_a_commune_that_files_it_here_takes_it_in_from_that_day_on(commune: Any, tmp_path: Path) -> None:
    load(tmp_path, **BY_POLICE)
    administrator = people.actor_for(people.staff(commune, Role.ADMINISTRATOR))
    facade.set_filing_place(administrator, CODE, "counter", "here", Ground(date(2026, 12, 1), source="thử"), now=NOW)
    version = testing.procedure(CODE)
    assert [facade.is_guided(commune.id, version, on=day) for day in (ON, date(2026, 12, 1))] == [True, False]
    assert facade.is_guided(people.commune().id, version, on=date(2026, 12, 1))


def test_what_has_no_questions_can_not_be_set_to_be_filed_or_issued_here(commune: Any) -> None:
    administrator = people.actor_for(people.staff(commune, Role.ADMINISTRATOR))
    ground = Ground(ON, source="thử")
    with pytest.raises(Refusal) as filed:
        facade.set_filing_place(administrator, RESIDENCE, "counter", "here", ground, now=NOW)
    with pytest.raises(Refusal) as issued:
        facade.set_issuer(administrator, RESIDENCE, "commune", ground, now=NOW)
    assert [filed.value.code, issued.value.code] == ["procedures.only_guided"] * 2
    assert not CommuneOverride.objects.exists()
    facade.set_filing_place(administrator, RESIDENCE, "online", "police", ground, now=NOW)
    assert CommuneOverride.objects.count() == 1


def test_the_page_shows_the_way_and_offers_no_filing(commune: Any, client: Client) -> None:
    page = shown(client, f"/thu-tuc/{RESIDENCE}/")
    assert f"/nop-ho-so/{RESIDENCE}/" not in page
    assert "Công an xã nhận hồ sơ này. Ủy ban nhân dân xã không nhận." in page
    assert 'href="https://dichvucong.gov.vn/"' in page
    assert "sáng thứ 7" in page
    assert 'href="tel:02143880000"' in page
    assert "10.000" in page
    assert "7 ngày làm việc" in page
    assert "Anh/chị khai ở đây, xã kiểm tra giúp" not in page


def test_the_page_of_a_procedure_that_is_taken_in_here_has_no_such_words(commune: Any, client: Client) -> None:
    page = shown(client, f"/thu-tuc/{BIRTH}/")
    assert f"/nop-ho-so/{BIRTH}/" in page
    assert "Ủy ban nhân dân xã không nhận" not in page
    assert "Chưa biết đi đâu?" not in page


def test_a_line_of_a_list_says_who_takes_it(commune: Any, client: Client) -> None:
    page = shown(client, "/thu-tuc/?q=nhap+khau")
    first = page.split('href="/thu-tuc/1.004222/"')[1].split("</li>")[0]
    assert "Nộp ở Công an xã" in first
    births = shown(client, "/thu-tuc/?q=khai+sinh").split(f'href="/thu-tuc/{BIRTH}/"')[1].split("</li>")[0]
    assert "Nộp ở" not in births


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("nhap khau", "1.004222"),
        ("nhập hộ khẩu cho con", "1.004222"),
        ("tam tru", "1.004194"),
        ("gia hạn tạm trú", "1.002755"),
        ("tam vang", "1.003677"),
        ("khach ngu lai", "2.001159"),
        ("giay xac nhan cu tru", "1.010041"),
        ("tro cap nguoi gia", "1.014027"),
        ("tiền người già", "1.014027"),
        ("tro cap khuyet tat", "1.001776"),
        ("giay khuyet tat", "1.001699"),
        ("mai tang phi", "1.001731"),
        ("3.000725", "1.001731"),
        ("lam so do", "1.013978"),
        ("hang xom lan dat", "1.012812"),
        ("xin phep lam nha", "1.013225"),
        ("giay phep xay dung", "1.013225"),
        ("gia han giay phep xay dung", "1.013227"),
        ("mat giay phep lam nha", "1.013228"),
    ],
)
def test_what_people_type_finds_the_procedure_they_mean_first(commune: Any, query: str, code: str) -> None:
    assert facade.search(commune.id, query, "vi", 1)[0].code == code


def test_what_is_taken_in_at_the_desk_alone_offers_no_filing_from_the_phone(commune: Any, client: Client) -> None:
    page = shown(client, "/thu-tuc/1.012812/")

    assert "không nộp qua mạng được" in page
    assert "<li>Qua bưu điện: Ủy ban nhân dân xã nơi có đất</li>" in page
    assert 'href="/nop-ho-so/1.012812/"' not in page
    assert 'href="/nop-ho-so/1.014027/"' in shown(client, "/thu-tuc/1.014027/")


def test_a_fee_that_no_source_proves_is_said_to_be_unknown(commune: Any, client: Client) -> None:
    page = shown(client, "/thu-tuc/1.002755/")
    assert "chưa rõ" in page
    assert "hỏi lại nơi nhận" in page
    fee = facade.compute_fee(commune.id, testing.procedure("1.002755"), {}, on=ON)
    assert (fee.total_vnd, fee.confirm) == (None, True)


def test_a_file_without_questions_is_right_only_where_nothing_is_filed_here() -> None:
    bare: dict[str, Any] = {"form": None, "sign_roles": None, "restarts_after_supplement": None, "papers": []}
    result = {"name": {"vi": "Xác nhận", "en": "Confirmation"}}
    assert "form" not in read_file(written(sample(**BY_POLICE | bare | {"result": result})), SHARED)

    here = {"filing": {"counter": {"place": "here", "source": "Thử"}}, "issued_by": "police", "result": result}
    with pytest.raises(CatalogueError) as caught:
        read_file(written(sample(**bare | here)), SHARED)
    assert caught.value.faults == ["form: missing, though a channel is filed here"]

    with pytest.raises(CatalogueError) as caught:
        read_file(written(sample(**bare, result=result)), SHARED)
    assert {fault.split("'")[1] for fault in caught.value.faults} == {
        "form",
        "sign_roles",
        "restarts_after_supplement",
        "series",
        "symbol",
        "fields",
    }
