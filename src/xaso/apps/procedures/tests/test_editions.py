"""Editions of the national database: read, compared, approved; nothing counts before, nothing curated is displaced, nothing vanishes."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from xaso.apps.audit import facade as audit
from xaso.apps.people import testing as people
from xaso.apps.people.facade import Role
from xaso.apps.procedures import facade, memory, testing
from xaso.apps.procedures.actions.decide_edition import approve_edition, set_aside_edition
from xaso.apps.procedures.actions.import_edition import Imported, import_edition
from xaso.apps.procedures.actions.load import load_catalogue
from xaso.apps.procedures.models import NationalEdition, NationalRecord, ProcedureVersion
from xaso.apps.procedures.national.comparing import from_curated
from xaso.apps.procedures.shapes import ProcedureVersion as Version
from xaso.apps.procedures.tests.national_data import HEAD, PUBLISHED, line, whole_edition, written
from xaso.apps.procedures.tests.samples import CODE, sample
from xaso.apps.procedures.tests.samples import written as catalogue_file
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import Term, Unit
from xaso.platform.actor import Actor
from xaso.platform.models import OutboxMessage

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
ON, NEXT = date(2026, 11, 23), date(2026, 11, 24)
FEW = ("1.900001", "1.900002", "1.900003")

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(db: None) -> Actor:
    return people.actor_for(people.staff(people.commune(), Role.ADMINISTRATOR))


def _import(tmp_path: Path, *lines: dict[str, Any], as_of: date | None = None, now: datetime = NOW) -> Imported:
    return import_edition(written(tmp_path / "edition.jsonl", *lines), as_of=as_of, now=now)


def _approve(actor: Actor, done: Imported, *, withdraw: bool = False, now: datetime = NOW) -> None:
    assert done.edition_id is not None
    approve_edition(actor, done.edition_id, withdraw=withdraw, now=now)


def _current(actor: Actor, code: str, on: date = ON) -> Version | None:
    assert actor.commune_id is not None
    return facade.current(actor.commune_id, code, on)


def test_nothing_counts_before_the_administrator_approves(tmp_path: Path, administrator: Actor) -> None:
    done = _import(tmp_path, *map(line, FEW))

    assert done.counts["new"] == 3
    assert not ProcedureVersion.objects.exists()
    assert _current(administrator, FEW[0]) is None

    _approve(administrator, done)

    version = _current(administrator, FEW[0])
    assert version is not None
    assert version.term("online") == Term(5, Unit.WORKING_DAY)
    assert version.result.code == "KQ.G17.000001"
    assert [(paper.id, paper.kind, paper.count) for paper in version.papers] == [("p1", "original", 1), ("p2", "copy", 2)]
    assert [law.number for law in version.legal_basis] == ["08/2017/QH14"]
    assert version.national is not None
    assert version.national.levels == ("Cấp tỉnh", "Cấp xã")
    assert version.national.cells["trinh_tu_thuc_hien"].startswith("Bước 1")


def test_a_term_of_one_channel_is_never_lent_to_another(tmp_path: Path, administrator: Actor) -> None:
    cell = f"{HEAD}Trực tuyến1Miễn phíTrực tiếp5 Ngày làm việcMiễn phí"
    _approve(administrator, _import(tmp_path, line(cach_thuc_thuc_hien=cell)))

    version = _current(administrator, "1.900001")

    assert version is not None
    assert (version.term("counter"), version.term("online"), version.term("post")) == (Term(5, Unit.WORKING_DAY), None, None)


def test_the_day_of_the_law_is_unknown_unless_told_and_versions_count_from_the_approval_on(tmp_path: Path, administrator: Actor) -> None:
    _approve(administrator, _import(tmp_path, line()))
    untold = _current(administrator, "1.900001")
    _approve(administrator, _import(tmp_path, line(so_quyet_dinh="2/QĐ-BXD"), as_of=date(2026, 12, 1), now=LATER), now=LATER)

    told = _current(administrator, "1.900001", date(2026, 12, 1))

    assert untold is not None
    assert untold.national is not None
    assert (untold.national.valid_from, untold.valid_from) == (None, ON)
    assert told is not None
    assert told.national is not None
    assert (told.national.valid_from, told.valid_from) == (date(2026, 12, 1), date(2026, 12, 1))
    assert _current(administrator, "1.900001", date(2026, 11, 30)) is untold


def test_the_same_file_again_adds_nothing_waiting_or_approved(tmp_path: Path, administrator: Actor) -> None:
    first = _import(tmp_path, *map(line, FEW))
    again = _import(tmp_path, *map(line, reversed(FEW)), now=LATER)
    assert (again.edition_id, again.is_new) == (first.edition_id, False)

    _approve(administrator, first)
    after = _import(tmp_path, *map(line, FEW), now=LATER)

    assert (after.edition_id, after.is_new, after.counts["same"]) == (None, False, 3)
    assert (NationalEdition.objects.count(), ProcedureVersion.objects.count()) == (1, 3)


def test_a_new_edition_makes_versions_of_what_changed_only_and_says_which_cells(tmp_path: Path, administrator: Actor) -> None:
    _approve(administrator, _import(tmp_path, *map(line, FEW)))
    pinned = _current(administrator, FEW[1])
    done = _import(tmp_path, line(FEW[0]), line(FEW[1], so_quyet_dinh="2/QĐ-BXD"), line(FEW[2]), now=LATER)

    changed = NationalRecord.objects.get(edition_id=done.edition_id, change="changed")
    assert changed.differences == [{"what": "cell:so_quyet_dinh", "ours": "12/QĐ-BXD", "theirs": "2/QĐ-BXD"}]
    assert (done.counts["changed"], done.counts["same"]) == (1, 2)

    _approve(administrator, done, now=LATER)

    assert ProcedureVersion.objects.count() == 4
    now_counts = _current(administrator, FEW[1], NEXT)
    assert now_counts is not None
    assert now_counts.decision == "2/QĐ-BXD"
    assert pinned is not None
    assert facade.get_version(pinned.id).decision == "12/QĐ-BXD"


def test_a_newer_edition_takes_the_place_of_one_that_waits(tmp_path: Path) -> None:
    first = _import(tmp_path, line())
    second = _import(tmp_path, line(so_quyet_dinh="2/QĐ-BXD"), now=LATER)

    assert first.edition_id is not None
    assert NationalEdition.objects.get(pk=first.edition_id).state == "set_aside"
    assert NationalEdition.objects.get(state="waiting").id == second.edition_id


def test_an_edition_older_than_the_approved_one_is_refused(tmp_path: Path, administrator: Actor) -> None:
    _approve(administrator, _import(tmp_path, line(), as_of=date(2026, 7, 20)))

    with pytest.raises(Refusal, match=r"procedures\.older_edition"):
        _import(tmp_path, line(so_quyet_dinh="2/QĐ-BXD"), as_of=date(2026, 7, 19), now=LATER)

    assert NationalEdition.objects.count() == 1


def test_what_the_edition_has_no_more_is_withdrawn_only_when_asked_for_and_told(tmp_path: Path, administrator: Actor) -> None:
    _approve(administrator, _import(tmp_path, *map(line, FEW)))
    without = _import(tmp_path, line(FEW[0]), line(FEW[1], so_quyet_dinh="2/QĐ-BXD"), now=LATER)
    assert [record.code for record in NationalRecord.objects.filter(edition_id=without.edition_id, change="withdrawn")] == [FEW[2]]
    _approve(administrator, without, withdraw=False, now=LATER)
    pinned = _current(administrator, FEW[2], NEXT)
    assert pinned is not None

    _approve(administrator, _import(tmp_path, line(FEW[0]), now=LATER), withdraw=True, now=LATER)

    assert [_current(administrator, code, NEXT) is None for code in FEW] == [False, True, True]
    told = OutboxMessage.objects.filter(topic="procedures.withdrawn").values_list("subject", flat=True)
    assert sorted(told) == [f"procedure:{FEW[1]}", f"procedure:{FEW[2]}"]
    assert facade.get_version(pinned.id).code == FEW[2]


def test_a_line_that_could_not_be_read_does_not_withdraw_its_procedure(tmp_path: Path, administrator: Actor) -> None:
    _approve(administrator, _import(tmp_path, *map(line, FEW)))
    done = _import(tmp_path, line(FEW[0]), line(FEW[1]), line(FEW[2], ten_thu_tuc=""), line("?"), now=LATER)
    assert (done.counts["unread"], done.counts["withdrawn"]) == (2, 0)


def test_a_withdrawn_procedure_comes_back_with_the_edition_that_has_it(tmp_path: Path, administrator: Actor) -> None:
    _approve(administrator, _import(tmp_path, *map(line, FEW)))
    _approve(administrator, _import(tmp_path, line(FEW[0]), now=LATER), withdraw=True, now=LATER)
    done = _import(tmp_path, *map(line, FEW), now=LATER)
    assert done.counts["new"] == 2
    _approve(administrator, done, now=LATER)
    assert _current(administrator, FEW[2], NEXT) is not None


def test_a_file_without_decision_and_result_code_is_compared_and_any_of_its_terms_by_case_agrees() -> None:
    counter = {"amount": 1, "unit": "working_day", "cases": [{"when": {"matter": "change"}, "amount": 3, "unit": "working_day"}]}
    ours = {"term": {"counter": counter}, "fees": [], "result": {"name": {"vi": "Xác nhận"}}, "legal_basis": []}
    printed = {
        "decision": {"number": "12/QĐ-BXD"},
        "term": {"counter": {"amount": 3, "unit": "working_day"}, "post": {"amount": 5, "unit": "working_day"}},
        "national": {"channels": [], "results": [{"name": "Văn bản", "code": "KQ.1"}]},
        "legal_basis": [],
    }

    assert [(one["what"], one["ours"], one["theirs"]) for one in from_curated(ours, printed)] == [
        ("decision", "", "12/QĐ-BXD"),
        ("term:post", "1 ngày làm việc, 3 ngày làm việc", "5 ngày làm việc"),
        ("result", "", "KQ.1"),
    ]


def test_a_curated_procedure_is_not_displaced_and_the_report_says_where_the_edition_differs(tmp_path: Path, administrator: Actor) -> None:
    testing.catalogue()
    code, cell = "1.011607", f"{HEAD}Trực tiếp20 Ngày làm việc8,000 VNĐTrực tuyến15 NgàyMiễn phí"
    done = _import(tmp_path, line(code, cach_thuc_thuc_hien=cell, so_quyet_dinh="1/QĐ-KHAC"), line(FEW[0]))

    record = NationalRecord.objects.get(edition_id=done.edition_id, code=code)
    assert record.change == "curated"
    assert {one["what"]: (one["ours"], one["theirs"]) for one in record.differences} == {
        "decision": ("967/QĐ-BNNMT", "1/QĐ-KHAC"),
        "term:counter": ("15 ngày", "20 ngày làm việc"),
        "fee": ("0 đ", "0 đ, 8.000 đ"),
        "result": ("KQ.G10.001158", "KQ.G17.000001"),
        "laws": ("", "08/2017/QH14"),
    }

    _approve(administrator, done)

    version = _current(administrator, code)
    assert version is not None
    assert version.national is None
    assert ProcedureVersion.objects.filter(procedure__code=code).count() == 1


def test_a_file_of_the_catalogue_added_later_takes_the_place_of_the_imported_one(tmp_path: Path, administrator: Actor) -> None:
    _approve(administrator, _import(tmp_path, line(CODE)))
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "a.yaml").write_bytes(catalogue_file(sample()))

    load_catalogue(folder, now=LATER)
    curated = _current(administrator, CODE, NEXT)
    assert curated is not None
    assert curated.national is None

    (folder / "a.yaml").unlink()
    load_catalogue(folder, now=LATER)
    imported = _current(administrator, CODE, NEXT)
    assert imported is not None
    assert imported.national is not None
    assert not OutboxMessage.objects.filter(topic="procedures.withdrawn").exists()


def test_only_an_administrator_decides_and_only_once(tmp_path: Path, administrator: Actor) -> None:
    done = _import(tmp_path, line())
    assert done.edition_id is not None
    assert administrator.commune_id is not None
    clerk = people.actor_for(people.staff_of(administrator.commune_id, Role.CLERK))
    with pytest.raises(Refusal, match=r"procedures\.not_allowed"):
        approve_edition(clerk, done.edition_id, withdraw=False, now=NOW)
    assert not ProcedureVersion.objects.exists()

    set_aside_edition(administrator, done.edition_id, now=NOW)

    with pytest.raises(Refusal, match=r"procedures\.edition_decided"):
        approve_edition(administrator, done.edition_id, withdraw=False, now=NOW)
    assert not ProcedureVersion.objects.exists()
    verbs = [act.verb for act in audit.history_of(f"edition:{done.edition_id}")]
    assert sorted(verbs) == ["procedures.edition_imported", "procedures.edition_set_aside"]


def test_a_refused_file_leaves_nothing_half_written(tmp_path: Path) -> None:
    cut = written(tmp_path / "a.jsonl", *map(line, FEW))
    cut.write_bytes(cut.read_bytes()[:-30])

    with pytest.raises(Refusal, match=r"procedures\.file_cut_off"):
        import_edition(cut, as_of=None, now=NOW)

    assert (NationalEdition.objects.count(), NationalRecord.objects.count()) == (0, 0)


def test_a_procedure_of_150_kilobytes_is_stored_and_read_back_whole(tmp_path: Path, administrator: Actor) -> None:
    long = "Giấy chứng minh " * 10_000
    _approve(administrator, _import(tmp_path, line(trinh_tu_thuc_hien=long, ten_thu_tuc=long)))
    memory.forget()

    version = _current(administrator, "1.900001")

    assert version is not None
    assert version.national is not None
    assert version.national.cells["trinh_tu_thuc_hien"] == long
    assert version.legal_name == " ".join(long.split())


def test_the_published_edition_is_imported_whole(administrator: Actor) -> None:
    published = whole_edition()
    testing.catalogue()

    done = import_edition(PUBLISHED, as_of=date(2026, 7, 20), now=NOW)
    _approve(administrator, done)

    assert done.counts["new"] + done.counts["curated"] == len(published)
    assert done.counts["unread"] == 0
    codes = {version.code for version in facade.versions_in_force(ON)}
    assert {one["ma_thu_tuc"] for one in published} <= codes
