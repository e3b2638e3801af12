"""A procedure that needs a level of electronic identity: who has less is led to it and back, and keeps all that was typed."""

from dataclasses import replace

import pytest
from django.test import Client

from xaso.apps.dossiers import testing
from xaso.apps.dossiers.actions import drafts, filing
from xaso.apps.dossiers.models import Dossier, Draft
from xaso.apps.dossiers.testing import COPY, MORNING, Office, account_of, item
from xaso.apps.dossiers.tests.test_arrivals import send
from xaso.apps.dossiers.tests.test_filing_pages import BACKEND, ROW, begin
from xaso.apps.people import testing as people
from xaso.apps.procedures import facade as procedures
from xaso.kernel.errors import Refusal
from xaso.platform.tests.file_samples import photo

pytestmark = pytest.mark.django_db
NEEDED = "cần định danh điện tử mức 2"


@pytest.fixture(autouse=True)
def needs_level_2(office: Office) -> None:
    ground = procedures.Ground(valid_from=MORNING.date().replace(month=1), source="thử")
    procedures.set_identity_level(office.administrator, COPY, "2", ground, now=MORNING)


def browser(office: Office, level: int) -> Client:
    """Return a browser in which the owner signed in at the level."""
    client = Client()
    client.force_login(account_of(office.owner), backend=BACKEND)
    session = client.session
    session["identity_level"] = level
    session.save()
    return client


def filled(client: Client) -> str:
    """Fill an application in as far as its last screen; returns that screen's address."""
    base = begin(client)
    client.post(base + "giay-to/", ROW)
    return base + "kiem-tra/"


@pytest.mark.parametrize("level", [0, 1])
def test_who_has_less_is_told_before_typing_and_cannot_submit_what_she_typed(office: Office, level: int) -> None:
    client = browser(office, level)

    first = client.get(f"/nop-ho-so/{COPY}/").content.decode()
    check = filled(client)
    page = client.get(check).content.decode()
    answer = client.post(check, {"agree": "yes"})

    for shown in (first, page):
        assert NEEDED in shown
        assert "/dang-nhap/dinh-danh/?muc=2&amp;next=%2Fnop-ho-so%2F" in shown
    assert (answer.status_code, NEEDED in answer.content.decode()) == (422, True)
    assert not Dossier.objects.exists()
    assert Draft.objects.get().answers["documents"] == [{"name": "Căn cước", "pages": 1, "copies": 2}]


def test_after_the_step_up_the_same_filled_form_is_filed(office: Office) -> None:
    check = filled(browser(office, 1))
    client = browser(office, 2)

    page = client.get(check).content.decode()
    client.post(check, {"agree": "yes"})

    assert NEEDED not in page
    assert Dossier.objects.get().pk == Draft.objects.get().pk


def test_the_desk_and_programs_ask_for_no_level(office: Office) -> None:
    applicant = testing.filing(office).applicant
    draft = drafts.start_draft(office.desk, COPY, applicant, channel="counter", on=MORNING.date(), now=MORNING)
    drafts.save_answers(office.desk, draft.id, testing.filing(office).answers, screen="", now=MORNING)
    drafts.note_papers(office.desk, draft.id, {"original": {"kind": "original", "count": 1}}, now=MORNING)

    assert drafts.submit(office.desk, draft.id, language="vi", now=MORNING).pk == draft.id
    program = replace(office.desk, kind="token")
    assert filing.file_dossier(program, testing.filing(office, channel="online"), now=MORNING).channel == "online"


def test_a_phone_tied_at_a_lower_level_delivers_what_then_waits_for_her_look(office: Office) -> None:
    low, high = people.enrolled(replace(office.owner, identity_level=1)), people.enrolled(replace(office.owner, identity_level=2))

    told = send(item(office, photo=photo()), low).json()

    assert (told["state"], [NEEDED in fault["said"] for fault in told["faults"]]) == ("look", [True])
    assert (Dossier.objects.count(), Draft.objects.get().citizen_id) == (0, office.owner.citizen_id)
    assert send(item(office, photo=photo()), high).json()["state"] == "received"


def test_a_refused_submission_says_which_level(office: Office) -> None:
    draft_id = filled(browser(office, 1)).split("/")[3]

    with pytest.raises(Refusal, match=r"dossiers\.identity_too_low") as refused:
        drafts.submit(replace(office.owner, identity_level=1), Draft.objects.get(pk=draft_id).id, language="vi", now=MORNING)

    assert refused.value.params["level"] == 2
