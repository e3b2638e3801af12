"""Open work goes from one official to another: by whom, to whom, with its step; and nobody leaves with it unnoticed."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from xaso.apps.audit import facade as audit
from xaso.apps.dossiers import queries, testing
from xaso.apps.dossiers.actions import examination
from xaso.apps.dossiers.actions.passing_on import PassedOn, pass_on
from xaso.apps.dossiers.models import Dossier, Step
from xaso.apps.dossiers.orphans import passing_on_standing
from xaso.apps.dossiers.testing import MORNING, POOR, Office
from xaso.apps.people import facade
from xaso.apps.people import testing as people
from xaso.apps.people.facade import Role
from xaso.kernel.errors import Refusal
from xaso.platform import clock
from xaso.platform.actor import Actor
from xaso.platform.tests.page_forms import HOSTILE, RAW

NOTE = "Nghỉ thai sản từ 20/11, còn chờ xác minh."
LATER = MORNING + timedelta(hours=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(office: Office) -> Actor:
    return people.actor_for(people.staff_of(office.commune_id, Role.CASE_OFFICER, title="Công chức hộ tịch"))


def client_of(actor: Actor) -> Client:
    assert actor.account_id is not None
    client = Client()
    client.force_login(get_user_model().objects.get(pk=actor.account_id))
    return client


def given(actor: Actor, giver: Actor, receiver: Actor, *dossiers: Dossier, note: str = NOTE) -> PassedOn:
    assert giver.account_id is not None
    assert receiver.account_id is not None
    return pass_on(actor, giver.account_id, receiver.account_id, [one.id for one in dossiers], note, now=LATER)


def post_of(office: Office, actor: Actor) -> facade.Post:
    return next(post for post in facade.posts(office.commune_id) if post.account_id == actor.account_id)


def holder_of(dossier: Dossier) -> object:
    return Dossier.objects.get(pk=dossier.pk).assignee_id


def test_chosen_dossiers_go_on_each_with_its_step_and_trace(office: Office, colleague: Actor) -> None:
    one, other, kept = (testing.examining(office, POOR) for _number in range(3))
    examination.ask_for_more(office.officer, other.id, [{"paper": "", "text": "mờ"}], now=MORNING)

    assert given(office.officer, office.officer, colleague, one, other) == PassedOn(2, 0)

    assert [holder_of(dossier) for dossier in (one, other, kept)] == [colleague.account_id, colleague.account_id, office.officer.account_id]
    step = Step.objects.filter(dossier=one).last()
    assert step is not None
    assert (step.verb, step.from_state, step.to_state, step.note) == ("pass_on", "examining", "examining", NOTE)
    assert (step.data["from"], step.data["to"]) == (office.officer.name, f"{colleague.name}, Công chức hộ tịch")
    assert "dossiers.pass_on" in [entry.verb for entry in audit.history_of(f"dossier:{one.id}")]


def test_the_receiver_sees_from_whom_until_somebody_works_on_it(office: Office, colleague: Actor) -> None:
    dossier = testing.examining(office, POOR)
    given(office.officer, office.officer, colleague, dossier)
    page = client_of(colleague).get("/can-bo/").content.decode()
    assert f"Được bàn giao từ {office.officer.name}" in page
    assert dossier.code not in client_of(office.officer).get("/can-bo/").content.decode()

    examination.ask_for_more(colleague, dossier.id, [{"paper": "", "text": "mờ"}], now=LATER)

    assert queries.newly_passed_on(colleague, [Dossier.objects.get(pk=dossier.pk)]) == {}
    history = client_of(colleague).get(f"/ho-so/{dossier.code}/").content.decode()
    assert NOTE in history
    assert "Bàn giao" in history


@pytest.mark.parametrize("head", [Role.CENTRE_HEAD, Role.ADMINISTRATOR])
def test_who_heads_hands_over_the_work_of_others(office: Office, colleague: Actor, head: Role) -> None:
    dossier = testing.examining(office, POOR)
    actor = people.actor_for(people.staff_of(office.commune_id, head))

    assert given(actor, office.officer, colleague, dossier) == PassedOn(1, 0)
    assert holder_of(dossier) == colleague.account_id


def test_nobody_else_does(office: Office, colleague: Actor) -> None:
    dossier = testing.examining(office, POOR)
    elsewhere = people.actor_for(people.staff(people.commune(), Role.ADMINISTRATOR))

    for actor in (colleague, office.desk, office.signer, office.owner, office.stranger):
        with pytest.raises(Refusal, match="not_found"):
            given(actor, office.officer, colleague, dossier)
    with pytest.raises(Refusal):
        given(elsewhere, office.officer, colleague, dossier)

    assert holder_of(dossier) == office.officer.account_id
    assert not Step.objects.filter(verb="pass_on").exists()


def test_only_another_who_examines_cases_here_receives(office: Office) -> None:
    dossier = testing.examining(office, POOR)
    elsewhere = people.actor_for(people.staff(people.commune(), Role.CASE_OFFICER))

    for receiver in (office.desk, office.signer, office.officer, office.owner, elsewhere):
        with pytest.raises(Refusal, match="receiver_wrong"):
            given(office.officer, office.officer, receiver, dossier)
    assert holder_of(dossier) == office.officer.account_id


def test_without_a_note_or_a_choice_nothing_goes_on(office: Office, colleague: Actor) -> None:
    dossier = testing.examining(office, POOR)
    with pytest.raises(Refusal, match="note_missing"):
        given(office.officer, office.officer, colleague, dossier, note="  ")
    with pytest.raises(Refusal, match="none_chosen"):
        given(office.officer, office.officer, colleague)
    assert holder_of(dossier) == office.officer.account_id


def test_pressed_twice_it_goes_on_once_and_of_two_heads_the_first_decides(office: Office, colleague: Actor) -> None:
    third = people.actor_for(people.staff_of(office.commune_id, Role.CASE_OFFICER))
    dossier, other = testing.examining(office, POOR), testing.examining(office, POOR)
    given(office.officer, office.officer, colleague, dossier)

    with pytest.raises(Refusal, match="all_gone"):
        given(office.officer, office.officer, colleague, dossier)
    assert given(office.administrator, office.officer, third, dossier, other) == PassedOn(1, 1)

    assert (holder_of(dossier), holder_of(other)) == (colleague.account_id, third.account_id)
    assert Step.objects.filter(dossier=dossier, verb="pass_on").count() == 1


def test_what_is_finished_is_nobodys_open_work(office: Office, colleague: Actor) -> None:
    dossier = testing.examining(office, POOR)
    examination.withdraw(office.desk, dossier.id, "thôi", now=MORNING)
    with pytest.raises(Refusal, match="all_gone"):
        given(office.officer, office.officer, colleague, dossier)


def test_the_page_hands_over_and_keeps_what_was_typed(office: Office, colleague: Actor) -> None:
    dossier = testing.examining(office, POOR)
    officer = client_of(office.officer)
    sent = {"giver": office.officer.account_id, "receiver": "", "note": NOTE, "dossier": [str(dossier.id)]}

    wrong = officer.post("/ban-giao/", sent)
    assert wrong.status_code == 409
    assert NOTE in wrong.content.decode()
    assert 'href="#nguoi-nhan"' in wrong.content.decode()

    done = officer.post("/ban-giao/", sent | {"receiver": colleague.account_id}, follow=True).content.decode()
    assert "Đã bàn giao 1 hồ sơ." in done
    assert "không giữ hồ sơ nào chưa xong" in done
    assert holder_of(dossier) == colleague.account_id


def test_an_officer_opens_no_other_officers_list(office: Office, colleague: Actor) -> None:
    testing.examining(office, POOR)
    assert client_of(colleague).get(f"/ban-giao/?tu={office.officer.account_id}").status_code == 404
    assert client_of(colleague).get(f"/ban-giao/?tu={uuid4()}").status_code == 404


def test_the_administrator_hands_over_without_seeing_whose_dossiers_they_are(office: Office, colleague: Actor) -> None:
    dossier = testing.examining(office, POOR)
    page = client_of(office.administrator).get(f"/ban-giao/?tu={office.officer.account_id}").content.decode()
    assert dossier.code in page
    assert dossier.applicant_name not in page


def test_ending_a_post_leads_to_the_open_work_left_behind(office: Office, colleague: Actor) -> None:
    testing.examining(office, POOR)
    post = post_of(office, office.officer)
    administrator = client_of(office.administrator)
    assert passing_on_standing(office.commune_id).tone == "la"

    answer = administrator.post(f"/quan-tri/can-bo/{post.id}/ket-thuc/")

    assert answer["Location"] == f"/ban-giao/?tu={office.officer.account_id}"
    page = administrator.get(answer["Location"]).content.decode()
    assert "còn 1 việc chưa xong" in page
    assert "cần bàn giao ngay" in page
    assert passing_on_standing(office.commune_id).tone == "nghe"
    assert "1 hồ sơ ở người đã thôi vị trí" in administrator.get("/quan-tri/").content.decode()


def test_giving_the_post_to_another_leads_there_too_and_without_open_work_does_not(office: Office, colleague: Actor) -> None:
    testing.examining(office, POOR)
    administrator = client_of(office.administrator)

    mine, other = post_of(office, office.officer).id, post_of(office, colleague).id
    idle = administrator.post(f"/quan-tri/can-bo/{other}/giao/", {"holder": ""})
    busy = administrator.post(f"/quan-tri/can-bo/{mine}/giao/", {"holder": str(office.desk.account_id)})

    assert idle["Location"] == f"/quan-tri/can-bo/{other}/"
    assert busy["Location"] == f"/ban-giao/?tu={office.officer.account_id}"


def test_a_hostile_note_is_shown_as_text(office: Office, colleague: Actor) -> None:
    dossier = testing.examining(office, POOR, now=clock.now())
    given(office.officer, office.officer, colleague, dossier, note=HOSTILE)
    html = client_of(colleague).get(f"/ho-so/{dossier.code}/").content.decode()
    assert [raw for raw in RAW if raw in html] == []
    assert Step.objects.get(verb="pass_on").note == HOSTILE
    assert client_of(colleague).get(f"/ho-so/{dossier.code}/phieu-kiem-soat/").content.startswith(b"%PDF")
