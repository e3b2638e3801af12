"""The procedures that ship: complete, in both languages, marked where a fact is not proven."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from jsonschema import Draft202012Validator

from xaso.apps.procedures.catalogue import read_catalogue
from xaso.apps.procedures.reading import read_version
from xaso.apps.procedures.shapes import CHANNELS, ProcedureVersion
from xaso.kernel.identifiers import uuid7

HOME = Path(settings.CATALOGUE_DIR)
FILES = {file.document["code"]: file for file in read_catalogue(HOME, HOME)}
EIGHT = {"1.001193", "1.000656", "1.004873", "2.000635", "2.000815", "2.000884", "1.011607", "1.001612"}
ISSUED_HERE = {"2.000815", "2.000884", "1.011607"}
BENGALI = re.compile("[\u0980-\u09e5]")
FIGURES = re.compile(r"\d[\d.:/]*\d|\d")
WELFARE = {"1.014027", "1.001776", "1.001731", "1.001699"}
LAND_AND_BUILDING = {"1.013978", "1.012812", "1.013225", "1.013227", "1.013228"}


def version(code: str) -> ProcedureVersion:
    return read_version(uuid7(), FILES[code].digest, FILES[code].document)


def texts_in(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every map of languages, however deep."""
    if isinstance(value, dict):
        if set(value) & {"vi", "en"} and all(isinstance(one, str) for one in value.values()):
            yield value
        else:
            for inner in value.values():
                yield from texts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner)


def test_the_eight_of_the_first_release_are_there() -> None:
    assert set(FILES) >= EIGHT


@pytest.mark.parametrize("code", sorted(FILES))
def test_every_text_has_vietnamese_and_english(code: str) -> None:
    for texts in texts_in(FILES[code].document):
        assert set(texts) >= {"vi", "en"}, texts
        assert all(text.strip() == text and text for text in texts.values()), texts


@pytest.mark.parametrize("code", sorted(EIGHT))
def test_the_eight_say_in_bengali_the_same_figures_as_in_vietnamese(code: str) -> None:
    document = FILES[code].document
    assert document["synonyms"]["bn"]
    for texts in texts_in(document):
        assert BENGALI.search(texts["bn"]), texts
        assert set(FIGURES.findall(texts["bn"])) == set(FIGURES.findall(texts["vi"])), texts


@pytest.mark.parametrize("code", sorted(FILES))
def test_no_shipped_procedure_names_one_commune(code: str) -> None:
    assert not any(name in str(FILES[code].document) for name in ("Bảo Nhai", "Cốc Ly", "Nậm Đét", "Bắc Hà", "Lào Cai"))


@pytest.mark.parametrize("code", sorted(FILES))
def test_plain_words_for_people_shout_at_nobody(code: str) -> None:
    assert not any("!" in text for texts in texts_in(FILES[code].document) for text in texts.values())


@pytest.mark.parametrize("code", sorted(FILES))
def test_what_a_screen_asks_has_a_question_for_a_title(code: str) -> None:
    assert all(screen.title["vi"].endswith("?") for screen in version(code).form.screens)


@pytest.mark.parametrize("code", sorted(EIGHT))
def test_the_law_and_not_the_commune_says_who_issues(code: str) -> None:
    read = version(code)
    assert read.issued_by == ("commune" if code in ISSUED_HERE else "ministry_system")
    assert read.filing_place("counter") == "here"
    assert read.filing_place("online") in {"national_portal", "ministry_system"}
    assert all(place.source for place in read.filing.values())


@pytest.mark.parametrize("code", sorted(FILES))
def test_every_channel_offered_has_a_term_and_a_way_to_be_complete(code: str) -> None:
    read = version(code)
    for channel in CHANNELS:
        if channel in read.filing:
            assert read.term(channel) is not None
            assert read.papers_needed({}, channel) is not None


@pytest.mark.parametrize(("code", "term"), [("1.001193", "1 working_day 15:00"), ("1.004873", "3 working_day"), ("1.011607", "15 day")])
def test_terms_are_those_of_the_source(code: str, term: str) -> None:
    read = version(code).term("counter")
    assert read is not None
    until = f" {read.same_day_until:%H:%M}" if read.same_day_until else ""
    assert f"{read.amount} {read.unit.value}{until}" == term


def test_a_bare_number_of_the_source_is_marked_to_be_confirmed() -> None:
    for code in ("1.001193", "1.000656", "1.004873"):
        assert FILES[code].document["raw"]["time"] in {"1", "3"}
        assert "term" in {one.about for one in version(code).confirm}


@pytest.mark.parametrize("code", sorted(EIGHT))
def test_forms_and_clocks_that_are_not_proven_are_marked(code: str) -> None:
    assert {"form", "clock"} <= {one.about for one in version(code).confirm}


def test_the_poverty_procedure_ends_with_the_year() -> None:
    read = version("1.011607")
    assert read.is_valid_on(date(2026, 12, 31))
    assert not read.is_valid_on(date(2027, 1, 1))
    assert read.replaced_by == ("1.116214", "1.116215")


def test_birth_slips_are_asked_only_of_those_who_have_one() -> None:
    read = version("1.001193")

    def papers(channel: str, **answers: str) -> list[str]:
        return [paper.id for paper in read.papers_needed(answers, channel)]

    assert papers("online", birth_proof="slip", special_case="none") == ["birth_slip"]
    assert papers("online", birth_proof="electronic", special_case="none") == []
    assert papers("counter", birth_proof="witness", relation="authorised") == ["declaration", "witness_statement", "power_of_attorney"]
    assert papers("post", special_case="abandoned") == ["declaration", "abandoned_minutes", "identity_certified"]


@pytest.mark.parametrize("code", ["2.000815", "2.000884", "2.000635"])
def test_a_term_for_which_the_source_has_no_information_is_marked_to_be_confirmed(code: str) -> None:
    assert FILES[code].document["raw"]["time"] == "Không có thông tin"
    assert "term" in {one.about for one in version(code).confirm}


@pytest.mark.parametrize(
    ("code", "channels"), [("1.001193", "counter post"), ("1.000656", "counter"), ("1.004873", "counter"), ("2.000635", "counter")]
)
def test_civil_status_asks_for_the_declaration_and_for_a_residence_proof_only_if_need_be(code: str, channels: str) -> None:
    papers = {paper.id: paper for paper in version(code).papers}
    declaration, residence = papers["declaration"], papers["residence_proof"]
    assert (declaration.kind, declaration.count, declaration.required, declaration.channels) == (
        "original",
        1,
        True,
        frozenset(channels.split()),
    )
    assert (residence.kind, residence.required, residence.channels) == ("shown", False, frozenset({"counter"}))


def test_whoever_cares_for_an_abandoned_child_can_register_it_without_a_birth_slip() -> None:
    form = version("1.001193").form
    known = {"relation": "organisation", "special_case": "abandoned"}
    asked = {field.name for screen in form.screens for field in form.asked_on(screen, known)}
    assert {"carer", "organisation"} <= {option.value for option in form.field("relation").options}
    assert not asked & {"birth_proof", "mother_name", "father_known"}
    assert any("niêm yết 7 ngày liên tục" in text["vi"] for text in version("1.001193").guidance.good_to_know)


@pytest.mark.parametrize("code", sorted(EIGHT))
def test_no_legal_outcome_is_chosen_for_want_of_another(code: str) -> None:
    assert "else" not in str(FILES[code].document["result"]["paper"]["data"].get("kind", ""))
    assert any(line.required for line in version(code).result.fields)


@pytest.mark.parametrize("code", sorted(FILES))
def test_the_compiled_schema_is_a_valid_one(code: str) -> None:
    Draft202012Validator.check_schema(version(code).form.compiled_schema)


@pytest.mark.parametrize("code", sorted(WELFARE | LAND_AND_BUILDING))
def test_welfare_land_and_building_are_taken_in_at_the_commune(code: str) -> None:
    read = version(code)
    assert read.filing_place("counter") == "here"
    assert read.issued_by == ("ministry_system" if code == "1.013978" else "commune")
    assert all(place.source for place in read.filing.values())
    assert read.result.paper is not None


@pytest.mark.parametrize("code", sorted(WELFARE | LAND_AND_BUILDING))
def test_what_is_disputed_or_recalled_of_them_is_marked(code: str) -> None:
    proven = {"filing"} if code in {"1.013978", "1.013225"} else {"filing", "term"} if code in {"1.013227", "1.013228"} else set()
    assert {"term", "fee", "filing", "form", "result", "clock"} - proven <= {one.about for one in version(code).confirm}


@pytest.mark.parametrize(
    ("code", "term", "figures"),
    [
        ("1.001776", "10 working_day", ("10", "15")),
        ("1.001731", "3 working_day", ("3", "10")),
        ("1.001699", "25 working_day", ("20", "25", "30")),
        ("1.013978", "17 working_day", ("17", "20", "27")),
        ("1.012812", "30 day", ("30", "40")),
        ("1.013225", "15 day", ("15", "20")),
    ],
)
def test_a_disputed_term_counts_the_shortest_and_people_are_told_all_figures(code: str, term: str, figures: tuple[str, ...]) -> None:
    read = version(code)
    for channel in read.filing:
        counted = read.term(channel)
        assert counted is not None
        assert f"{counted.amount} {counted.unit.value}" == term
    said = [read.guidance.time, next(one.text for one in read.confirm if one.about == "term")]
    for texts in said:
        for language in ("vi", "en"):
            assert all(figure in texts[language] for figure in figures), texts


def test_no_fee_is_called_free_that_no_source_calls_free() -> None:
    kinds = {code: [rule.kind for rule in version(code).fees] for code in WELFARE | LAND_AND_BUILDING}
    assert kinds == {
        "1.014027": ["unknown"],
        "1.001776": ["free"],
        "1.001731": ["unknown"],
        "1.001699": ["free"],
        "1.013978": ["unknown"],
        "1.012812": ["free"],
        "1.013225": ["provincial"],
        "1.013227": ["provincial"],
        "1.013228": ["provincial"],
    }
    assert all(rule.confirm for code in ("1.001776", "1.001699", "1.012812") for rule in version(code).fees)


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("1.001776", {"group", "child_case", "disability_kind", "disability_level", "poverty", "situation", "account_number"}),
        ("1.014027", {"person_ethnicity", "household", "account_number"}),
        ("1.001699", {"kinds", "kinds_detail", "since", "cause", "walking", "toilet", "speaking", "can_come"}),
        ("1.001731", {"dead_number", "drew", "account_number"}),
    ],
)
def test_health_disability_and_poverty_are_masked(code: str, names: set[str]) -> None:
    form = version(code).form
    assert {name for name in names if not form.field(name).sensitive} == set()


def test_a_carer_gives_the_carers_form_and_others_that_of_their_group() -> None:
    read = version("1.001776")
    assert [paper.id for paper in read.papers_needed({"group": "carer"}, "counter")] == ["carer_declaration"]
    assert [paper.id for paper in read.papers_needed({"group": "hiv"}, "counter")] == ["declaration"]
    assert "health_paper" in [paper.id for paper in read.papers_asked({"group": "hiv"}, "counter")]
    assert "health_paper" not in [paper.id for paper in read.papers_asked({"group": "child"}, "counter")]


def test_a_house_needs_no_project_papers_and_a_neighbours_wall_needs_a_pledge() -> None:
    read = version("1.013225")
    house = {"work_kind": "house", "land_in_database": "yes", "has_neighbour": False}
    assert [paper.id for paper in read.papers_needed(house, "counter")] == ["request", "drawings"]
    works = {"work_kind": "other", "land_in_database": "no", "has_neighbour": True}
    assert [paper.id for paper in read.papers_needed(works, "counter")] == [
        "request",
        "land_papers",
        "drawings",
        "neighbour_safety",
        "project",
    ]


def test_a_guest_house_may_take_longer_than_a_house() -> None:
    read = version("1.013225")
    for channel in ("counter", "post"):
        terms = [read.term(channel, {"work_kind": kind}) for kind in ("house", "other")]
        assert [term.amount for term in terms if term] == [15, 20]


@pytest.mark.parametrize(("code", "result"), [("1.013227", "KQ.G17.000315"), ("1.013228", "KQ.G17.000316")])
def test_a_permit_is_extended_or_replaced_within_five_working_days_however_it_is_filed(code: str, result: str) -> None:
    read = version(code)
    terms = [read.term(channel) for channel in CHANNELS]
    assert [(term.amount, term.unit.value) for term in terms if term] == [(5, "working_day")] * 3
    assert read.result.code == result


def test_the_old_permit_comes_with_an_extension_and_with_a_replacement_only_if_it_is_torn() -> None:
    extension, replacement = version("1.013227"), version("1.013228")
    assert [paper.id for paper in extension.papers_needed({}, "counter")] == ["request", "permit"]
    assert [paper.id for paper in replacement.papers_needed({"why": "torn"}, "counter")] == ["request", "permit"]
    assert [paper.id for paper in replacement.papers_needed({"why": "lost"}, "counter")] == ["request"]


def test_no_permit_is_extended_without_a_last_day_nor_replaced_without_its_number() -> None:
    needed = {code: {line.name for line in version(code).result.fields if line.required} for code in ("1.013227", "1.013228")}
    assert "extended_until" in needed["1.013227"]
    assert {"permit_number", "permit_on"} <= needed["1.013227"] & needed["1.013228"]


def test_a_land_certificate_asks_only_for_the_papers_of_its_story() -> None:
    read = version("1.013978")
    cleared = {
        "filed_by": "owner",
        "wanted": "certificate",
        "applicant_kind": "person",
        "origin": "cleared",
        "has_papers": False,
        "fined": False,
    }
    assert [paper.id for paper in read.papers_needed(cleared, "counter")] == ["request"]
    inherited = cleared | {"origin": "inherited", "applicant_kind": "household", "has_papers": True, "filed_by": "representative"}
    assert [paper.id for paper in read.papers_needed(inherited, "counter")] == [
        "request",
        "land_papers",
        "inheritance",
        "household_members",
        "power_of_attorney",
    ]


def test_funeral_support_is_found_by_each_of_its_three_codes() -> None:
    assert {"1.014028", "3.000725"} <= set(version("1.001731").synonyms["vi"])
    assert "1.014028" in next(one.text["vi"] for one in version("1.001731").confirm if one.about == "validity")
