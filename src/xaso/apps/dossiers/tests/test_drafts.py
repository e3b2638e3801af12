"""Drafts: nothing typed is lost, nobody else's is touched, and submitting makes one dossier however often it is done."""

from typing import Any

import pytest

from xaso.apps.audit import facade as audit
from xaso.apps.dossiers import queries, testing
from xaso.apps.dossiers.actions import drafts, examination, supplement
from xaso.apps.dossiers.models import Attachment, Dossier, Draft, Step
from xaso.apps.dossiers.shapes import Applicant
from xaso.apps.dossiers.testing import BIRTH, COPY, MORNING, Office
from xaso.kernel.errors import Refusal
from xaso.platform.tests.file_samples import photo

DOCUMENTS: dict[str, Any] = {"documents": [{"name": "Căn cước", "pages": 1, "copies": 2}]}


def begun(office: Office, code: str = COPY, **answers: Any) -> Draft:
    """Return a draft of the office's citizen with answers."""
    applicant = Applicant(name="Giàng A Pao", phone="0912345678", citizen_id=office.owner.citizen_id)
    draft = drafts.start_draft(office.owner, code, applicant, channel="online", on=MORNING.date(), now=MORNING)
    return drafts.save_answers(office.owner, draft.id, answers, screen="giay-to", now=MORNING)


@pytest.fixture
def office(db: None) -> Office:
    return testing.office()


def test_answers_of_a_screen_replace_their_own_clear_what_was_emptied_and_leave_the_rest(office: Office) -> None:
    draft = begun(office, **DOCUMENTS, purpose="Xin việc")

    saved = drafts.save_answers(office.owner, draft.id, {"note": "gấp"}, screen="muc-dich", now=MORNING, cleared={"purpose"})

    assert saved.answers == {**DOCUMENTS, "note": "gấp"}
    assert saved.screen == "muc-dich"


def test_submitting_twice_makes_one_dossier_and_one_step(office: Office) -> None:
    draft = begun(office, **DOCUMENTS)

    first = drafts.submit(office.owner, draft.id, language="vi", now=MORNING)
    second = drafts.submit(office.owner, draft.id, language="vi", now=MORNING)

    assert first.id == second.id == draft.id
    assert (Dossier.objects.count(), Step.objects.count()) == (1, 1)


def test_answers_are_checked_again_when_submitted_and_the_draft_stays(office: Office) -> None:
    draft = begun(office, documents=[{"name": "Căn cước", "pages": "ba", "copies": 2}])

    with pytest.raises(Refusal, match=r"dossiers\.answers_invalid"):
        drafts.submit(office.owner, draft.id, language="vi", now=MORNING)

    assert not Dossier.objects.exists()
    assert Draft.objects.get(pk=draft.pk).submitted_at is None


def test_a_missing_paper_is_named_and_the_draft_stays(office: Office) -> None:
    answers = testing.filing(office, BIRTH).answers
    draft = begun(office, BIRTH, **answers)

    with pytest.raises(Refusal, match=r"dossiers\.papers_missing") as caught:
        drafts.submit(office.owner, draft.id, language="vi", now=MORNING)

    assert caught.value.params["paper_ids"] == ["birth_slip"]
    assert not Dossier.objects.exists()

    drafts.add_paper(office.owner, draft.id, "birth_slip", photo(), name="chứng sinh.jpg", source="phone", now=MORNING)
    dossier = drafts.submit(office.owner, draft.id, language="vi", now=MORNING)
    assert Attachment.objects.get(dossier=dossier).paper_id == "birth_slip"


def test_the_files_of_one_dossier_weigh_forty_megabytes_at_most(office: Office) -> None:
    draft = begun(office, **DOCUMENTS)
    kept = drafts.add_paper(office.owner, draft.id, "original", photo(), name="1.jpg", source="phone", now=MORNING)
    kept.file.size_bytes = drafts.DOSSIER_LIMIT_BYTES - 100
    kept.file.save(update_fields=["size_bytes"])

    with pytest.raises(Refusal, match=r"dossiers\.too_heavy") as caught:
        drafts.add_paper(office.owner, draft.id, "original", photo(), name="2.jpg", source="phone", now=MORNING)

    assert caught.value.params == {"limit": 40}
    assert Attachment.objects.count() == 1


def test_a_paper_of_another_procedure_is_not_taken(office: Office) -> None:
    draft = begun(office, **DOCUMENTS)

    with pytest.raises(Refusal, match=r"dossiers\.paper_unknown"):
        drafts.add_paper(office.owner, draft.id, "birth_slip", photo(), name="1.jpg", source="phone", now=MORNING)

    assert not Attachment.objects.exists()


@pytest.mark.parametrize("who", ["stranger", "desk", "officer"])
def test_nobody_else_reads_or_changes_a_draft(office: Office, who: str) -> None:
    draft = begun(office, **DOCUMENTS)
    other = getattr(office, who)

    for touch in (
        lambda: queries.get_draft(other, draft.id),
        lambda: drafts.save_answers(other, draft.id, {"documents": []}, screen="", now=MORNING),
        lambda: drafts.add_paper(other, draft.id, "original", photo(), name="1.jpg", source="phone", now=MORNING),
        lambda: drafts.submit(other, draft.id, language="vi", now=MORNING),
        lambda: drafts.discard_draft(other, draft.id),
    ):
        with pytest.raises(Refusal, match=r"dossiers\.draft_not_found"):
            touch()

    assert Draft.objects.get().answers == DOCUMENTS
    assert not Attachment.objects.exists()
    assert queries.my_drafts(other) == []


def test_a_draft_that_nobody_typed_into_is_gone_on_with_but_not_listed(office: Office) -> None:
    applicant = Applicant(name="Giàng A Pao", citizen_id=office.owner.citizen_id)
    draft = drafts.start_draft(office.owner, COPY, applicant, channel="online", on=MORNING.date(), now=MORNING)

    assert queries.my_drafts(office.owner) == []
    assert queries.untouched_draft(office.owner, draft.version_id) == draft


def test_papers_that_come_and_go_leave_their_traces(office: Office) -> None:
    dossier = testing.examining(office)
    examination.ask_for_more(office.officer, dossier.id, [{"paper": "", "text": "thiếu"}], now=MORNING)
    added = supplement.attach(office.owner, dossier.id, "other", photo(), name="a.jpg", source="phone", now=MORNING)
    supplement.remove_attachment(office.owner, dossier.id, added.id, now=MORNING)
    supplement.remove_attachment(office.owner, dossier.id, added.id, now=MORNING)

    verbs = [line.verb for line in audit.history_of(f"dossier:{dossier.id}")]
    assert verbs.count("dossiers.attach") == verbs.count("dossiers.remove_attachment") == 1
