"""The scripts that check forms and rank procedures on a phone say what the kernel says, on everything that the catalogue asks."""

import json
import random
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from tests.architecture.reading import ROOT
from xaso.apps.procedures.catalogue import read_catalogue
from xaso.apps.procedures.finding import search_document
from xaso.apps.procedures.reading import read_version
from xaso.apps.procedures.shapes import ProcedureVersion
from xaso.kernel.forms import Field, FormSpec
from xaso.kernel.forms.on_phone import schema_on_phone
from xaso.kernel.identifiers import uuid7
from xaso.kernel.search import LIGHT_WORDS, SearchDocument, SearchIndex
from xaso.platform.forms import words_of, words_on_phone

NODE = shutil.which("node") or "node"
TODAY = date(2026, 11, 25)
PAGES_A_FORM = 12
CHOICES = {"village": {"bao-tan": "Thôn Bảo Tân"}, "ethnicity": {"Mông": "Mông", "Dao": "Dao"}}
TYPED: dict[str, tuple[str, ...]] = {
    "text": (
        "Giàng A Páo",
        "  nhiều   chỗ\ttrắng ",
        "",
        " ",
        "\u200b",
        "ế" * 201,
        "e\u0302\u0301",
        "07:30",
        "123456",
        "12,5",
        "😀",
        "x\u0007y",
        "đồng",
    ),
    "textarea": ("một dòng", "hai\r\ndòng  ", "", "\n\n", "dài " * 600, "a\u2028b"),
    "date": (
        "05/11/2026",
        "5-11-2026",
        "05112026",
        "2026-11-05",
        "ngày 5 tháng 11 năm 2026",
        "Mùng 5 tháng 11 năm 2026",
        "30/02/2026",
        "29/02/2024",
        "31/4/2025",
        "5/13/2026",
        "1/1/26",
        "1/1/1700",
        "1/1/2300",
        "26/11/2026",
        "25/11/2026",
        "hôm qua",
        "",
        "0/0/1952",
        "11/2026",
        "1952",
        "৫/১১/২০২৬",
        "1/2/3/4",
    ),
    "integer": ("3", "0", "-1", "1.000", "1.00", "12 000", "ba", "", "2.5", "999999999999999", "১২", "1000 đ", "3đồng"),
    "personal-number": (
        "012345678901",
        "0123 4567 8901",
        "012-345-678-901",
        "12345678901",
        "０１２３４５６７８９０１",
        "abc",
        "",
        "0123456789012",
    ),
    "phone": ("0912345678", "0912 345 678", "+84912345678", "091234567", "02143888999", "012345678", "", "không có"),
    "email": ("a@b.vn", "a@b", "", "a b@c.vn", "ten@example.vn ", "@x.vn"),
    "boolean": ("true", "false", "", "có"),
    "village": ("bao-tan", "khac", ""),
    "ethnicity": ("Mông", "Kinhh", ""),
}
TYPED |= {"partial-date": TYPED["date"], "money": (*TYPED["integer"], "15.000 đ", "15.000 VNĐ", "2000000000000")}
QUERIES = (
    "khai sinh",
    "khaisinh",
    "lam giay cho con moi de",
    "làm giấy khai sinh",
    "ket hon",
    "kết hôn",
    "lay vo",
    "má",
    "ma",
    "ho ngeo",
    "hộ nghèo",
    "chung thuc",
    "sao y",
    "giấy khai tử",
    "nguoi chet",
    "đất",
    "dat",
    "so do",
    "tam tru",
    "kinh doanh",
    "birth",
    "marriage certificate",
    "1.001193",
    "xin giấy",
    "",
    "   ",
    "khai sihn",
    "trợ cấp",
    "tro cap nguoi gia",
    "xyzzy",
    "hoà giải",
    "hòa giải đất",
    "đăng ký",
    "k",
    "kh",
    "Giấy!!! khai... SINH?",
    "mai táng phí",
    "nhà",
)

MANY = [
    SearchDocument(f"1.{n:03}", (f"Đăng ký kết hôn, khai sinh ở thôn {n}",), (f"Đăng ký việc {n % 7}",), rank=n % 50) for n in range(130)
]
"""More than a page of a list shows, and more than those whose phrases are looked at."""


def versions() -> list[ProcedureVersion]:
    """Return every procedure of the catalogue."""
    files = read_catalogue(ROOT / "catalogue", ROOT / "catalogue")
    return [read_version(uuid7(), file.digest, file.document) for file in files]


def names_of(fields: tuple[Field, ...], before: str = "") -> Iterator[tuple[str, Field]]:
    """Yield the names in HTML of all plain questions; a table has rows 0 and 3, as after a row was taken away."""
    for field in fields:
        name = before + field.name
        if field.widget == "table":
            for row in (0, 3):
                yield from names_of(field.fields, f"{name}-{row}-")
        elif field.widget == "group":
            yield from names_of(field.fields, f"{name}-")
        else:
            yield name, field


def typed(field: Field, chance: random.Random) -> list[str]:
    """Return what a browser could send for a question: mostly something sensible, so that conditions open."""
    if field.widget in {"choice", "choices"}:
        values = [option.value for option in field.options]
        some = chance.sample(values, chance.randint(0, min(2, len(values)))) if field.widget == "choices" else [chance.choice(values)]
        return chance.choice([some, some, some, [], ["không có"]])
    return [chance.choice(TYPED[field.widget])] if chance.random() < 0.9 else []


def pages_of(form: FormSpec, seed: str) -> list[dict[str, list[str]]]:
    """Return typed pages of a form, the same at each run."""
    chance = random.Random(seed)
    pages = ({name: typed(field, chance) for name, field in names_of(form.fields)} for _ in range(PAGES_A_FORM))
    return [{name: values for name, values in page.items() if values} for page in pages]


def said_by_kernel(form: FormSpec, page: dict[str, list[str]]) -> dict[str, Any]:
    """Return what the engine reads from a page and finds wrong with it."""
    answers = form.parse(None, page, today=TODAY, choices=CHOICES).answers
    errors = form.validate(answers, today=TODAY, choices=CHOICES)
    return {"answers": answers, "errors": [[list(one.path), one.code, words_of(one, field_at(form, one.path), "vi")] for one in errors]}


def field_at(form: FormSpec, path: tuple[str | int, ...]) -> Field | None:
    """Return the question at a path; None for a row."""
    field: Field | None = form.field(str(path[0]))
    names = [part for part in path[1:] if isinstance(part, str)]
    return next((one for one in field.fields if one.name == names[0]), None) if field and names else field


@pytest.fixture(scope="module")
def catalogue() -> list[ProcedureVersion]:
    return versions()


@pytest.fixture(scope="module")
def phone(catalogue: list[ProcedureVersion]) -> dict[str, Any]:
    """Return what the scripts say of all pages and queries."""
    with translation.override("vi"):
        words = words_on_phone()
    choices = {name: list(listed) for name, listed in CHOICES.items()}
    forms = [
        {
            "schema": schema_on_phone(one.form, "vi"),
            "words": words,
            "today": TODAY.isoformat(),
            "choices": choices,
            "pages": pages_of(one.form, one.code),
        }
        for one in catalogue
    ]
    both = ([search_document(one) for one in catalogue], MANY)
    searches = [{"documents": [asdict(one) for one in some], "light": sorted(LIGHT_WORDS), "queries": list(QUERIES)} for some in both]
    script = Path(__file__).with_name("twins.js")
    given = json.dumps({"forms": forms, "searches": searches})
    done = subprocess.run([NODE, str(script)], input=given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_the_phone_reads_and_judges_every_form_as_the_commune_does(catalogue: list[ProcedureVersion], phone: dict[str, Any]) -> None:
    pages = 0
    with translation.override("vi"):
        for version, on_phone in zip(catalogue, phone["forms"], strict=True):
            for page, said in zip(pages_of(version.form, version.code), on_phone, strict=True):
                pages += 1
                assert said == said_by_kernel(version.form, page), (version.code, page)

    assert pages == PAGES_A_FORM * len(catalogue) > 400


def test_both_verdicts_are_among_the_cases(phone: dict[str, Any]) -> None:
    codes = {code for form in phone["forms"] for page in form for _path, code, _words in page["errors"]}

    assert codes >= {
        "missing",
        "bad_date",
        "bad_phone",
        "bad_personal_number",
        "not_in_options",
        "not_a_number",
        "too_long",
        "date_in_future",
    }


def test_the_phone_finds_procedures_in_the_same_order_with_the_same_scores(
    catalogue: list[ProcedureVersion], phone: dict[str, Any]
) -> None:
    index = SearchIndex(search_document(one) for one in catalogue)
    by_kernel = [[[hit.key, hit.score] for hit in index.find(query)] for query in QUERIES]

    of_many = SearchIndex(MANY)
    many_by_kernel = [[[hit.key, hit.score] for hit in of_many.find(query)] for query in QUERIES]

    assert phone["searches"] == [by_kernel, many_by_kernel]
    assert max(map(len, many_by_kernel)) == len(MANY)
    assert sum(bool(found) for found in by_kernel) > 25
