"""The articles that ship: complete in each language, short enough to be heard, true to the words on the pages, without a dead link."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from xaso.apps.people import testing as people
from xaso.apps.portal import handbook
from xaso.apps.portal.article_files import faults_between
from xaso.apps.portal.articles import Article, Text
from xaso.kernel.search import SearchIndex
from xaso.platform import guides
from xaso.platform.language import languages_offered
from xaso.site.translations import collect, forms_of, read

FOLDER = Path(settings.CATALOGUE_DIR) / "handbook"
LANGUAGES = [code for code, _name in languages_offered()]
ARTICLES, FAULTS = handbook.read_files(handbook.files_of(FOLDER))
QUOTED = re.compile("“([^”]+)”")
VIETNAMESE = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
VIETNAMESE_BY_NATURE = ("Xã Số", "Dao", "Tày", "NĐ-CP")
BENGALI, BENGALI_DIGITS = re.compile("[\u0980-\u09ff]"), re.compile("[০-৯]")


def words_of(text: Text) -> Iterator[str]:
    """Yield every text of an article in one language."""
    yield from (text.title, text.summary, *text.confirm)
    for step in text.steps:
        yield from (step.heading, step.text, step.note, step.warning, *(link.label for link in step.links))


@cache
def on_pages(language: str) -> frozenset[str]:
    """Return what our pages say in the language, word for word."""
    catalogue = collect() if language == "vi" else read(language)
    said = (form for message in catalogue if message.id for form in forms_of(message.id if language == "vi" else message.string))
    return frozenset(said)


def test_every_file_is_read_and_named_after_its_article() -> None:
    assert FAULTS == []
    assert {path.stem for path in handbook.files_of(FOLDER)} == {one.slug for one in ARTICLES}
    assert len(ARTICLES) >= 10
    assert faults_between(tuple(ARTICLES)) == []


@pytest.mark.parametrize("article", ARTICLES, ids=lambda one: one.slug)
def test_it_has_every_language_of_the_interface(article: Article) -> None:
    assert set(LANGUAGES) <= set(article.languages)
    assert set(LANGUAGES) <= set(article.document["synonyms"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("article", ARTICLES, ids=lambda one: one.slug)
def test_what_it_quotes_stands_on_a_page_in_that_language(article: Article, language: str) -> None:
    quoted = {found for text in words_of(article.read_in(language)) for found in QUOTED.findall(text)}

    assert sorted(quoted - on_pages(language)) == []


@pytest.mark.parametrize("article", ARTICLES, ids=lambda one: one.slug)
def test_it_is_written_in_its_languages(article: Article) -> None:
    english = " ".join(words_of(article.read_in("en")))
    for name in VIETNAMESE_BY_NATURE:
        english = english.replace(name, "")
    bengali = [text for text in words_of(article.read_in("bn")) if text]

    assert VIETNAMESE.findall(english) == []
    assert [text for text in bengali if not BENGALI.search(text) or BENGALI_DIGITS.search(text)] == []
    assert "!" not in "".join(text for language in LANGUAGES for text in words_of(article.read_in(language)))


@pytest.mark.django_db
@pytest.mark.parametrize("article", ARTICLES, ids=lambda one: one.slug)
def test_no_link_is_dead(article: Article, client: Client) -> None:
    """A page that wants a sign-in first is there; one that is not found is dead."""
    people.commune()
    addresses = {link["to"] for step in article.document["steps"] for link in step.get("links", ())}

    assert {to: client.get(to).status_code for to in addresses if client.get(to).status_code not in {200, 302}} == {}


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("mất sóng", "nop-khi-chua-co-song"),
        ("mat song", "nop-khi-chua-co-song"),
        ("lừa đảo", "tranh-lua-dao"),
        ("lua dao", "tranh-lua-dao"),
        ("chụp giấy bị mờ", "chup-giay-to"),
        ("ai xem thông tin của tôi", "du-lieu-cua-anh-chi"),
        ("hồ sơ đến đâu", "theo-doi-ho-so"),
        ("không biết chữ", "nghe-thay-cho-doc"),
        ("đặt lịch", "lay-so-dat-lich"),
        ("định danh mức 2", "dinh-danh-dien-tu"),
        ("nộp hộ", "nho-nguoi-giup"),
        ("one-time code", "tranh-lua-dao"),
        ("দুর্বল সিগন্যাল", "nop-khi-chua-co-song"),
    ],
)
def test_it_is_found_by_what_people_type(typed: str, slug: str) -> None:
    assert guides.find(typed, "vi")[0]["address"] == f"/cam-nang/{slug}/"


@pytest.mark.parametrize("typed", ["khai sinh", "kết hôn", "chứng thực bản sao", "hộ nghèo", "đất đai", "birth", ""])
def test_who_looks_for_a_procedure_is_shown_no_article(typed: str) -> None:
    assert guides.find(typed, "vi") == []


def test_no_two_articles_are_found_by_the_same_words() -> None:
    index = SearchIndex([guide.document for guide in handbook.guides()])
    titles = {one.address: one.title["vi"] for one in ARTICLES}

    assert {address: index.find(title)[0].key for address, title in titles.items() if index.find(title)[0].key != address} == {}
