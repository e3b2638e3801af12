"""Warning of duplicates: by which signs, for whom, at intake and on the case; side by side; “không trùng”."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from xaso.apps.audit import facade as audit
from xaso.apps.dossiers import queries, testing
from xaso.apps.dossiers.actions import drafts, examination, intake
from xaso.apps.dossiers.actions.not_duplicate import say_not_duplicate
from xaso.apps.dossiers.duplicates import Compared, Person, shared_signs, side_by_side
from xaso.apps.dossiers.models import Dossier, NotDuplicate
from xaso.apps.dossiers.options import DUPLICATE_DAYS
from xaso.apps.dossiers.shapes import Applicant
from xaso.apps.dossiers.testing import COPY, MORNING, POOR, Office
from xaso.apps.people import testing as people
from xaso.apps.people.facade import Role
from xaso.kernel.errors import Refusal
from xaso.platform import clock
from xaso.platform.actor import Actor
from xaso.platform.tests.page_forms import HOSTILE, RAW

PAO = Person("000000000001", "giang a pao", "1990-01-01", "0912345678")


@pytest.mark.parametrize(
    ("other", "signs"),
    [
        (PAO, ("number", "name_and_birth", "phone")),
        (Person("000000000001"), ("number",)),
        (Person("", "giang a pao", "1990-01-01"), ("name_and_birth",)),
        (Person("", "giang a pao", "1991-01-01"), ()),
        (Person("", "giang a pao", ""), ()),
        (Person("", "sung thi my", "", "0912345678"), ("phone",)),
        (Person("000000000002", "giang a pao", "1990-01-01", "0912345678"), ()),
        (Person(), ()),
    ],
    ids=["all", "number", "name and birth", "born another day", "name alone", "phone", "another number", "nothing"],
)
def test_signs_of_one_person(other: Person, signs: tuple[str, ...]) -> None:
    assert shared_signs(PAO, other) == signs
    assert shared_signs(other, PAO) == signs


def test_what_is_not_known_of_both_is_no_sign() -> None:
    assert shared_signs(Person(), Person()) == ()


def test_side_by_side_keeps_the_lefts_order_and_loses_nothing() -> None:
    lines = side_by_side([("Tên", "Pao"), ("Thôn", "Bản  Lắp")], [("Thôn", "Bản Lắp"), ("Số trang", "4")])
    assert lines == [Compared("Tên", "Pao", ""), Compared("Thôn", "Bản  Lắp", "Bản Lắp"), Compared("Số trang", "", "4")]
    assert [line.differs for line in lines] == [True, False, True]


@pytest.fixture
def office(db: None) -> Office:
    return testing.office()


def client_of(actor: Actor) -> Client:
    assert actor.account_id is not None
    client = Client()
    client.force_login(get_user_model().objects.get(pk=actor.account_id))
    return client


def alike(actor: Actor, dossier: Dossier) -> list[str]:
    return [one.dossier.code for one in queries.look_alikes_of(actor, dossier, now=MORNING)]


def test_an_open_dossier_of_the_same_person_and_procedure_looks_alike(office: Office) -> None:
    first, second = testing.accepted(office), testing.submitted(office)
    testing.submitted(office, POOR)
    testing.submitted(office, name="Sùng Thị Mỷ", personal_number="000000009999", phone="0999999999", citizen_id=None)

    assert alike(office.desk, second) == [first.code]
    assert alike(office.officer, first) == [second.code]


def test_who_withdrew_or_was_refused_applies_again_without_a_warning(office: Office) -> None:
    withdrawn, refused = testing.submitted(office), testing.submitted(office)
    examination.withdraw(office.desk, withdrawn.id, "thôi", now=MORNING)
    intake.refuse(office.desk, refused.id, "sai nơi", "căn cứ", now=MORNING)

    assert alike(office.desk, testing.submitted(office)) == []


def test_what_was_solved_long_ago_is_no_duplicate(office: Office) -> None:
    testing.give_certificates(office)
    solved = testing.solved(office, POOR)
    again = testing.submitted(office, POOR)
    assert solved.solved_at is not None
    last = solved.solved_at + timedelta(days=DUPLICATE_DAYS.value())

    assert len(queries.look_alikes_of(office.desk, again, now=last)) == 1
    assert queries.look_alikes_of(office.desk, again, now=last + timedelta(seconds=1)) == []


def test_another_communes_dossiers_and_a_citizens_eyes_see_nothing(office: Office) -> None:
    dossier = testing.submitted(office)
    other = testing.submitted(office)
    elsewhere = people.commune()
    Dossier.objects.filter(pk=other.pk).update(commune_id=elsewhere.id)
    assert alike(office.desk, dossier) == []
    assert client_of(office.desk).get(f"/ho-so/{dossier.code}/trung/{other.code}/").status_code == 404

    Dossier.objects.filter(pk=other.pk).update(commune_id=office.commune_id)
    assert alike(office.owner, dossier) == []
    assert client_of(office.owner).get(f"/ho-so/{dossier.code}/trung/{other.code}/").status_code == 404


def test_no_duplicate_is_said_once_recorded_and_ends_the_warning(office: Office) -> None:
    one, other = testing.submitted(office), testing.submitted(office)

    said = say_not_duplicate(office.desk, other.id, one.id, " hai bản sao khác nhau ", now=MORNING)
    again = say_not_duplicate(office.officer, one.id, other.id, "nữa", now=MORNING)

    assert (again.pk, again.by, said.note) == (said.pk, office.desk.name, "hai bản sao khác nhau")
    assert (alike(office.desk, one), alike(office.desk, other)) == ([], [])
    assert [entry.verb for entry in audit.history_of(f"dossier:{one.id}")].count("dossiers.not_duplicate") == 1


def test_only_desk_and_officers_say_so_and_only_of_what_looks_alike(office: Office) -> None:
    one, other, unlike = testing.submitted(office), testing.submitted(office), testing.submitted(office, POOR)
    for actor, second in ((office.signer, other), (office.owner, other), (office.desk, unlike), (office.desk, one)):
        with pytest.raises(Refusal, match="not_found"):
            say_not_duplicate(actor, one.id, second.id, "", now=MORNING)
    assert not NotDuplicate.objects.exists()


def test_the_case_warns_leads_to_the_comparison_and_back(office: Office) -> None:
    one = testing.submitted(office, now=clock.now())
    other = testing.submitted(office, now=clock.now(), address="Thôn Bản Lắp")
    desk = client_of(office.desk)
    link = f"/ho-so/{one.code}/trung/{other.code}/"
    assert link in desk.get(f"/ho-so/{one.code}/").content.decode()

    page = desk.get(link).content.decode()
    assert "Thôn Bản Lắp" in page
    assert "cùng số định danh" in page
    assert 'class="khac"' in page
    assert office.owner.name in page

    back = desk.post(f"{link}khong-trung/", {"note": "khác việc"}, follow=True).content.decode()
    assert "không trùng" in back
    assert link not in back
    assert "đã ghi lúc" in desk.get(link).content.decode()


def test_the_desk_is_warned_while_it_takes_the_application_in(office: Office) -> None:
    known = testing.accepted(office)
    desk = client_of(office.desk)
    who = Applicant(name=known.applicant_name, personal_number=known.applicant_personal_number)
    draft = drafts.start_draft(office.desk, COPY, who, channel="counter", on=clock.now().date(), now=clock.now())

    page = desk.get(f"/mot-cua/ban/{draft.id}/").content.decode()

    assert "Có thể trùng" in page
    assert f'href="/ho-so/{known.code}/"' in page
    stranger = people.actor_for(people.staff(people.commune(), Role.DESK))
    assert queries.look_alikes_at_intake(stranger, COPY, who, now=MORNING) == []


def test_hostile_words_stay_words(office: Office) -> None:
    one = testing.submitted(office, name=HOSTILE, now=clock.now())
    other = testing.submitted(office, name=HOSTILE, address=HOSTILE, now=clock.now())
    desk = client_of(office.desk)
    link = f"/ho-so/{one.code}/trung/{other.code}/"
    desk.post(f"{link}khong-trung/", {"note": HOSTILE})
    for address in (link, f"/ho-so/{one.code}/"):
        assert [raw for raw in RAW if raw in desk.get(address).content.decode()] == []
    assert NotDuplicate.objects.get().note == HOSTILE
