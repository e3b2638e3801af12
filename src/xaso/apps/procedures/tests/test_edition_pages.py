"""The administrator's page of editions: what changed, what could not be read, approval; and what people then see."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from xaso.apps.people import testing as people
from xaso.apps.people.facade import Role, the_commune
from xaso.apps.procedures import facade, finding, memory, testing
from xaso.apps.procedures.actions.import_edition import import_edition
from xaso.apps.procedures.facade import Ground
from xaso.apps.procedures.models import NationalEdition, NationalRecord, ProcedureVersion
from xaso.apps.procedures.tests.national_data import HEAD, line, written
from xaso.kernel.worktime import VN

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
EDITIONS = "/quan-tri/thu-tuc-quoc-gia/"
CUSTOMS = line(
    "1.900009",
    ten_thu_tuc="Xác nhận bến bãi hải quan",
    linh_vuc="Hải quan",
    co_quan_co_tham_quyen="Chi cục Hải quan khu vực",
    cach_thuc_thuc_hien=f"{HEAD}Trực tuyến120 VNĐ(20.000 vnđ /tờ khai)",
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(db: None) -> Any:
    return people.staff(people.commune(), Role.ADMINISTRATOR)


@pytest.fixture
def admin(administrator: Any, client: Client) -> Client:
    client.force_login(administrator)
    return client


@pytest.fixture
def edition(tmp_path: Path, administrator: Any) -> NationalEdition:
    """Return an edition that waits: one procedure of the commune's, one of the customs', and a line that is none."""
    import_edition(written(tmp_path / "a.jsonl", line(), CUSTOMS, line("?")), as_of=None, now=NOW)
    return NationalEdition.objects.get()


def _commune_id() -> UUID:
    commune = the_commune()
    assert commune is not None
    return commune.id


def _place(commune_id: UUID) -> finding.Place:
    return finding.Place(memory.snapshot(), commune_id, "vi", datetime.now(tz=VN).date())


def test_only_the_administrator_sees_editions(client: Client, edition: NationalEdition, administrator: Any) -> None:
    client.force_login(people.staff_of(_commune_id(), Role.CLERK))

    assert client.get(EDITIONS).status_code == 404
    assert client.post(f"{EDITIONS}{edition.id}/", {"do": "approve"}).status_code == 404
    assert not ProcedureVersion.objects.exists()


def test_the_list_says_how_a_first_edition_is_read_and_which_one_waits(admin: Client, tmp_path: Path) -> None:
    assert "xaso import-procedures" in admin.get(EDITIONS).content.decode()

    import_edition(written(tmp_path / "a.jsonl", line()), as_of=None, now=NOW)

    assert "Chờ duyệt" in admin.get(EDITIONS).content.decode()
    assert "Một bản công bố chờ duyệt" in admin.get("/quan-tri/").content.decode()


def test_the_report_shows_what_is_new_and_what_could_not_be_read(admin: Client, edition: NationalEdition) -> None:
    new = admin.get(f"{EDITIONS}{edition.id}/?loc=new").content.decode()
    doubtful = admin.get(f"{EDITIONS}{edition.id}/?loc=doubtful").content.decode()
    unread = admin.get(f"{EDITIONS}{edition.id}/?loc=unread").content.decode()

    assert "1.900001" in new
    assert "1.900009" in new
    assert "1.900001" not in doubtful.split("<table")[1]
    assert "số tiền dính liền số khác" in doubtful
    assert "không có mã thủ tục đúng mẫu" in unread


def test_a_record_is_shown_beside_its_own_words_and_an_unread_line_too(
    admin: Client, edition: NationalEdition, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    customs = NationalRecord.objects.get(code="1.900009")
    unread = NationalRecord.objects.get(change="unread")

    with django_assert_max_num_queries(12):
        page = admin.get(f"{EDITIONS}{edition.id}/{customs.id}/").content.decode()

    assert "120 VNĐ(20.000 vnđ /tờ khai)" in page
    assert "Không do xã quyết định" in page
    assert "Xác nhận bến bãi số ?" in admin.get(f"{EDITIONS}{edition.id}/{unread.id}/").content.decode()


def test_approving_twice_does_it_once_and_says_so(admin: Client, edition: NationalEdition) -> None:
    first = admin.post(f"{EDITIONS}{edition.id}/", {"do": "approve"}, follow=True).content.decode()
    second = admin.post(f"{EDITIONS}{edition.id}/", {"do": "approve"}, follow=True).content.decode()

    assert "Đã duyệt" in first
    assert "đã được duyệt hoặc bỏ rồi" in second
    assert ProcedureVersion.objects.count() == 2


def test_setting_aside_leaves_the_catalogue_as_it_was(admin: Client, edition: NationalEdition) -> None:
    page = admin.post(f"{EDITIONS}{edition.id}/", {"do": "set_aside"}, follow=True).content.decode()

    assert "Không có gì thay đổi" in page
    assert not ProcedureVersion.objects.exists()


def test_a_guided_procedure_is_read_marked_and_without_a_way_to_file(admin: Client, edition: NationalEdition) -> None:
    admin.post(f"{EDITIONS}{edition.id}/", {"do": "approve"})

    own = Client().get("/thu-tuc/1.900001/").content.decode()
    customs = Client().get("/thu-tuc/1.900009/").content.decode()
    source = Client().get("/thu-tuc/1.900009/nguyen-van/").content.decode()

    assert "Trang này để hướng dẫn" in own
    assert "5 ngày làm việc" in own
    assert "nguồn không ghi" in own
    assert "/nop-ho-so/" not in own + customs
    assert "Việc này không do xã quyết định" in customs
    assert "Chi cục Hải quan khu vực" in customs
    assert "chưa rõ" in customs
    assert "120 VNĐ(20.000 vnđ /tờ khai)" in source


def test_what_others_decide_comes_last_however_well_it_fits(admin: Client, edition: NationalEdition, administrator: Any) -> None:
    admin.post(f"{EDITIONS}{edition.id}/", {"do": "approve"})
    memory.forget()

    found = finding.search(_place(_commune_id()), "xác nhận bến bãi hải quan")

    assert [(one.code, one.decides, one.guided) for one in found] == [("1.900001", "commune", True), ("1.900009", "other", True)]
    assert "Không do xã quyết định" in Client().get("/thu-tuc/?q=hai+quan").content.decode()


def test_the_list_of_procedures_stays_short_and_leads_to_the_fields_of_the_national_database(
    admin: Client, edition: NationalEdition
) -> None:
    testing.catalogue()
    admin.post(f"{EDITIONS}{edition.id}/", {"do": "approve"})

    everything = Client().get("/thu-tuc/").content.decode()
    field = Client().get("/thu-tuc/?muc=Hải quan").content.decode()

    assert "/thu-tuc/1.900001/" not in everything
    assert "/thu-tuc/?muc=H%E1%BA%A3i%20quan" in everything
    assert "/thu-tuc/1.900009/" in field
    assert "/thu-tuc/1.900001/" not in field


def test_a_procedure_can_be_filed_once_both_filing_place_and_issuer_are_set(
    admin: Client, edition: NationalEdition, administrator: Any
) -> None:
    admin.post(f"{EDITIONS}{edition.id}/", {"do": "approve"})
    actor, today = people.actor_for(administrator), datetime.now(tz=VN).date()
    assert actor.commune_id is not None
    version = facade.current(actor.commune_id, "1.900001", today)
    assert version is not None
    ground = Ground(NOW.date(), "12/QĐ-UBND")
    assert admin.get("/quan-tri/noi-nop/1.900001/").status_code == 200
    assert "Chưa đặt" in admin.get("/quan-tri/noi-nop/?q=bến bãi").content.decode()

    facade.set_filing_place(actor, "1.900001", "online", "here", ground, now=NOW)
    assert facade.filing_place(actor.commune_id, version, "online") == facade.NOT_OFFERED
    assert facade.is_guided(actor.commune_id, version)

    facade.set_issuer(actor, "1.900001", "commune", ground, now=NOW)
    assert facade.filing_place(actor.commune_id, version, "online") == "here"
    assert not facade.is_guided(actor.commune_id, version)
    assert "/nop-ho-so/1.900001/" in Client().get("/thu-tuc/1.900001/").content.decode()
    assert "1.900001" in {one.code for one in facade.listed(actor.commune_id, "vi")}


def test_an_imported_procedure_that_the_police_take_is_guided_like_one_of_the_catalogue(
    admin: Client, edition: NationalEdition, administrator: Any
) -> None:
    admin.post(f"{EDITIONS}{edition.id}/", {"do": "approve"})
    actor, ground = people.actor_for(administrator), Ground(NOW.date(), "12/QĐ-UBND")
    for code in ("1.900001", "1.900009"):
        facade.set_filing_place(actor, code, "counter", "police", ground, now=NOW)
        facade.set_issuer(actor, code, "police", ground, now=NOW)

    page = Client().get("/thu-tuc/1.900009/").content.decode()
    lines = Client().get("/thu-tuc/?q=bến bãi").content.decode()
    found = Client().get("/api/v1/procedures?q=bến bãi").json()["items"]

    assert "Công an xã nhận hồ sơ này. Ủy ban nhân dân xã không nhận." in page
    assert "/nop-ho-so/" not in page
    assert lines.count("Nộp ở Công an xã") == 2
    assert [(item["guided"], item["taken_by"]) for item in found] == [(True, "police")] * 2


@pytest.mark.parametrize(
    ("place", "issuer", "guided"),
    [
        ("", "commune", True),
        ("here", "", True),
        ("here", "commune", False),
        ("here", "police", False),
        ("national_portal", "commune", False),
        ("national_portal", "police", True),
    ],
)
def test_place_and_issuer_together_say_whether_an_imported_procedure_is_guided(
    admin: Client, edition: NationalEdition, administrator: Any, place: str, issuer: str, guided: bool
) -> None:
    admin.post(f"{EDITIONS}{edition.id}/", {"do": "approve"})
    actor, ground = people.actor_for(administrator), Ground(NOW.date(), "12/QĐ-UBND")
    facade.set_filing_place(actor, "1.900001", "counter", place, ground, now=NOW)
    facade.set_issuer(actor, "1.900001", issuer, ground, now=NOW)

    assert actor.commune_id is not None
    version = facade.current(actor.commune_id, "1.900001", datetime.now(tz=VN).date())
    assert version is not None
    assert facade.is_guided(actor.commune_id, version) is guided


def test_what_others_decide_and_the_commune_takes_in_all_the_same_is_not_said_to_be_guided(
    admin: Client, edition: NationalEdition, administrator: Any
) -> None:
    admin.post(f"{EDITIONS}{edition.id}/", {"do": "approve"})
    actor, ground = people.actor_for(administrator), Ground(NOW.date(), "12/QĐ-UBND")
    facade.set_filing_place(actor, "1.900009", "counter", "here", ground, now=NOW)
    facade.set_issuer(actor, "1.900009", "commune", ground, now=NOW)

    page = Client().get("/thu-tuc/1.900009/").content.decode()

    assert "Nộp tại quầy một cửa." in page
    assert "không do xã quyết định" not in page


def test_the_api_finds_and_reads_an_imported_procedure(admin: Client, edition: NationalEdition) -> None:
    admin.post(f"{EDITIONS}{edition.id}/", {"do": "approve"})

    found = Client().get("/api/v1/procedures?q=bến bãi").json()
    one = Client().get("/api/v1/procedures/1.900001").json()

    told = [(item["code"], item["guided"], item["taken_by"], item["decides"]) for item in found["items"]]
    assert told == [("1.900001", True, "", "commune"), ("1.900009", True, "", "other")]
    assert (one["issued_by"], one["filing"]) == ("", {})
    assert one["terms"]["counter"] == {"amount": 5, "unit": "working_day", "same_day_until": None, "cases": []}
