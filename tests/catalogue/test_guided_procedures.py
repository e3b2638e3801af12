"""Residence procedures ship as guidance: they say where, with what, for how much and until when, and never that the commune takes them."""

from pathlib import Path

import pytest
from django.conf import settings

from xaso.apps.procedures.catalogue import read_catalogue
from xaso.apps.procedures.reading import read_version
from xaso.apps.procedures.shapes import ProcedureVersion
from xaso.kernel.identifiers import uuid7

HOME = Path(settings.CATALOGUE_DIR)
FILES = {file.document["code"]: file for file in read_catalogue(HOME, HOME)}
RESIDENCE = ("1.004222", "1.004194", "1.002755", "1.003677", "2.001159", "1.010041")
GUIDED = sorted(code for code, file in FILES.items() if file.document["issued_by"] == "police")


def version(code: str) -> ProcedureVersion:
    return read_version(uuid7(), FILES[code].digest, FILES[code].document)


def test_the_six_residence_procedures_are_guided() -> None:
    assert set(RESIDENCE) <= set(GUIDED)
    assert {FILES[code].document["field"] for code in RESIDENCE} == {"residence"}


@pytest.mark.parametrize("code", GUIDED)
def test_nothing_of_a_guided_procedure_is_filed_here_or_asked_here(code: str) -> None:
    read = version(code)
    assert "here" not in {place.place for place in read.filing.values()}
    assert not read.has_form()
    assert {step.role for step in read.steps} <= {"owner", "police", "other_agency"}


@pytest.mark.parametrize("code", GUIDED)
def test_each_way_to_file_a_guided_procedure_says_how_to_go_it(code: str) -> None:
    read = version(code)
    assert read.filing
    for place in read.filing.values():
        assert set(place.how) >= {"vi", "en"}
        assert place.source
    assert read.filing["online"].url.startswith("https://")


@pytest.mark.parametrize("code", sorted(FILES))
def test_a_fee_that_is_unknown_is_told_to_be_unproven(code: str) -> None:
    read = version(code)
    if any(rule.kind == "unknown" for rule in read.fees):
        assert "fee" in {one.about for one in read.confirm}


@pytest.mark.parametrize(
    ("code", "term"),
    [
        ("1.004222", "7 working_day"),
        ("1.004194", "3 working_day"),
        ("1.002755", "3 working_day"),
        ("1.003677", "1 working_day"),
        ("2.001159", "1 hour"),
        ("1.010041", "1 working_day"),
    ],
)
def test_the_terms_of_residence_procedures_are_those_of_the_source(code: str, term: str) -> None:
    read = version(code).term("counter")
    assert read is not None
    assert f"{read.amount} {read.unit.value}" == term


def test_terms_that_the_source_prints_twice_are_told_to_be_so() -> None:
    for code in ("1.003677", "1.010041"):
        assert "term" in {one.about for one in version(code).confirm}


def test_residence_fees_by_channel_are_those_of_the_source() -> None:
    amounts = {rule.id: rule.amount_vnd for rule in version("1.004222").fees}
    assert amounts == {"online": 10_000, "counter": 20_000}
    assert [rule.kind for rule in version("1.004194").fees] == ["fixed", "unknown", "fixed"]
    assert [rule.kind for rule in version("1.010041").fees] == ["free"]
