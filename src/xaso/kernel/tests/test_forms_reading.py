"""A submitted page is read: names like members-0-name, buttons that add and drop rows, and nothing typed is lost."""

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xaso.kernel.forms import Condition, FieldError, Reading, Screen, prefill, refill
from xaso.kernel.tests.form_samples import TODAY, birth_answers, birth_form

FORM = birth_form()


def screen(name: str) -> Screen:
    found = FORM.screen(name)
    assert found is not None
    return found


def is_done(reading: Reading) -> bool:
    """Tell whether one may go on to the next page."""
    return not reading.errors and not reading.asks_again


def page(name: str, **values: Any) -> dict[str, list[str]]:
    lists = {key: value if isinstance(value, list) else [value] for key, value in values.items()}
    return lists | {"_shown": [" ".join(screen(name).fields)]}


def codes(errors: tuple[FieldError, ...] | list[FieldError]) -> dict[str, str]:
    return {error.name: error.code for error in errors}


def test_a_page_filled_rightly_goes_on() -> None:
    post = page("child", child_name="  Giàng  Thị Mỷ ", birth_date="5/11/2026", sex="nữ", ethnicity="")
    reading = FORM.parse(screen("child"), post, today=TODAY)
    assert is_done(reading)
    assert reading.answers == {"child_name": "Giàng Thị Mỷ", "birth_date": "2026-11-05", "sex": "nữ"}


def test_an_answer_decides_where_it_opens_a_question_here_or_further_on_or_within_its_own_rows() -> None:
    assert {one.id for one in FORM.screens if FORM.decides(one)} == {"father", "rest"}
    assert FORM.decides(screen("child"), [Condition("sex", ("nữ",))])


def test_what_cannot_be_read_stays_as_typed_and_its_reason_is_told() -> None:
    reading = FORM.parse(screen("child"), page("child", child_name="Mỷ", birth_date="31/11/2026"), today=TODAY)
    assert reading.answers == {"child_name": "Mỷ", "birth_date": "31/11/2026"}
    assert reading.errors == (
        FieldError(("birth_date",), "bad_date", {"reason": "day", "day": 31, "month": 11, "year": 2026, "last_day": 30}),
        FieldError(("sex",), "missing"),
    )


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("05112026", "2026-11-05"),
        ("5-11-2026", "2026-11-05"),
        ("5. 11. 2026", "2026-11-05"),
        ("2026-11-05", "2026-11-05"),
        ("ngày 5 tháng 11 năm 2026", "2026-11-05"),
        ("০৫/১১/২০২৬", "2026-11-05"),
    ],
)
def test_a_date_is_read_as_people_write_it(typed: str, stored: str) -> None:
    assert FORM.parse(["birth_date"], {"birth_date": [typed]}).answers == {"birth_date": stored}


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("1952", "1952"), ("00/00/1952", "1952"), ("11/1952", "1952-11"), ("00/11/1952", "1952-11"), ("5/11/1952", "1952-11-05")],
)
def test_a_birth_of_which_only_the_year_is_known_is_kept_so(typed: str, stored: str) -> None:
    reading = FORM.parse(["father_birth"], {"father_birth": [typed]}, known={"father": "known"})
    assert reading.answers["father_birth"] == stored
    assert is_done(reading)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("30/02/2026", "day"),
        ("29/02/2025", "day"),
        ("00/11/2026", "unreadable"),
        ("5/13/2026", "month"),
        ("5/11/26", "year"),
        ("5/11/0206", "year"),
        ("hôm qua", "unreadable"),
        ("5/11", "unreadable"),
        ("5/11/2026/7", "unreadable"),
        ("9" * 500, "unreadable"),
        ("²/11/2026", "unreadable"),
        ("😀", "unreadable"),
    ],
)
def test_a_wrong_date_tells_which_part_is_wrong(typed: str, reason: str) -> None:
    errors = FORM.parse(["birth_date"], {"birth_date": [typed]}).errors
    assert [(error.code, error.params["reason"]) for error in errors] == [("bad_date", reason)]


def test_a_birth_in_the_future_is_refused() -> None:
    errors = FORM.parse(["birth_date"], {"birth_date": ["24/11/2026"]}, today=TODAY).errors
    assert codes(errors) == {"birth_date": "date_in_future"}
    assert is_done(FORM.parse(["birth_date"], {"birth_date": ["23/11/2026"]}, today=TODAY))
    assert is_done(FORM.parse(["father_birth"], {"father_birth": ["2026"]}, known={"father": "known"}, today=TODAY))


@pytest.mark.parametrize(
    ("name", "typed", "stored"),
    [
        ("number", "0001 9212 3457", "000192123457"),
        ("phone", "+84 912.345.678", "0912345678"),
        ("phone", "0912 345 678", "0912345678"),
        ("copies", "3", 3),
        ("income", "1.500.000 đ", 1500000),
        ("income", "1 500 000 đồng", 1500000),
        ("income", "১৫০০", 1500),
        ("help", ["health", "house", "health"], ["health", "house"]),
        ("note", "một\r\n  hai  \r\n", "một\nhai"),
        ("truth", "true", True),
    ],
)
def test_numbers_and_lists_are_read_into_their_stored_form(name: str, typed: Any, stored: Any) -> None:
    reading = FORM.parse([name], {name: typed if isinstance(typed, list) else [typed]})
    assert (reading.answers, reading.errors) == ({name: stored}, ())


@pytest.mark.parametrize(
    ("name", "typed", "kept", "code"),
    [
        ("number", "01234567890", "01234567890", "bad_personal_number"),
        ("number", "không nhớ", "không nhớ", "bad_personal_number"),
        ("phone", "0123", "0123", "bad_phone"),
        ("email", "mỷ@", "mỷ@", "bad_email"),
        ("copies", "vài", "vài", "not_a_number"),
        ("copies", "1,5", "1,5", "not_a_number"),
        ("copies", "21", 21, "too_large"),
        ("copies", "0", 0, "too_small"),
        ("copies", "9" * 4000, "9" * 4000, "not_a_number"),
        ("sex", "khác", "khác", "not_in_options"),
        ("child_name", "Ơ" * 61, "Ơ" * 61, "too_long"),
        ("truth", "false", False, "must_agree"),
    ],
)
def test_a_wrong_answer_is_kept_and_named(name: str, typed: str, kept: Any, code: str) -> None:
    reading = FORM.parse([name], {name: [typed]})
    assert reading.answers == {name: kept}
    assert codes(reading.errors) == {name: code}


@pytest.mark.parametrize("typed", ["Mỷ", "Ơ" * 60, "Giàng 👩‍👧 Mỷ", "<script>alert(1)</script>", "' OR 1=1 --"])
def test_any_name_is_a_name(typed: str) -> None:
    reading = FORM.parse(["child_name"], {"child_name": [typed]})
    assert (reading.answers, reading.errors) == ({"child_name": typed}, ())


def test_text_is_composed_and_freed_of_invisible_marks() -> None:
    typed = unicodedata.normalize("NFD", "Nậm\tĐét") + "\x00\u202e\ufeff\u200b\x85"
    assert FORM.parse(["child_name"], {"child_name": [typed]}).answers == {"child_name": "Nậm Đét"}


def test_village_and_ethnicity_must_be_in_the_lists_given() -> None:
    lists = {"village": {"nam-det": "Nậm Đét"}, "ethnicity": {"mong": "Mông"}}
    post = {"village": ["paris"], "ethnicity": ["mong"]}
    assert codes(FORM.parse(["village", "ethnicity"], post, choices=lists).errors) == {"village": "not_in_options"}


def test_an_answer_that_opens_a_question_on_the_same_page_shows_the_page_again_without_blame() -> None:
    first = FORM.parse(screen("father"), {"father": ["known"], "_shown": ["father"]})
    assert (first.asks_again, first.errors) == (True, ())
    second = FORM.parse(screen("father"), page("father", father="known", father_name="", father_paper="card"), known=first.answers)
    assert (second.asks_again, codes(second.errors)) == (False, {"father_name": "missing"})


def test_an_answer_given_before_is_kept_while_its_question_is_hidden() -> None:
    known = {"father": "known", "father_name": "Giàng A Pao"}
    reading = FORM.parse(screen("father"), {"father": ["unknown"], "_shown": ["father father_name father_paper"]}, known=known)
    assert is_done(reading)
    assert FORM.prune(reading.answers) == {"father": "unknown"}
    assert reading.answers["father_name"] == "Giàng A Pao"


def test_a_page_leaves_the_answers_of_other_pages_alone() -> None:
    known = birth_answers()
    reading = FORM.parse(screen("father"), page("father", father="unknown"), known=known)
    assert reading.answers == known | {"father": "unknown"}


def rows(*names: str, **more: str) -> dict[str, list[str]]:
    return {f"members-{number}-name": [name] for number, name in enumerate(names)} | {key: [value] for key, value in more.items()}


def test_a_row_is_added_without_checking_and_without_losing_what_was_typed() -> None:
    reading = FORM.parse(["members", "copies"], rows("Pao", "", **{"add-members": "", "copies": "vài"}))
    assert (reading.asks_again, reading.errors) == (True, ())
    assert reading.answers == {"members": [{"name": "Pao"}, {}, {}], "copies": "vài"}


def test_a_row_is_taken_away_by_its_number_on_the_page() -> None:
    reading = FORM.parse(["members"], rows("Pao", "Sử", "Dở", **{"drop-members-1": ""}))
    assert (reading.asks_again, reading.answers) == (True, {"members": [{"name": "Pao"}, {"name": "Dở"}]})


def test_blank_rows_fall_away_when_one_goes_on() -> None:
    reading = FORM.parse(["members"], rows("Pao", "", " "))
    assert is_done(reading)
    assert reading.answers == {"members": [{"name": "Pao"}]}


def test_a_list_of_people_has_its_limits() -> None:
    assert codes(FORM.parse(["members"], rows("")).errors) == {"members": "too_few"}
    assert codes(FORM.parse(["members"], rows(*"abcde")).errors) == {"members": "too_many"}
    full = FORM.parse(["members"], rows(*"abcd", **{"add-members": ""}))
    assert len(full.answers["members"]) == 4


def test_a_row_has_questions_that_open_each_other() -> None:
    marks = {"_shown": ["members members-0-name members-0-birth members-0-works"]}
    first = FORM.parse(["members"], rows("Pao", **{"members-0-works": "true"}) | marks)
    assert (first.asks_again, first.answers) == (True, {"members": [{"name": "Pao", "works": True}]})
    second = FORM.parse(["members"], rows("Pao", **{"members-0-works": "true", "members-0-job": "Thợ mộc"}), known=first.answers)
    assert is_done(second)
    assert second.answers == {"members": [{"name": "Pao", "works": True, "job": "Thợ mộc"}]}


def test_absurd_row_numbers_are_harmless() -> None:
    post = {f"members-{number}-name": ["a"] for number in range(0, 9999, 3)} | {"members-99999999999-name": ["b"], "drop-members-x": [""]}
    reading = FORM.parse(["members"], post)
    assert codes(reading.errors) == {"members": "too_many"}


def test_a_group_is_read_under_its_own_name() -> None:
    reading = FORM.parse(["delivery"], {"delivery-way": ["post"], "delivery-address": ["Nậm Đét"]})
    assert is_done(reading)
    assert reading.answers == {"delivery": {"way": "post", "address": "Nậm Đét"}}
    assert codes(FORM.parse(["delivery"], {}).errors) == {"delivery-way": "missing"}


def test_a_form_that_shares_its_page_reads_only_names_with_its_prefix() -> None:
    post = {"village": ["other"], "q-village": ["nam-det"], "q-_shown": ["village"], "phone": ["1"]}
    reading = FORM.parse(["village", "phone"], post, known={"phone": "0912345678"}, prefix="q-")
    assert reading.answers == {"village": "nam-det", "phone": "0912345678"}


def test_a_whole_form_is_read_at_once() -> None:
    post: dict[str, list[str]] = {}
    for name, value in birth_answers().items():
        match value:
            case dict():
                post |= {f"{name}-{key}": [inner] for key, inner in value.items()}
            case [dict(), *_]:
                post |= {
                    f"{name}-{number}-{key}": [str(inner).lower() if inner is True else inner]
                    for number, row in enumerate(value)
                    for key, inner in row.items()
                }
            case list():
                post[name] = value
            case _:
                post[name] = [str(value).lower() if value is True else str(value)]
    reading = FORM.parse(None, post, today=TODAY)
    assert reading.errors == ()
    assert reading.answers == birth_answers()


def test_what_is_known_of_a_person_fills_the_form() -> None:
    citizen = {"full_name": "Sùng Thị Dở", "personal_number": "000192123457", "birth": "1992", "phone": "12", "email": None}
    assert prefill(FORM, {"citizen": citizen}) == {"name": "Sùng Thị Dở", "number": "000192123457"}
    assert prefill(FORM, {}) == {}


names = st.sampled_from(
    [one.name for one in FORM.fields] + ["members-0-name", "members-1-works", "delivery-way", "add-members", "drop-members-0", "_shown"]
)


@given(st.dictionaries(names | st.text(), st.lists(st.text() | st.sampled_from(["known", "true", "1", "post"]), max_size=2)))
def test_no_page_breaks_the_reader(post: dict[str, list[str]]) -> None:
    reading = FORM.parse(None, post, today=TODAY)
    again = FORM.parse(None, post, known=reading.answers, today=TODAY)
    assert again.answers == reading.answers or again.asks_again
    for error in reading.errors:
        assert error.path[0] in {one.name for one in FORM.fields}
    FORM.summary(reading.answers)


def test_a_screen_that_does_not_exist_is_none() -> None:
    assert FORM.screen("nowhere") is None


def test_another_source_replaces_what_the_first_filled_and_leaves_what_was_typed() -> None:
    first = {"name": "Hoàng Kiên", "sex": "male", "mother": {"name": "Lù Thị A", "born": "1960"}}
    second = {"name": "Sùng Thị Bê", "born": "1990", "mother": {"name": "Sùng Thị C"}}
    answers = {**first, "phone": "0912345678", "mother": {"name": "Lù Thị Án", "born": "1960"}}

    assert refill(answers, first, second) == {
        "name": "Sùng Thị Bê",
        "born": "1990",
        "phone": "0912345678",
        "mother": {"name": "Lù Thị Án"},
    }


def test_the_first_source_fills_only_what_is_empty_and_nothing_leaves_no_empty_group() -> None:
    assert refill({"name": "Lù Mai", "born": ""}, {}, {"name": "Hoàng Kiên", "born": "1990"}) == {"name": "Lù Mai", "born": "1990"}
    assert refill({"mother": {"name": "A"}}, {"mother": {"name": "A"}}, {}) == {}
