"""The catalogue changes while dossiers are under way: what was filed under the old version stays with its term, fee, papers and slips."""

import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from xaso.apps.dossiers import queries, testing
from xaso.apps.dossiers.actions import drafts, examination, extension, intake, supplement
from xaso.apps.dossiers.actions.filing import file_dossier
from xaso.apps.dossiers.models import Dossier, Slip
from xaso.apps.dossiers.shapes import Applicant
from xaso.apps.dossiers.testing import COPY, MORNING, Office
from xaso.apps.procedures import facade as procedures
from xaso.kernel.worktime import VN

OLD_PAPER, NEW_PAPER = "Bản chính giấy tờ cần sao", "Hai bản chính có dấu nổi"
OLD_DUE = datetime(2026, 11, 19, 17, 0, tzinfo=VN)
NEW_DUE = datetime(2026, 12, 4, 17, 0, tzinfo=VN)
"""Ten working days on: 24 November is a day off."""
NOTED = {"original": {"kind": "shown", "count": 1}}

pytestmark = pytest.mark.django_db


def change_the_catalogue(folder: Path) -> None:
    """Load the catalogue with another term, fee and paper for certified copies."""
    shutil.copytree(settings.CATALOGUE_DIR, folder, dirs_exist_ok=True)
    (file,) = folder.rglob(f"{COPY}-*.yaml")
    document = yaml.safe_load(file.read_text(encoding="utf-8"))
    document["term"] = {channel: {"amount": 10, "unit": "working_day"} for channel in document["term"]}
    document["fees"] = [{"id": "certification", "name": document["fees"][0]["name"], "kind": "fixed", "amount_vnd": 99_000}]
    document["papers"][0]["name"]["vi"] = NEW_PAPER
    file.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False), encoding="utf-8")
    assert procedures.load_catalogue(folder, now=MORNING + timedelta(minutes=1)).new == (COPY,)


def filed(office: Office) -> Dossier:
    return file_dossier(office.desk, replace(testing.filing(office), papers=NOTED), now=MORNING)


def facts_of(dossier: Dossier) -> tuple[datetime | None, int | None, int | None, list[str]]:
    """Return due date and fee, and the fee and papers that form 01 prints."""
    slip = Slip.objects.get(dossier=dossier, form="01").data
    return dossier.due_at, dossier.fee_vnd, slip["fee"]["total"], [paper["name"] for paper in slip["papers"]]


def test_a_dossier_filed_before_is_taken_in_by_the_old_version_and_one_filed_after_by_the_new(office: Office, tmp_path: Path) -> None:
    before = filed(office)
    old_fee = before.fee_vnd
    change_the_catalogue(tmp_path)
    after = filed(office)

    assert before.version_id != after.version_id
    assert old_fee not in {None, 99_000}
    assert facts_of(intake.accept(office.desk, before.id, now=MORNING)) == (OLD_DUE, old_fee, old_fee, [OLD_PAPER])
    assert facts_of(intake.accept(office.desk, after.id, now=MORNING)) == (NEW_DUE, 99_000, 99_000, [NEW_PAPER])


def test_a_case_in_progress_goes_on_by_the_old_version(office: Office, tmp_path: Path) -> None:
    dossier = intake.accept(office.desk, filed(office).id, now=MORNING)
    printed, pinned = Slip.objects.get(dossier=dossier, form="01").data, dossier.version_id
    change_the_catalogue(tmp_path)

    examination.take(office.officer, dossier.id, now=MORNING)
    examination.ask_for_more(office.officer, dossier.id, [{"paper": "original", "text": "mờ"}], now=MORNING)
    back = supplement.add_supplement(office.owner, dossier.id, "Có đây", now=MORNING + timedelta(hours=1))

    assert back.due_at is not None
    assert OLD_DUE <= back.due_at < OLD_DUE + timedelta(days=2)
    assert (back.version_id, back.fee_vnd) == (pinned, dossier.fee_vnd)
    assert Slip.objects.get(dossier=dossier, form="02").data["gaps"] == [{"paper": OLD_PAPER, "text": "mờ"}]
    assert Slip.objects.get(dossier=dossier, form="01").data == printed
    assert queries.officer_case(office.officer, back.code).version.papers[0].name["vi"] == OLD_PAPER


def test_a_draft_begun_before_is_filed_as_it_was_begun(office: Office, tmp_path: Path) -> None:
    old_fee = filed(office).fee_vnd
    draft = drafts.start_draft(office.desk, COPY, Applicant(name="Giàng A Pao"), channel="counter", on=MORNING.date(), now=MORNING)
    change_the_catalogue(tmp_path)

    drafts.save_answers(office.desk, draft.id, testing.filing(office).answers, screen="", now=MORNING)
    drafts.note_papers(office.desk, draft.id, NOTED, now=MORNING)
    dossier = drafts.submit(office.desk, draft.id, language="vi", now=MORNING)

    assert (dossier.version_id, dossier.fee_vnd) == (draft.version_id, old_fee)
    assert facts_of(intake.accept(office.desk, dossier.id, now=MORNING)) == (OLD_DUE, old_fee, old_fee, [OLD_PAPER])


def test_a_term_changed_mid_case_moves_no_due_date_even_after_an_apology_and_a_pause(office: Office, tmp_path: Path) -> None:
    dossier = testing.examining(office, testing.POOR)
    assert dossier.due_at is not None
    shutil.copytree(settings.CATALOGUE_DIR, tmp_path, dirs_exist_ok=True)
    (file,) = tmp_path.rglob(f"{testing.POOR}-*.yaml")
    document = yaml.safe_load(file.read_text(encoding="utf-8"))
    document["term"] = {channel: {"amount": 40, "unit": "working_day"} for channel in document["term"]}
    file.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False), encoding="utf-8")
    procedures.load_catalogue(tmp_path, now=MORNING + timedelta(minutes=1))

    promised = dossier.due_at.astimezone(VN).date() + timedelta(days=7)
    moved = extension.extend(office.officer, dossier.id, "Chờ xác minh", promised, now=MORNING)
    examination.ask_for_more(office.officer, dossier.id, [{"paper": "", "text": "mờ"}], now=MORNING)
    back = supplement.add_supplement(office.owner, dossier.id, "Có đây", now=MORNING + timedelta(hours=1))

    newer = testing.accepted(office, testing.POOR)
    assert back.version_id == dossier.version_id != newer.version_id
    assert (back.due_at, back.first_due_at) == (moved.due_at, dossier.due_at)
    assert newer.due_at is not None
    assert back.due_at is not None
    assert newer.due_at > back.due_at
