"""The texts on screen: each in English, collected for Bengali, with the same places to fill in, and compiled."""

import re
from collections.abc import Iterator

from babel.messages.catalog import Message

from xaso.platform.language import languages_offered
from xaso.site.translations import collect, forms_of, problems, read

VIETNAMESE = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
QUOTED = re.compile("“[^”]*”")
VIETNAMESE_BY_NATURE = {"đồng", "Nguyễn Thị Mẫu", "Tân Tiến", "Xã Tân Tiến", "Xã Số"}


def english() -> Iterator[tuple[Message, str]]:
    """Yield each form of each English text."""
    for message in read("en"):
        if message.id:
            yield from ((message, form) for form in forms_of(message.string))


def test_the_translations_are_complete_and_compiled() -> None:
    assert problems() == []


def test_bengali_is_collected_but_not_offered_before_it_is_written() -> None:
    assert {message.id for message in read("bn")} == {message.id for message in collect()}
    assert [code for code, _name in languages_offered()] == ["vi", "en"]


def test_english_has_no_exclamation_marks() -> None:
    assert [form for _message, form in english() if "!" in form] == []


def test_english_has_no_vietnamese_but_names_and_words_quoted_from_the_page() -> None:
    left = [form for _message, form in english() if VIETNAMESE.search(without_names(form))]

    assert left == []


def without_names(text: str) -> str:
    """Return the text without quotations and what is Vietnamese in any language."""
    bare = QUOTED.sub("", text)
    for name in VIETNAMESE_BY_NATURE:
        bare = bare.replace(name, "")
    return bare


def test_blanks_at_the_ends_are_those_of_the_source() -> None:
    torn = [form for message, form in english() if ends(form) != ends(forms_of(message.id)[0])]

    assert torn == []


def ends(text: str) -> tuple[bool, bool]:
    """Tell whether a text begins and whether it ends with a blank."""
    return text[:1].isspace(), text[-1:].isspace()
