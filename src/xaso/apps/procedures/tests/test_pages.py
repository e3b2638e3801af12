"""What people see: the list, the search, the page of a procedure; and that one file alone is enough for a new one."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from xaso.apps.people import testing as people
from xaso.apps.procedures import facade, memory, testing
from xaso.apps.procedures.facade import Ground
from xaso.apps.procedures.finding import NO_COMMUNE, Place, most_used
from xaso.apps.procedures.shown import page_context
from xaso.apps.procedures.tests.samples import CODE, sample, texts, written
from xaso.platform import registries
from xaso.platform.actor import Actor

ON = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
ALL_YEAR = ("1.001193", "1.000656", "1.004873", "2.000635", "2.000815", "2.000884", "1.001612")

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


@pytest.fixture
def commune() -> Any:
    return people.commune(name="Xã Thử")


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.content[:500]
    return answer.content.decode()


def test_a_new_procedure_goes_live_from_one_file_alone(commune: Any, client: Client, tmp_path: Path) -> None:
    page(client, f"/thu-tuc/{CODE}/", status=404)
    (tmp_path / "nuoi-ong.yaml").write_bytes(written(sample()))
    assert facade.load_catalogue(tmp_path, now=NOW).new == (CODE,)
    assert [one.code for one in facade.search(commune.id, "nuoi ong", "vi", 1)] == [CODE]
    assert "Báo nuôi ong mật" in page(client, "/thu-tuc/?q=mat+ong")
    shown = page(client, f"/thu-tuc/{CODE}/")
    assert all(text in shown for text in ("Báo nuôi ong mật", "Chụp ảnh tổ ong.", "Ảnh đàn ong", "Ong rừng", "2/2026/THU"))
    version = facade.current(commune.id, CODE, date(2026, 11, 23))
    assert version is not None
    assert version.form.validate({"what": "farm"}) == []
    assert [paper.id for paper in version.papers_needed({"what": "wild"}, "counter")] == ["photo"]


def test_a_search_says_how_much_fits_in_all_and_turns_the_page(commune: Any, client: Client, tmp_path: Path) -> None:
    for number in range(60):
        one = sample(code=f"9.{number:06}", slug=f"nuoi-ong-{number}", plain_name=texts(f"Nuôi ong hoa zinxan số {number}"))
        (tmp_path / f"ong-{number}.yaml").write_bytes(written(one))
    facade.load_catalogue(tmp_path, now=NOW)

    first, second = page(client, "/thu-tuc/?q=zinxan"), page(client, "/thu-tuc/?q=zinxan&trang=2")

    assert ("60 thủ tục" in first, "60 thủ tục" in second) == (True, True)
    assert 'href="?q=zinxan&amp;trang=2" rel="next"' in first
    shown = [set(re.findall(r'href="/thu-tuc/(9\.\d{6})/"', one)) for one in (first, second)]
    assert [len(codes) for codes in shown] == [50, 10]
    assert len(shown[0] | shown[1]) == 60


def test_a_procedure_that_has_ended_says_so_and_what_takes_its_place(commune: Any, client: Client, tmp_path: Path) -> None:
    (tmp_path / "ong.yaml").write_bytes(written(sample(valid_until="2026-06-30", replaced_by=["1.001193", "1.116214"])))
    facade.load_catalogue(tmp_path, now=NOW)

    for address in (f"/thu-tuc/{CODE}/", f"/thu-tuc/{sample()['slug']}/"):
        shown = page(client, address, status=410)
        assert "Thủ tục này áp dụng đến hết ngày 30/06/2026, nay không nộp được nữa." in shown
        assert ('href="/thu-tuc/1.001193/"' in shown, 'href="/thu-tuc/1.116214/"' in shown, "1.116214" in shown) == (True, False, True)


def test_a_procedure_that_will_end_says_until_when(commune: Any, client: Client, tmp_path: Path) -> None:
    (tmp_path / "ong.yaml").write_bytes(written(sample(valid_until="2999-12-31", replaced_by=["1.116214"])))
    facade.load_catalogue(tmp_path, now=NOW)

    shown = page(client, f"/thu-tuc/{CODE}/")

    assert ("Áp dụng đến hết ngày 31/12/2999." in shown, "1.116214" in shown) == (True, True)


@pytest.mark.parametrize("code", ALL_YEAR)
@pytest.mark.parametrize("language", ["vi", "en", "bn"])
def test_the_page_tells_all_that_one_needs_in_each_language(commune: Any, code: str, language: str) -> None:
    version = testing.procedure(code)
    with translation.override(language):
        shown = render_to_string("procedures/one_body.html", page_context(memory.snapshot(), commune.id, version, language, ON))
    guidance = version.guidance
    texts = [version.plain_name, version.decided_by, guidance.prepare, guidance.cost, guidance.time, *(one.text for one in version.confirm)]
    for text in texts:
        assert text[language].replace("'", "&#x27;").replace('"', "&quot;") in shown
    for law in version.legal_basis:
        assert law.number in shown
    assert f'href="/nop-ho-so/{code}/"' in shown
    assert version.source in shown
    assert "20/07/2026" in shown


def test_what_is_not_translated_is_marked_as_vietnamese_and_said_so(commune: Any, client: Client) -> None:
    version, note = testing.procedure("1.000894"), "এই সেবার অনুবাদ এখনো হয়নি"
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "bn"
    shown = page(client, "/thu-tuc/1.000894/")

    assert f'<h1><span lang="vi">{version.name("vi")}</span></h1>' in shown
    assert f"<title>{version.name('vi')} ·" in shown
    assert note in shown
    assert note not in page(client, "/thu-tuc/1.001193/")
    assert f'<span lang="vi">{version.name("vi")}</span>' in page(client, "/thu-tuc/?q=kết+hôn")


@pytest.mark.parametrize(
    ("query", "code"), [("জন্ম সনদ", "1.001193"), ("মৃত্যু", "1.000656"), ("দোকান খোলা", "1.001612"), ("গরিব পরিবার", "1.011607")]
)
def test_bengali_words_find_what_has_a_bengali_name(commune: Any, query: str, code: str) -> None:
    assert facade.search(commune.id, query, "bn", 1)[0].code == code


def test_the_slug_leads_to_the_address_with_the_code(commune: Any, client: Client) -> None:
    answer = client.get("/thu-tuc/khai-sinh/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/thu-tuc/1.001193/")


@pytest.mark.parametrize("name", ["0.000000", "khong-co", "%3Cscript%3E", "..", "1.001193 "])
def test_an_unknown_procedure_is_not_found(commune: Any, client: Client, name: str) -> None:
    page(client, f"/thu-tuc/{name}/", status=404)


def test_the_amount_that_the_province_set_is_shown_with_its_decision(commune: Any, client: Client) -> None:
    assert "do tỉnh quy định, xã chưa nhập mức" in page(client, "/thu-tuc/1.004873/")
    ground = Ground(date(2026, 1, 1), decision="07/2026/NQ-HĐND")
    facade.set_provincial_fee(Actor.system(commune.id, "thử"), "1.004873", "certificate", 15_000, ground, now=NOW)
    shown = page(client, "/thu-tuc/1.004873/")
    assert "15.000\u00a0đ" in shown or "15.000 đ" in shown
    assert "07/2026/NQ-HĐND" in shown
    assert "xã chưa nhập mức" not in shown


def test_a_filing_place_of_the_communes_own_is_shown_as_such(commune: Any, client: Client) -> None:
    assert "xã tự quy định" not in page(client, "/thu-tuc/1.001193/")
    testing.filed_and_issued_here(commune.id, "1.001193")
    assert "xã tự quy định" in page(client, "/thu-tuc/1.001193/")


@pytest.mark.parametrize("query", ["lam giay cho con moi de", "khai sinh", "KHAI SINH", "kai sinh", "birth"])
def test_the_search_page_shows_the_best_first(commune: Any, client: Client, query: str) -> None:
    shown = page(client, f"/thu-tuc/?q={query}")
    codes = [part.split("/")[0] for part in shown.split('href="/thu-tuc/')[1:]]
    assert codes[0] == "1.001193"


def test_nothing_found_says_so_and_shows_the_way_on(commune: Any, client: Client) -> None:
    shown = page(client, "/thu-tuc/?q=qwerty+xyz")
    assert "Chưa có thủ tục nào khớp với “qwerty xyz”." in shown
    assert 'href="/thu-tuc/1.001193/"' in shown


def test_what_is_typed_is_shown_as_text_only(commune: Any, client: Client) -> None:
    shown = page(client, "/thu-tuc/?q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert" in shown


def test_life_events_and_fields_narrow_the_list(commune: Any, client: Client) -> None:
    shown = page(client, "/thu-tuc/?viec=death")
    assert "/thu-tuc/1.000656/" in shown
    assert "/thu-tuc/2.000815/" not in shown
    assert "/thu-tuc/2.000884/" in page(client, "/thu-tuc/?linh-vuc=certification")
    assert "/thu-tuc/2.000815/" in page(client, "/thu-tuc/?viec=nonsense")


def test_an_empty_catalogue_says_so(commune: Any, client: Client, tmp_path: Path) -> None:
    memory.snapshot().by_code.clear()
    assert "Xã chưa nạp danh mục thủ tục" in page(client, "/thu-tuc/")


def test_a_page_shown_before_costs_no_query(commune: Any, client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with testing.remembering():
        page(client, "/thu-tuc/1.001193/")
        page(client, "/thu-tuc/?q=khai+sinh")
        with django_assert_num_queries(0):
            page(client, "/thu-tuc/1.001193/")
            page(client, "/thu-tuc/?q=khai+sinh")


def test_the_home_page_gets_a_tile_and_the_most_used(commune: Any) -> None:
    assert {tile.url for tile in registries.tiles} >= {"/thu-tuc/"}
    assert "most_used" in {block.name for block in registries.home_blocks}
    used = most_used(Place(memory.snapshot(), NO_COMMUNE, "vi", date(2026, 11, 23)), 3)
    assert [one.name for one in used] == ["Làm giấy khai sinh", "Sao y giấy tờ (chứng thực)", "Xác nhận chưa vợ, chưa chồng"]
