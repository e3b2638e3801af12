"""Forms as HTML: labelled, explained, hardened, and telling what to mend; every form of the catalogue is drawn."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from xaso.kernel.forms import FieldError, FormSpec
from xaso.kernel.tests.form_samples import TODAY, birth_answers, birth_form, label, text
from xaso.platform.forms import DESK, BoundForm, words_of

FORM = birth_form()
CHOICES = {"village": {"nam-det": "Nậm Đét", "bao-nhai": "Bảo Nhai"}, "ethnicity": {"mong": "Mông", "dao": "Dao"}}
CATALOGUE = sorted((Path(settings.CATALOGUE_DIR) / "procedures").rglob("*.yaml"))
WITH_FORM = [path for path in CATALOGUE if "\nform:" in path.read_text(encoding="utf-8")]
"""Procedures that others take in may have no questions."""
VOID = {"input", "br", "use", "path", "circle", "rect"}


class Page(HTMLParser):
    """A page taken apart: its elements with their attributes, and whether its tags close each other."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), f"an attribute twice in <{tag}>"
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def all(self, *tags: str) -> Iterator[dict[str, str | None]]:
        return (attributes for tag, attributes in self.elements if tag in tags)

    def by_name(self, name: str) -> dict[str, str | None]:
        (found,) = (one for one in self.all("input", "select", "textarea", "button") if one.get("name") == name)
        return found


def drawn(form: BoundForm, screen: str) -> Page:
    return Page(render_to_string("xaso/form/screen.html", {"screen": form.screen(screen)}))


def drawn_whole(form: BoundForm) -> Page:
    return Page(render_to_string("xaso/form/whole.html", {"form": form}))


def assert_accessible(page: Page) -> None:
    """Each input has a label; each id stands once; each reference leads somewhere."""
    ids = [one["id"] for one in page.all(*{tag for tag, _ in page.elements}) if "id" in one]
    assert len(set(ids)) == len(ids)
    labelled = {one.get("for") for one in page.all("label")}
    for one in page.all("input", "select", "textarea"):
        assert one.get("type") == "hidden" or one["id"] in labelled
        for reference in (one.get("aria-describedby") or "").split():
            assert reference in ids


def test_a_question_carries_label_hint_value_and_what_helps_on_a_phone() -> None:
    page = drawn(BoundForm(FORM, birth_answers(), choices=CHOICES), "child")
    birth = page.by_name("birth_date")
    assert birth["value"] == "05/11/2026"
    assert birth["inputmode"] == "numeric"
    assert birth["aria-describedby"] == "goi-birth_date"
    assert birth["aria-required"] == "true"
    assert "aria-invalid" not in birth
    assert_accessible(page)


def test_what_was_typed_wrongly_stands_there_again_with_its_words() -> None:
    reading = FORM.parse(FORM.screen("child"), {"child_name": ["Mỷ"], "birth_date": ["31/11/2026"], "sex": ["nữ"]}, today=TODAY)
    form = BoundForm(FORM, reading.answers, errors=reading.errors, choices=CHOICES)
    birth = drawn(form, "child").by_name("birth_date")
    assert birth["value"] == "31/11/2026"
    assert birth["aria-invalid"] == "true"
    assert birth["aria-describedby"] == "goi-birth_date loi-birth_date"
    assert [(line.anchor, line.label, line.text) for line in form.errors] == [
        ("f-birth_date", "Ngày sinh", "Ngày 31/11 không có. Tháng 11 có 30 ngày, anh/chị xem lại.")
    ]


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("birth_date", "29/2/2025", "Ngày 29/2 không có. Tháng 2 năm 2025 có 28 ngày, anh/chị xem lại."),
        ("birth_date", "5/13/2026", "Không có tháng 13. Anh/chị viết ngày trước, tháng sau, ví dụ 05/11/2026."),
        ("birth_date", "5/11/26", "Năm 26 chưa đúng. Anh/chị viết đủ bốn chữ số của năm, ví dụ 1990."),
        ("birth_date", "hôm qua", "Chưa đọc được ngày này. Anh/chị viết ngày/tháng/năm, ví dụ 05/11/2026."),
        ("birth_date", "5/12/2026", "Ngày này chưa tới. Anh/chị xem lại ngày, tháng, năm."),
        ("birth_date", "", "Anh/chị chưa điền ô này."),
        ("sex", "", "Anh/chị chưa chọn câu trả lời."),
        ("number", "0123", "Số định danh cần đủ 12 chữ số. Anh/chị xem ở mặt trước thẻ căn cước."),
        ("phone", "12", "Số điện thoại chưa đúng. Số di động có 10 chữ số, ví dụ 0912 345 678."),
        ("income", "nhiều", "Ô này chỉ ghi số tiền, ví dụ 15.000. Anh/chị xem lại."),
        ("copies", "21", "Số này phải từ 20 trở xuống. Anh/chị xem lại."),
        ("child_name", "x" * 61, "Anh/chị viết ngắn lại: nhiều nhất 60 ký tự, đang có 61."),
        ("members", "", "Cần ít nhất 1 dòng. Anh/chị điền thêm."),
    ],
)
def test_an_error_says_what_is_wrong_and_what_to_do(name: str, typed: str, words: str) -> None:
    (error,) = FORM.parse([name], {name: [typed]}, today=TODAY).errors
    assert words_of(error, FORM.field(name), "vi") == words


def test_every_error_has_words_and_none_shows_a_code() -> None:
    documents: list[Any] = [{}, birth_answers(members=[{}, 5], help=["x"], delivery=[], truth=1, copies="x", stranger=1), 5]
    errors = [error for document in documents for error in FORM.validate(document, today=TODAY)]
    errors.append(FieldError(("child_name",), "never_heard_of"))
    for error in errors:
        assert re.fullmatch(r"[A-ZĐÔ][^_%{}]+\.", words_of(error, None, "vi"))


def test_the_error_summary_leads_to_each_fault() -> None:
    answers = birth_answers(sex="x", members=[{"name": "Pao"}, {"birth": "hôm qua"}], truth=None, stranger=1)
    form = BoundForm(FORM, answers, errors=FORM.validate(answers, today=TODAY), choices=CHOICES)
    assert [(line.anchor, line.label) for line in form.errors] == [
        ("", ""),
        ("f-sex-0", "Giới tính"),
        ("f-members-1-name", "Người 2, Họ tên"),
        ("f-members-1-birth", "Người 2, Sinh năm"),
        ("f-truth", "Tôi cam đoan lời khai là đúng"),
    ]
    ids = {one.get("id") for one in drawn(form, "child").all("input")} | {one.get("id") for one in drawn(form, "rest").all("input")}
    assert {line.anchor for line in form.errors} - {""} <= ids
    page = Page(render_to_string("xaso/form/error_summary.html", {"form": form}))
    assert [one["href"] for one in page.all("a")] == [f"#{line.anchor}" for line in form.errors if line.anchor]


def test_hostile_answers_are_only_text() -> None:
    hostile = "\"><script>alert(1)</script>'&<"
    answers = birth_answers(child_name=hostile, note=f"</textarea>{hostile}", sex=hostile, village=hostile)
    form = BoundForm(FORM, answers, errors=FORM.validate(answers, today=TODAY, choices=CHOICES), choices=CHOICES, layout=DESK)
    assert not list(drawn_whole(form).all("script"))
    sections = FORM.summary(answers)
    assert not list(Page(render_to_string("xaso/form/summary.html", {"sections": sections, "edit_base": "/x/"})).all("script"))


def test_a_table_has_its_rows_and_buttons_that_need_no_script() -> None:
    page = drawn(BoundForm(FORM, birth_answers()), "rest")
    assert page.by_name("members-1-name")["value"] == "Giàng A Sử"
    assert [one["name"] for one in page.all("button") if "name" in one] == ["drop-members-0", "drop-members-1", "add-members"]
    assert next(page.all("button")).get("name") is None
    full = drawn(BoundForm(FORM, birth_answers(members=[{"name": "a"}] * 4)), "rest")
    assert "add-members" not in [one.get("name") for one in full.all("button")]
    single = drawn(BoundForm(FORM, {}), "rest")
    assert single.by_name("members-0-name")["value"] == ""
    assert "drop-members-0" not in [one.get("name") for one in single.all("button")]


def submitted(page: Page) -> dict[str, list[str]]:
    """Return what a browser would send back without a touch (inputs only: the samples' selects and text areas stay out)."""
    data: dict[str, list[str]] = {}
    for one in page.all("input"):
        if one.get("type") in {"radio", "checkbox"} and "checked" not in one:
            continue
        data.setdefault(str(one["name"]), []).append(one.get("value") or "")
    return data


def test_a_page_sent_back_untouched_changes_nothing() -> None:
    answers = birth_answers()
    for screen in FORM.screens:
        page = drawn(BoundForm(FORM, answers), screen.id)
        reading = FORM.parse(screen, submitted(page) | {"note": [answers["note"]]}, known=answers, today=TODAY)
        assert (reading.asks_again, reading.errors) == (False, ())
        assert reading.answers == answers


def test_the_desk_sends_back_the_whole_form_under_its_prefix() -> None:
    answers = birth_answers()
    page = drawn_whole(BoundForm(FORM, answers, layout=DESK))
    reading = FORM.parse(None, submitted(page) | {"q-note": [answers["note"]]}, known=answers, today=TODAY, prefix=DESK.prefix)
    assert (reading.errors, reading.asks_again, reading.answers) == ((), False, answers)
    assert {one.get("autocomplete") for one in page.all("input") if one.get("type") in {"text", "tel", "email"}} == {"off"}
    assert_accessible(page)


def test_a_question_behind_an_answer_comes_when_the_page_is_shown_again() -> None:
    first = drawn(BoundForm(FORM, {}), "father")
    assert [one["name"] for one in first.all("input")] == ["_shown", "father", "father"]
    reading = FORM.parse(FORM.screen("father"), submitted(first) | {"father": ["known"]})
    assert (reading.asks_again, reading.errors) == (True, ())
    second = drawn(BoundForm(FORM, reading.answers, errors=reading.errors), "father")
    assert "father_name" in {one.get("name") for one in second.all("input")}


def test_lists_of_the_commune_become_a_choice() -> None:
    page = Page(
        render_to_string("xaso/form/field.html", {"field": BoundForm(FORM, birth_answers(), choices=CHOICES).screen("you").fields[5]})
    )
    assert page.by_name("village")["id"] == "f-village"
    assert [(one["value"], "selected" in one) for one in page.all("option")] == [("", False), ("nam-det", True), ("bao-nhai", False)]


def test_a_text_that_is_not_in_the_page_language_says_so() -> None:
    spec = FormSpec.from_dict(
        {
            "schema": {"type": "object", "properties": {"a": {"type": "string", "x-label": {"vi": "Tên"}}, "b": text("B")}},
            "screens": [{"id": "one", "title": label("Một"), "fields": ["a", "b"]}],
        }
    )
    page = drawn(BoundForm(spec, {}, language="en"), "one")
    assert [one["lang"] for one in page.all("span") if "lang" in one] == ["vi"]
    with translation.override("vi"):
        assert not [one for one in drawn(BoundForm(spec, {}), "one").all("span") if "lang" in one]


def test_the_check_page_shows_all_answers_with_links_to_mend_them() -> None:
    sections = FORM.summary(birth_answers(phone=None), choices=CHOICES)
    html = render_to_string("xaso/form/summary.html", {"sections": sections, "edit_base": "/nop/1/", "edit_query": "?ve=kiem-tra"})
    page = Page(html)
    assert [one["href"] for one in page.all("a")] == [f"/nop/1/{section.screen_id}/?ve=kiem-tra" for section in sections]
    assert "05/11/2026" in html
    assert "Chưa điền" in html
    assert not list(Page(render_to_string("xaso/form/summary.html", {"sections": sections})).all("a"))


def test_an_empty_screen_name_is_refused() -> None:
    with pytest.raises(KeyError):
        BoundForm(FORM, {}).screen("nowhere")


@pytest.mark.parametrize("path", WITH_FORM, ids=lambda path: path.stem)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_form_of_the_catalogue_is_drawn(path: Path, language: str) -> None:
    spec = FormSpec.from_dict(yaml.safe_load(path.read_text(encoding="utf-8"))["form"])
    errors = spec.validate({}, today=TODAY)
    for answers in ({}, {one.name: one.options[-1].value for one in spec.fields if one.widget == "choice"}):
        form = BoundForm(spec, answers, errors=errors, language=language, choices=CHOICES, layout=DESK)
        with translation.override(language):
            assert_accessible(drawn_whole(form))
            for screen in form.screens:
                assert_accessible(drawn(form, screen.id))
                assert {one.label.lang for one in screen.fields} == {""}
