"""Applications that nobody goes on with for long have had their time; their papers go with them, dossiers stay."""

from datetime import timedelta

import pytest

from xaso.apps.dossiers import testing
from xaso.apps.dossiers.actions import drafts
from xaso.apps.dossiers.models import Attachment, Dossier, Draft
from xaso.apps.dossiers.shapes import Applicant
from xaso.apps.dossiers.testing import COPY, MORNING, Office
from xaso.platform.personal_data import Ending, holdings
from xaso.platform.tests.file_samples import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return testing.office()


def ending() -> Ending:
    holding = holdings.find("dossiers.Draft")
    assert holding is not None
    assert holding.ending is not None
    return holding.ending


def test_a_draft_left_alone_for_half_a_year_goes_with_its_papers(office: Office) -> None:
    who = Applicant(name="Giàng A Pao", citizen_id=office.owner.citizen_id)
    draft = drafts.start_draft(office.owner, COPY, who, channel="online", on=MORNING.date(), now=MORNING)
    drafts.add_paper(office.owner, draft.id, "other", pdf(), name="a.pdf", source="phone", now=MORNING)
    testing.submitted(office)
    held = Dossier.objects.count()

    early = ending().rows(office.commune_id, MORNING + timedelta(days=180))
    assert list(early) == []
    late = ending().rows(office.commune_id, MORNING + timedelta(days=180, seconds=1))
    assert [one.pk for one in late] == [draft.pk]
    erase = ending().erase
    assert erase is not None
    erase(late)

    assert not Draft.objects.filter(pk=draft.pk).exists()
    assert not Attachment.objects.filter(name="a.pdf").exists()
    assert Dossier.objects.count() == held
