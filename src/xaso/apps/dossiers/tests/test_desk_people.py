"""Who stands at the counter: one card, two cards, a card and another name, a number that is none, and what she is told."""

from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client

from xaso.apps.dossiers import testing
from xaso.apps.dossiers.access import subject_of, visible_to
from xaso.apps.dossiers.actions import intake
from xaso.apps.dossiers.models import Dossier, Draft
from xaso.apps.dossiers.testing import Office
from xaso.apps.dossiers.tests.desk_samples import CARD, COPIES, begun, text
from xaso.apps.notices import facade as notices
from xaso.apps.people import testing as build
from xaso.platform import clock, outbox

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(office: Office, client: Client) -> Client:
    client.force_login(get_user_model().objects.get(pk=str(office.desk.account_id)))
    return client


def known(office: Office, name: str, **facts: str) -> Any:
    """Return a citizen whom the commune knows."""
    return build.citizen_of(office.commune_id, name, **facts)


def card_of(citizen: Any) -> str:
    return f"{citizen.personal_number}||{citizen.full_name}|05111988|Nữ|Thôn Nậm Ké, xã Bảo Nhai|01012022"


def applicant_typed(**changed: str) -> dict[str, str]:
    """Return the applicant's fields as the page would send them now."""
    kept = Draft.objects.get().applicant
    return {name: kept[name] for name in ("name", "personal_number", "phone", "email", "address")} | changed


def test_the_card_of_a_known_citizen_makes_her_the_owner(office: Office, desk: Client) -> None:
    citizen, page = known(office, "Hoàng Kiên"), begun(desk)
    desk.post(page, {"do": "read_card", "card_text": card_of(citizen)})
    desk.post(page, COPIES | applicant_typed() | {"do": "take_in"})

    assert Dossier.objects.get().citizen_id == citizen.id


@pytest.mark.parametrize("typed", [{"name": "Lù Thị Khác"}, {"personal_number": "999188005555"}], ids=["name", "number"])
def test_whoever_is_typed_over_the_card_of_another_is_not_tied_to_her(office: Office, desk: Client, typed: dict[str, str]) -> None:
    citizen, page = known(office, "Hoàng Kiên"), begun(desk)
    desk.post(page, {"do": "read_card", "card_text": card_of(citizen)})
    desk.post(page, COPIES | applicant_typed(**typed) | {"do": "take_in"})
    dossier = Dossier.objects.get()

    assert dossier.citizen_id is None
    assert not Dossier.objects.filter(visible_to(build.actor_for_citizen(citizen)), pk=dossier.pk).exists()


def test_a_slip_of_the_finger_in_the_name_that_is_mended_keeps_her_the_owner(office: Office, desk: Client) -> None:
    citizen, page = known(office, "Hoàng Kiên"), begun(desk)
    desk.post(page, {"do": "read_card", "card_text": card_of(citizen)})
    desk.post(f"{page}luu/", applicant_typed(name="Hoàng Kiê"))
    assert Draft.objects.get().applicant["citizen_id"] is None
    desk.post(f"{page}luu/", applicant_typed(name="Hoàng Kiên"))

    assert Draft.objects.get().applicant["citizen_id"] == str(citizen.id)


def test_a_second_card_takes_the_place_of_the_first(office: Office, desk: Client) -> None:
    first, second = known(office, "Hoàng Kiên", phone="0911000001", ethnicity="Tày"), known(office, "Sùng Thị Bê", phone="")
    page = begun(desk, testing.MARITAL)
    desk.post(page, {"do": "read_card", "card_text": card_of(first)})
    draft = Draft.objects.get()
    assert (draft.applicant["phone"], draft.applicant["citizen_id"]) == ("0911000001", str(first.id))
    assert "Hoàng Kiên" in str(draft.answers)
    desk.post(page, applicant_typed() | {"do": "read_card", "card_text": card_of(second)})
    draft = Draft.objects.get()

    assert (draft.applicant["name"], draft.applicant["phone"], draft.applicant["citizen_id"]) == ("Sùng Thị Bê", "", str(second.id))
    assert "Sùng Thị Bê" in str(draft.answers)
    for of_the_first in ("Hoàng Kiên", first.personal_number, "Tày"):
        assert of_the_first not in str(draft.answers)


def test_a_phone_typed_by_hand_outlives_the_second_card_and_is_doubted(office: Office, desk: Client) -> None:
    page = begun(desk)
    desk.post(page, {"do": "read_card", "card_text": CARD})
    other = CARD.replace("999188001234", "999188005555").replace("Giàng Thị Mỷ", "Sùng Thị Bê")
    answer = desk.post(page, applicant_typed(phone="0912345678") | {"do": "read_card", "card_text": other}, follow=True)

    assert Draft.objects.get().applicant["phone"] == "0912345678"
    assert "gõ từ trước vẫn còn" in text(answer)


def test_the_phone_of_the_card_under_another_name_is_doubted(office: Office, desk: Client) -> None:
    citizen, page = known(office, "Hoàng Kiên", phone="0911000001"), begun(desk)
    desk.post(page, {"do": "read_card", "card_text": card_of(citizen)})
    came = desk.post(f"{page}luu/", applicant_typed(name="Lù Thị Khác")).json()
    assert "lấy theo thẻ của Hoàng Kiên" in came["contact"]
    came = desk.post(f"{page}luu/", applicant_typed(phone="0911000002")).json()

    assert "Hoàng Kiên" not in came["contact"]


@pytest.mark.parametrize("typed", ["12345", "99918800123x", "9991880012345", "９９９"])
def test_a_number_that_is_none_stays_as_typed_and_is_refused_at_its_field(desk: Client, typed: str) -> None:
    answer = desk.post(begun(desk), COPIES | {"do": "take_in", "personal_number": typed})

    assert answer.status_code == 409
    assert 'href="#c-personal_number"' in text(answer)
    assert f'value="{typed}"' in text(answer)
    assert not Dossier.objects.exists()


def test_a_number_set_apart_by_blanks_is_a_number(desk: Client) -> None:
    desk.post(begun(desk), COPIES | {"do": "take_in", "personal_number": "999 188 001 234"})

    assert Dossier.objects.get().applicant_personal_number == "999188001234"


def test_who_can_be_reached_by_nothing_is_pointed_out_before_and_after(desk: Client) -> None:
    page = begun(desk)
    assert desk.get(page).context["out_of_reach"] == ""
    assert "không tra cứu hồ sơ được" in desk.post(f"{page}luu/", COPIES | {"phone": ""}).json()["contact"]
    assert "không tra cứu" not in desk.post(f"{page}luu/", COPIES).json()["contact"]
    answer = desk.post(page, COPIES | {"phone": "", "do": "take_in"}, follow=True)

    assert "không tra cứu hồ sơ được" in text(answer)
    assert Dossier.objects.get().state == "accepted"


def told(dossier: Dossier) -> list[str]:
    """Let the facts be heard; return what the applicant was told."""
    outbox.relay(now=clock.now())
    return [line.body for line in notices.messages_about(dossier.commune_id, subject_of(dossier.id))]


def test_a_walk_in_is_told_once_and_in_vietnamese_whatever_the_official_reads(desk: Client) -> None:
    desk.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = begun(desk)
    assert '<html lang="en">' in text(desk.get(page))
    desk.post(page, COPIES | {"do": "take_in"})
    (message,) = told(Dossier.objects.get())

    assert "đã được tiếp nhận" in message


def test_who_files_online_is_told_of_the_filing_and_of_the_acceptance(office: Office) -> None:
    dossier = testing.submitted(office, channel="online", phone="0912345678")
    intake.accept(office.desk, dossier.id, now=clock.now())

    assert len(told(dossier)) == 2
