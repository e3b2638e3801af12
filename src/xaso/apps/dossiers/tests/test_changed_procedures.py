"""A later edition of a procedure, or its last day, while applications are in hand: people are told, no rule that is over counts."""

import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from pytest_django import DjangoAssertNumQueries

from xaso.apps.dossiers import testing
from xaso.apps.dossiers.actions import drafts, intake
from xaso.apps.dossiers.actions.renewing import carry_over, later_version
from xaso.apps.dossiers.models import Attachment, Dossier, Draft
from xaso.apps.dossiers.pages.journey import begun_shown
from xaso.apps.dossiers.shapes import Applicant
from xaso.apps.dossiers.telling_drafts import tell_changed_now
from xaso.apps.dossiers.testing import COPY, MORNING, Office
from xaso.apps.dossiers.tests.test_filing_pages import account_of, client_of
from xaso.apps.notices import facade as notices
from xaso.apps.procedures import facade as procedures
from xaso.kernel.errors import Refusal
from xaso.platform.tests.file_samples import photo

CHANGES_ON = date(2026, 11, 20)
AFTER = MORNING + timedelta(days=1)
NOTED = {"original": {"kind": "shown", "count": 1}}

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(db: None) -> Office:
    return testing.office()


def _change(folder: Path, **changes: Any) -> None:
    """Load the catalogue with another edition of certified copies beside the one that counts, or with changes to it."""
    shutil.copytree(settings.CATALOGUE_DIR, folder, dirs_exist_ok=True)
    (file,) = folder.rglob(f"{COPY}-*.yaml")
    document = yaml.safe_load(file.read_text(encoding="utf-8")) | changes
    file.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False), encoding="utf-8")
    procedures.load_catalogue(folder, now=MORNING + timedelta(minutes=2))


def _later_edition(folder: Path) -> None:
    _change(folder, valid_from=CHANGES_ON.isoformat())


def _begun(office: Office, *, channel: str = "online") -> Draft:
    applicant = Applicant(name="Giàng A Pao", phone="0912345678", citizen_id=office.owner.citizen_id)
    actor = office.owner if channel == "online" else office.desk
    draft = drafts.start_draft(actor, COPY, applicant, channel=channel, on=MORNING.date(), now=MORNING)
    drafts.note_papers(actor, draft.id, NOTED, now=MORNING)
    answers = testing.filing(office).answers
    return drafts.save_answers(actor, draft.id, answers, screen="", now=MORNING + timedelta(minutes=1))


def _told(office: Office, draft: Draft) -> list[str]:
    return [one.body for one in notices.messages_about(office.commune_id, f"draft:{draft.id}")]


def test_after_a_later_edition_holds_a_draft_is_not_filed_under_the_earlier_one(office: Office, tmp_path: Path) -> None:
    draft = _begun(office, channel="counter")
    _later_edition(tmp_path)

    with pytest.raises(Refusal, match=r"dossiers\.procedure_changed"):
        drafts.submit(office.desk, draft.id, language="vi", now=AFTER)
    assert not Dossier.objects.exists()
    assert Draft.objects.get(pk=draft.pk).answers == draft.answers

    carried = carry_over(office.desk, draft.id, now=AFTER)
    dossier = drafts.submit(office.desk, draft.id, language="vi", now=AFTER)

    assert carried is not None
    assert carried.answers == draft.answers
    assert procedures.get_version(dossier.version_id).valid_from == CHANGES_ON
    assert carry_over(office.desk, _begun(office, channel="counter").id, now=MORNING) is None


def test_before_the_later_edition_holds_and_for_what_was_filed_the_earlier_one_counts(office: Office, tmp_path: Path) -> None:
    filed, draft = _begun(office, channel="counter"), _begun(office, channel="counter")
    dossier = drafts.submit(office.desk, filed.id, language="vi", now=MORNING)
    _later_edition(tmp_path)

    assert later_version(draft, on=MORNING.date()) is None
    assert drafts.submit(office.desk, draft.id, language="vi", now=MORNING).version_id == dossier.version_id
    accepted = intake.accept(office.desk, dossier.id, now=AFTER)
    assert procedures.get_version(accepted.version_id).valid_from < CHANGES_ON


def test_what_is_no_longer_asked_goes_and_no_file_is_lost(office: Office, tmp_path: Path) -> None:
    draft = _begun(office)
    drafts.save_answers(office.owner, draft.id, {"of_old": "x"}, screen="", now=MORNING)
    drafts.add_paper(office.owner, draft.id, "original", photo(), name="a.jpg", source="phone", now=MORNING)
    shutil.copytree(settings.CATALOGUE_DIR, tmp_path, dirs_exist_ok=True)
    (file,) = tmp_path.rglob(f"{COPY}-*.yaml")
    papers = yaml.safe_load(file.read_text(encoding="utf-8"))["papers"]
    _change(tmp_path, valid_from=CHANGES_ON.isoformat(), papers=[papers[0] | {"id": "another"}, *papers[1:]])

    carried = carry_over(office.owner, draft.id, now=AFTER)

    assert carried is not None
    assert "of_old" not in carried.answers
    assert carried.papers == {}
    assert Attachment.objects.get(draft=draft).paper_id == "other"


def test_who_has_a_draft_in_hand_is_told_once_when_the_later_edition_holds(office: Office, tmp_path: Path) -> None:
    draft, at_desk = _begun(office), _begun(office, channel="counter")
    applicant = Applicant(name="A", phone="0912345678", citizen_id=office.owner.citizen_id)
    untouched = drafts.start_draft(office.owner, COPY, applicant, channel="online", on=MORNING.date(), now=MORNING)
    _later_edition(tmp_path)

    assert tell_changed_now(MORNING + timedelta(hours=1)) == 0
    assert (tell_changed_now(AFTER), tell_changed_now(AFTER)) == (1, 0)

    (told,) = _told(office, draft)
    assert "co ban moi" in told
    assert _told(office, at_desk) == _told(office, untouched) == []


def test_while_no_edition_changed_no_draft_is_looked_at_however_many_there_are(
    office: Office, tmp_path: Path, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    begun = [_begun(office) for _draft in range(3)]
    assert len({draft.id for draft in begun}) == 3
    tell_changed_now(MORNING + timedelta(hours=1))

    with django_assert_num_queries(1):
        assert tell_changed_now(MORNING + timedelta(hours=1)) == 0

    _later_edition(tmp_path)
    assert tell_changed_now(AFTER) == 3
    with django_assert_num_queries(3) as asked:
        assert tell_changed_now(AFTER) == 0
    assert not [query for query in asked.captured_queries if "answers" in query["sql"]], "who was told is not opened again"


def test_who_has_a_draft_of_a_procedure_whose_last_day_is_over_is_told_once(office: Office, tmp_path: Path) -> None:
    draft = _begun(office)
    _change(tmp_path, valid_until=MORNING.date().isoformat())
    old = procedures.current(office.commune_id, COPY, MORNING.date())
    assert old is not None
    Draft.objects.filter(pk=draft.pk).update(version_id=old.id)

    assert tell_changed_now(MORNING + timedelta(hours=1)) == 0
    assert (tell_changed_now(AFTER), tell_changed_now(AFTER)) == (1, 0)

    (told,) = _told(office, draft)
    assert "da thoi ap dung" in told
    with pytest.raises(Refusal, match=r"dossiers\.procedure_withdrawn"):
        drafts.submit(office.owner, draft.id, language="vi", now=AFTER)


def test_the_person_s_pages_carry_her_draft_over_and_say_so(office: Office, tmp_path: Path) -> None:
    draft = _begun(office)
    _change(tmp_path, valid_from="2026-11-25")
    citizen = client_of(office.owner)
    address = f"/nop-ho-so/{COPY}/{draft.id}/"
    assert begun_shown(draft, "vi")["changed"]
    assert "thủ tục có bản mới" in citizen.get("/ho-so-cua-toi/").content.decode()

    sent = citizen.post(f"{address}kiem-tra/", {"agree": "yes"})
    page = citizen.get(sent["Location"], follow=True).content.decode()

    assert not Dossier.objects.exists()
    assert "Thủ tục này có bản mới. Những gì đã ghi vẫn còn" in page
    carried = Draft.objects.get(pk=draft.pk)
    assert procedures.get_version(carried.version_id).valid_from == date(2026, 11, 25)
    assert carried.answers == draft.answers
    assert "thủ tục có bản mới" not in citizen.get("/ho-so-cua-toi/").content.decode()


def test_the_desk_s_page_carries_its_draft_over_too(office: Office, tmp_path: Path, client: Any) -> None:
    draft = _begun(office, channel="counter")
    _change(tmp_path, valid_from="2026-11-25")
    client.force_login(account_of(office.desk))
    assert "thủ tục có bản mới" in client.get("/mot-cua/").content.decode()

    page = client.get(f"/mot-cua/ban/{draft.id}/").content.decode()

    assert "Thủ tục này có bản mới" in page
    assert procedures.get_version(Draft.objects.get(pk=draft.pk).version_id).valid_from == date(2026, 11, 25)
