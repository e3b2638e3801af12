"""The texts on screen: each in English and Bengali, with the same places to fill in, and compiled."""

import re
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Catalog, Message
from django.utils.translation import gettext, override

from xaso.platform.language import languages_offered
from xaso.site.translations import COMPLETE, collect, faults, forms_of, problems, read

VIETNAMESE = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
QUOTED = re.compile("“[^”]*”")
PLACES = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
LETTERS = re.compile(r"[^\W\d_]")
BENGALI = re.compile("[\u0980-\u09ff]")
BENGALI_DIGITS = re.compile("[০-৯]")
VIETNAMESE_BY_NATURE = {"đồng", "Nguyễn Thị Mẫu", "Tân Tiến", "Xã Tân Tiến", "Xã Số"}


def written(language: str) -> Iterator[tuple[Message, str]]:
    """Yield each form of each text of the language."""
    for message in read(language):
        if message.id:
            yield from ((message, form) for form in forms_of(message.string))


def test_the_translations_are_complete_and_compiled() -> None:
    assert problems() == []


@pytest.mark.parametrize(
    ("text", "string", "fault"),
    [
        ("Gửi", "", "has no translation"),
        ("Gửi %(name)s", "পাঠান", "has other placeholders"),
        (("%(n)s tệp", "%(n)s tệp"), ("%(n)sটি ফাইল", ""), "has no translation"),
        (("%(n)s tệp", "%(n)s tệp"), ("একটি ফাইল", "%(n)sটি ফাইল"), ""),
        ("Gửi", "পাঠান", ""),
    ],
)
def test_a_text_left_out_or_without_its_places_is_told(text: str | tuple[str, str], string: str | tuple[str, str], fault: str) -> None:
    sources, translated = Catalog(), Catalog(locale="bn")
    sources.add(text, locations=[("xaso/page.html", 0)])
    translated.add(text, string)

    assert [fault in told for told in faults("bn", translated, sources)] == ([True] if fault else [])


def test_every_language_offered_is_complete() -> None:
    assert {"vi", *COMPLETE} == {code for code, _name in languages_offered()}


@pytest.mark.parametrize("language", COMPLETE)
def test_there_are_no_exclamation_marks(language: str) -> None:
    assert [form for _message, form in written(language) if "!" in form] == []


def test_english_has_no_vietnamese_but_names_and_words_quoted_from_the_page() -> None:
    left = [form for _message, form in written("en") if VIETNAMESE.search(without_names(form))]

    assert left == []


def test_bengali_is_written_in_its_own_letters_but_for_words_of_papers_and_examples() -> None:
    left = [
        form for message, form in written("bn") if form and LETTERS.search(bare(form)) and not BENGALI.search(form) and form != message.id
    ]

    assert left == []


def test_bengali_keeps_the_digits_of_the_papers() -> None:
    assert [form for _message, form in written("bn") if BENGALI_DIGITS.search(form)] == []


def without_names(text: str) -> str:
    """Return the text without quotations and what is Vietnamese in any language."""
    bare = QUOTED.sub("", text)
    for name in VIETNAMESE_BY_NATURE:
        bare = bare.replace(name, "")
    return bare


@pytest.mark.parametrize("language", COMPLETE)
def test_blanks_at_the_ends_are_those_of_the_source(language: str) -> None:
    torn = [form for message, form in written(language) if form and ends(form) != ends(forms_of(message.id)[0])]

    assert torn == []


def bare(text: str) -> str:
    """Return the text without the places that are filled in."""
    return PLACES.sub("", text)


def ends(text: str) -> tuple[bool, bool]:
    """Tell whether a text begins and whether it ends with a blank."""
    return text[:1].isspace(), text[-1:].isspace()


def test_no_text_of_ours_is_taken_for_one_of_djangos() -> None:
    """Django translates `Thu`, its Thursday, into Vietnamese; what we mean in Vietnamese must come through as it is."""
    with override("vi"):
        changed = {text: gettext(text) for message in collect() if message.id and not message.context for text in forms_of(message.id)[:1]}

    assert {text: said for text, said in changed.items() if said != text} == {}
