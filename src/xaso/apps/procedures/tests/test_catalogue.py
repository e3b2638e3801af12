"""Reading files: what is right is completed, what is wrong is named, all of it at once."""

from dataclasses import replace
from datetime import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from xaso.apps.procedures.catalogue import CatalogueError, Shared, digest_of, read_catalogue, read_file
from xaso.apps.procedures.reading import read_version
from xaso.apps.procedures.tests.samples import sample, texts, written
from xaso.kernel.identifiers import uuid7
from xaso.kernel.worktime import Term, Unit

HOME = Path(settings.CATALOGUE_DIR)
SHARED = Shared.read(HOME)


def faults_of(**changes: Any) -> list[str]:
    with pytest.raises(CatalogueError) as caught:
        read_file(written(sample(**changes)), SHARED)
    return caught.value.faults


def test_rates_and_exempt_groups_are_filled_in() -> None:
    fee = {"id": "copies", "name": {"vi": "Bản sao", "en": "Copies"}, "tariff": "civil_status_copy", "copies": "copies"}
    document = read_file(written(sample(fees=[fee], exemptions={"field": "what", "groups": ["poor"]})), SHARED)
    assert document["fees"][0]["amount_vnd"] == 8000
    assert document["fees"][0]["legal_basis"] == "Thông tư 281/2016/TT-BTC"
    assert "tariff" not in document["fees"][0]
    assert document["exemptions"]["groups"]["poor"]["vi"] == "hộ nghèo"


def test_codes_times_and_days_stay_texts_without_quotes() -> None:
    content = written(sample()).decode()
    unquoted = content.replace("'9.000001'", "9.000001").replace("'2026-01-01'", "2026-01-01").replace("'15:00'", "15:00")
    assert unquoted != content
    document = read_file(unquoted.encode(), SHARED)
    assert (document["code"], document["valid_from"], document["term"]["counter"]["same_day_until"]) == ("9.000001", "2026-01-01", "15:00")


def test_yes_and_no_are_words_not_truth() -> None:
    content = written(sample()).decode().replace("checked_by: Thử", "checked_by: no")
    assert read_file(content.encode(), SHARED)["checked_by"] == "no"


def test_comments_and_layout_do_not_change_the_digest_and_a_word_does() -> None:
    document = read_file(written(sample()), SHARED)
    relaid = read_file(b"# comment\n" + yaml.safe_dump(sample(), allow_unicode=True, indent=6, sort_keys=True).encode(), SHARED)
    assert digest_of(document) == digest_of(relaid)
    assert digest_of(document) != digest_of({**document, "legal_name": "Khác"})


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"surprise": 1}, "'surprise' was unexpected"),
        ({"code": "1.1"}, "code: '1.1' does not match"),
        ({"plain_name": {"vi": "Chỉ tiếng Việt"}}, "plain_name: 'en' is a required property"),
        ({"filing": {"counter": {"place": "moon", "source": "?"}}}, "filing.counter.place: 'moon' is not one of"),
        ({"fees": [{"id": "a", "name": {"vi": "a", "en": "a"}, "tariff": "none_such"}]}, "fees.a.tariff: unknown: none_such"),
        ({"fees": [{"id": "a", "name": {"vi": "a", "en": "a"}}]}, "fees.a: neither kind nor tariff"),
        ({"fees": [{"id": "a", "name": {"vi": "a", "en": "a"}, "kind": "per_copy"}]}, "fees.a: a per_copy fee needs amount_vnd, copies"),
        (
            {"fees": [{"id": "a", "name": {"vi": "a", "en": "a"}, "kind": "per_copy", "amount_vnd": 1, "copies": "x"}]},
            "fees.a: the form does not ask 'x'",
        ),
        (
            {"fees": [{"id": "a", "name": {"vi": "a", "en": "a"}, "kind": "fixed", "amount_vnd": 1, "rows": "what"}]},
            "fees.a.rows: no table 'what'",
        ),
        ({"exemptions": {"field": "what", "groups": ["rich"]}}, "exemptions.groups: unknown: rich"),
        ({"exemptions": {"field": "nothing", "groups": ["poor"]}}, "exemptions.field: the form does not ask 'nothing'"),
        (
            {"papers": [{"id": "p", "name": {"vi": "p", "en": "p"}, "kind": "copy", "required": True, "when": {"y": "1"}}]},
            "papers.p.when: the form does not ask 'y'",
        ),
        ({"valid_until": "2025-12-31"}, "valid_until: before valid_from"),
        ({"form": {"schema": {"type": "object", "properties": {"a": {"type": "number"}}}, "screens": [{}]}}, "form: schema.a"),
    ],
)
def test_a_slip_in_a_file_is_named_with_its_place(changes: dict[str, Any], fault: str) -> None:
    assert fault in " | ".join(faults_of(**changes))


def test_a_procedure_is_translated_whole_or_not_at_all() -> None:
    named = sample(plain_name={"vi": "Thử", "en": "Trial", "bn": "পরীক্ষা"})
    with pytest.raises(CatalogueError) as caught:
        read_file(written(named), SHARED)

    assert "summary: no text in 'bn'" in caught.value.faults
    assert all("plain_name" not in fault for fault in caught.value.faults)


def test_broken_yaml_and_keys_written_twice_are_faults() -> None:
    for content in (b"code: [", b"code: a\ncode: b\n", b"\xff\xfe\x00", b"", b"- a list"):
        with pytest.raises(CatalogueError):
            read_file(content, SHARED)


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(written(sample(code="x")))
    (tmp_path / "b.yaml").write_bytes(written(sample(issued_by="nobody")))
    (tmp_path / "c.yaml").write_bytes(written(sample()))
    (tmp_path / "d.yaml").write_bytes(written(sample()))
    with pytest.raises(CatalogueError) as caught:
        read_catalogue(tmp_path, HOME)
    assert [fault.split(":")[0] for fault in caught.value.faults] == ["a.yaml", "b.yaml", "d.yaml"]


def test_one_procedure_may_have_a_file_for_each_first_day(tmp_path: Path) -> None:
    (tmp_path / "old.yaml").write_bytes(written(sample(valid_until="2026-12-31")))
    (tmp_path / "new.yaml").write_bytes(written(sample(valid_from="2027-01-01")))
    assert len(read_catalogue(tmp_path, HOME)) == 2


def test_a_term_for_some_answers_names_a_question_of_the_form() -> None:
    case = {"when": {"nobody": "asks"}, "amount": 3, "unit": "working_day"}
    assert faults_of(term={"counter": {"amount": 1, "unit": "day", "cases": [case]}}) == [
        "term.counter.cases.when: the form does not ask 'nobody'"
    ]


def test_the_first_case_that_the_answers_meet_is_the_term_of_its_channel() -> None:
    cases = [
        {"when": {"what": ["wild"]}, "amount": 3, "unit": "working_day"},
        {"when": {"what": ["wild", "farm"]}, "amount": 5, "unit": "day"},
    ]
    term = {
        "counter": {"amount": 1, "unit": "working_day", "same_day_until": "15:00", "cases": cases},
        "online": {"amount": 2, "unit": "day"},
    }
    document = read_file(written(sample(term=term)), SHARED)
    version = read_version(uuid7(), digest_of(document), document)
    terms = {
        (channel, what): version.term(channel, {"what": what}) for channel in ("counter", "post", "online") for what in ("wild", "farm")
    }
    assert [read.amount for read in terms.values() if read] == [3, 5, 3, 5, 2, 2]
    assert version.term("counter") == version.term("counter", {}) == Term(1, Unit.WORKING_DAY, time(15))


def test_a_document_that_was_read_may_be_changed_without_harm() -> None:
    content = written(sample())
    read_file(content, SHARED)["legal_name"] = "Khác"
    assert read_file(content, SHARED)["legal_name"] == "Khai báo nuôi ong mật"


def test_other_rates_are_read_anew_for_the_same_file() -> None:
    fee = {"id": "copies", "name": {"vi": "Bản sao", "en": "Copies"}, "tariff": "civil_status_copy", "copies": "copies"}
    content = written(sample(fees=[fee]))
    dearer = replace(SHARED, digest="other", tariffs={"civil_status_copy": {"kind": "per_copy", "amount_vnd": 9000}})
    assert [read_file(content, shared)["fees"][0]["amount_vnd"] for shared in (SHARED, dearer)] == [8000, 9000]


CHOICE = {
    "name": "kind",
    "label": texts("Loại"),
    "options": [{"value": "wild", "label": texts("Ong rừng")}, {"value": "farm", "label": texts("Ong nhà")}],
}


def result_with(data: dict[str, Any], *fields: dict[str, Any]) -> dict[str, Any]:
    return {**sample()["result"], "fields": list(fields), "paper": {"template": "generic", "data": data}}


def test_a_choice_of_the_officers_has_a_case_for_each_option_and_for_no_other() -> None:
    whole = {"title": {"match": "field.kind", "cases": {"wild": "Rừng", "farm": "Nhà"}}}
    assert read_file(written(sample(result=result_with(whole, CHOICE))), SHARED)
    for cases in ({"wild": "Rừng"}, {"wild": "Rừng", "farm": "Nhà", "unsure": "Nhà"}):
        fault = faults_of(result=result_with({"rows": [{"match": "field.kind", "cases": cases}]}, CHOICE))
        assert fault == ["result.paper: the cases of 'field.kind' are not its options"]


def test_a_line_is_filled_first_in_one_way_only() -> None:
    line = {"name": "what", "label": texts("Giống ong"), "answer": "what", "compose": "{shown.what}"}
    assert faults_of(result=result_with({}, line)) == ["result.fields.what: answer and compose"]


def test_what_the_answers_add_comes_on_top_of_the_case_that_they_meet() -> None:
    case = {"when": {"what": "wild"}, "amount": 5, "unit": "working_day"}
    extra = {"when": {"what": ["wild", "farm"]}, "amount": 2, "why": texts("phải vào rừng")}
    term = {"counter": {"amount": 1, "unit": "day", "same_day_until": "15:00", "cases": [case]}, "extra": [extra]}
    document = read_file(written(sample(term=term)), SHARED)
    version = read_version(uuid7(), digest_of(document), document)
    assert version.term("online", {"what": "wild"}) == Term(7, Unit.WORKING_DAY)
    assert version.term("online", {"what": "farm"}) == Term(3, Unit.DAY, time(15))
    assert version.term("online", {"what": "tame"}) == version.term("online") == Term(1, Unit.DAY, time(15))


def test_what_lengthens_a_term_hangs_on_a_question_of_the_form() -> None:
    extra = {"when": {"weather": "rain"}, "amount": 1, "why": texts("mưa")}
    assert faults_of(term={**sample()["term"], "extra": [extra]}) == ["term.extra.when: the form does not ask 'weather'"]


def test_a_term_is_longer_only_under_the_answers_that_make_it_so() -> None:
    extra = {"when": {"what": "wild"}, "amount": 2, "why": texts("phải vào rừng")}
    document = read_file(written(sample(term={**sample()["term"], "extra": [extra]})), SHARED)
    version = read_version(uuid7(), digest_of(document), document)
    amounts = [
        term and term.amount for term in (version.term("counter"), version.term("online", {"what": "wild"}), version.term("post", {}))
    ]
    assert amounts == [1, 3, 1]
    assert set(version.terms) == {"counter"}
    assert [one.why["vi"] for one in version.extras({"what": "wild"})] == ["phải vào rừng"]
