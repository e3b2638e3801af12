"""The pages of the handbook: the same for everybody, in each language, and with a commune's own articles."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from xaso.apps.people import testing as people
from xaso.apps.portal import handbook, testing
from xaso.platform import kept_pages
from xaso.platform.listening import sources

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Yield the folder of the commune's own articles."""
    monkeypatch.setenv("XASO_HANDBOOK_FOLDER", str(tmp_path / "cam-nang"))
    handbook.forget()
    kept_pages.forget()
    yield tmp_path / "cam-nang"
    handbook.forget()
    kept_pages.forget()


def page(client: Client, address: str, language: str = "vi") -> str:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_first_page_leads_to_the_handbook_and_that_to_every_article(client: Client) -> None:
    people.commune()

    assert 'href="/cam-nang/"' in page(client, "/")
    contents = page(client, "/cam-nang/")
    assert [one.slug for one in handbook.shelf().articles if f'href="{one.address}"' not in contents] == []


@pytest.mark.parametrize(
    ("language", "title", "step"),
    [
        ("vi", "Tránh kẻ lừa đảo", "Cán bộ xã không hỏi mã dùng một lần."),
        ("en", "Stay safe from swindlers", "They don&#x27;t ask for one-time codes."),
        ("bn", "প্রতারক থেকে সাবধান", "একবারের কোড চান না।"),
    ],
)
def test_an_article_is_read_in_the_language_of_the_page(client: Client, language: str, title: str, step: str) -> None:
    people.commune()
    shown = page(client, "/cam-nang/tranh-lua-dao/", language)

    assert f"<h1>{title}</h1>" in shown
    assert step in shown
    assert "Chưa được dịch" not in shown


def test_articles_follow_each_other(client: Client) -> None:
    people.commune()
    first, second = handbook.shelf().articles[:2]

    assert f'href="{second.address}" rel="next"' in page(client, first.address)
    assert f'href="{first.address}" rel="prev"' in page(client, second.address)
    assert 'rel="prev"' not in page(client, first.address)


def test_an_article_reads_the_same_for_who_is_signed_in_and_may_be_kept(client: Client) -> None:
    commune = people.commune()
    client.force_login(people.staff(commune, "desk", full_name="Lù Thị Mai"))

    answer = client.get("/cam-nang/tim-thu-tuc/")

    assert answer.headers["Xaso-Phone-May-Keep"] == "1"
    assert "Lù Thị Mai" not in answer.content.decode()


def test_an_article_that_is_none_is_not_found(client: Client) -> None:
    people.commune()

    assert client.get("/cam-nang/khong-co/").status_code == 404


def test_what_is_not_proven_is_said(client: Client) -> None:
    people.commune()
    shown = page(client, "/cam-nang/dinh-danh-dien-tu/")

    assert "Cần xác nhận" in shown
    assert "chưa đối chiếu với cổng trực tiếp" in shown


def test_every_article_is_read_aloud_ahead_of_time() -> None:
    commune = people.commune()
    source = sources.find("portal")
    assert source is not None
    spoken = {one.address for one in source.found(commune.id)}

    assert {"/cam-nang/", *(one.address for one in handbook.shelf().articles)} <= spoken


def test_a_communes_own_article_stands_beside_ours(client: Client, own: Path) -> None:
    people.commune()
    testing.put(own)

    assert "Việc riêng của xã" in page(client, "/cam-nang/")
    assert "Trưa là tan." in page(client, "/cam-nang/cho-phien/")
    assert "This article has not been translated" in page(client, "/cam-nang/cho-phien/", "en")


def test_a_communes_own_article_takes_the_place_of_ours(client: Client, own: Path) -> None:
    people.commune()
    testing.put(own, slug="tim-thu-tuc", topic="apply")

    assert "<h1>Đi chợ phiên</h1>" in page(client, "/cam-nang/tim-thu-tuc/")


def test_a_file_with_a_fault_is_left_out_and_ours_stays(client: Client, own: Path) -> None:
    people.commune()
    testing.put(own, slug="tim-thu-tuc", colour="red")

    assert "<h1>Tìm thủ tục mình cần</h1>" in page(client, "/cam-nang/tim-thu-tuc/")
    with pytest.raises(CommandError, match="colour"):
        call_command("check_handbook")


def test_own_articles_are_checked_by_a_command(own: Path) -> None:
    testing.put(own)
    said = StringIO()

    call_command("check_handbook", stdout=said)

    assert said.getvalue() == "/cam-nang/cho-phien/ vi: Đi chợ phiên\n1 bài dùng được\n"


def test_an_article_is_read_in_a_language_that_the_interface_does_not_have(client: Client, own: Path) -> None:
    people.commune()
    both = {"vi": "Đi sớm.", "hmn": "Mus ntxov."}
    testing.put(own, title={"vi": "Đi chợ", "hmn": "Mus kiab"}, summary=both, steps=[{"heading": both, "text": both}])

    shown = page(client, "/cam-nang/cho-phien/?tieng=hmn")

    assert '<html lang="vi">' in shown
    assert '<h1 lang="hmn">Mus kiab</h1>' in shown
    assert "Bản dịch này chưa có người bản ngữ nào xem lại." in shown
    assert '<a href="/cam-nang/cho-phien/?tieng=hmn" aria-current="true">Tiếng Mông</a>' in shown
    assert "<h1>Đi chợ</h1>" in page(client, "/cam-nang/cho-phien/?tieng=xx")
