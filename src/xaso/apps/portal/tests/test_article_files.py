"""What a file of the handbook may hold, and what is said of one that can't be used."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from xaso.apps.portal import testing
from xaso.apps.portal.article_files import ArticleError, faults_between, read_article

SCHEMA = Path(settings.CATALOGUE_DIR) / "schema" / "article.json"
TEXT = {"vi": "Chợ họp từ sáng."}


def faults(**changes: Any) -> list[str]:
    """Return what is wrong with an article; the addresses that begin with /lay-so/ are ours."""
    try:
        read_article(testing.content(**changes), SCHEMA, lambda address: address.startswith("/lay-so/"))
    except ArticleError as error:
        return error.faults
    return []


def step(**changes: Any) -> dict[str, Any]:
    return {"heading": {"vi": "Đi sớm"}, "text": TEXT, **changes}


def test_an_article_in_vietnamese_alone_is_read() -> None:
    one = read_article(testing.content(), SCHEMA, lambda _address: True)

    assert (one.address, one.languages, one.language_for("en")) == ("/cam-nang/cho-phien/", ("vi",), "vi")
    text = one.read_in("vi")
    assert (text.title, text.steps[0].links[0].to, text.steps[0].note, text.is_reviewed) == ("Đi chợ phiên", "/lay-so/", "", True)


def test_a_language_of_the_mountains_is_added_by_the_file_alone() -> None:
    both = {
        "title": {"vi": "Đi chợ", "hmn": "Mus kiab"},
        "summary": {"vi": "Chợ họp.", "hmn": "Kiab."},
        "steps": [{"heading": {"vi": "Đi", "hmn": "Mus"}, "text": {"vi": "Đi sớm.", "hmn": "Mus ntxov."}}],
    }

    one = read_article(testing.content(**both), SCHEMA, lambda _address: True)
    reviewed = read_article(testing.content(**both, reviewed=["hmn"]), SCHEMA, lambda _address: True)

    assert one.read_in("hmn").steps[0].text == "Mus ntxov."
    assert (one.read_in("hmn").is_reviewed, reviewed.read_in("hmn").is_reviewed) == (False, True)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"colour": "red"}, "colour"),
        ({"title": {"en": "Market"}}, "'vi' is a required property"),
        ({"title": {"vi": "Chợ", "en": "Market"}}, "summary: no text in 'en'"),
        ({"summary": {"vi": "Chợ.", "en": "A market."}}, "summary: 'en' is not a language of the title"),
        ({"summary": {"vi": "Chợ họp sáng. Trưa tan."}}, "summary.vi: 2 sentences"),
        ({"steps": [step(text={"vi": "Một. Hai. Ba. Bốn. Năm."})]}, "steps.0.text.vi: 5 sentences"),
        ({"steps": [step(note={"vi": "chợ " * 21})]}, "steps.0.note.vi: too long: chợ"),
        ({"steps": [step(links=[{"to": "/khong-co/", "label": TEXT}])]}, "steps.0.links: no page: /khong-co/"),
        ({"steps": [step(links=[{"to": "https://la.example/", "label": TEXT}])]}, "does not match"),
        ({"steps": [step(links=[{"to": "//la.example/", "label": TEXT}])]}, "does not match"),
        ({"checked_on": "2026-02-30"}, "checked_on: no day"),
        ({"steps": []}, "steps: [] should be non-empty"),
    ],
    ids=[
        "unknown-key",
        "no-vietnamese",
        "language-left-out",
        "language-too-many",
        "summary-of-two",
        "five-sentences",
        "long-sentence",
        "dead-link",
        "other-site",
        "other-site-without-scheme",
        "no-day",
        "no-steps",
    ],
)
def test_a_fault_is_told_with_its_place(changes: dict[str, Any], fault: str) -> None:
    assert any(fault in told for told in faults(**changes))


def test_what_is_no_yaml_is_told() -> None:
    with pytest.raises(ArticleError, match="written twice: slug"):
        read_article(b"slug: a\nslug: b\n", SCHEMA, lambda _address: True)


def test_an_article_that_leads_on_to_none_is_told() -> None:
    one = read_article(testing.content(see=["khong-co"]), SCHEMA, lambda _address: True)

    assert faults_between((one,)) == ["cho-phien: see: no article 'khong-co'"]
