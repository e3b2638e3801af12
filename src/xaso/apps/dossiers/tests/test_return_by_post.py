"""A result that goes home by public post: asked for at filing, posted, delivered, or brought back to the desk."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from xaso.apps.dossiers import testing
from xaso.apps.dossiers.actions import delivery, post
from xaso.apps.dossiers.contact import read_contact
from xaso.apps.dossiers.models import Dossier, Handover, Posting, Slip
from xaso.apps.dossiers.rules import national_state
from xaso.apps.dossiers.shapes import Applicant, PostedTo
from xaso.apps.dossiers.testing import COPY, MORNING, POOR, Office
from xaso.apps.notices import facade as notices
from xaso.kernel.errors import Refusal
from xaso.kernel.flow import MoveRefused
from xaso.kernel.identifiers import uuid7
from xaso.platform import clock, outbox
from xaso.platform.sheets import sheets

HOME: dict[str, Any] = {"return_by": "post", "return_address": "Thôn Nậm Đét", "return_area": "xã Nậm Đét, tỉnh Lào Cai"}
TO = PostedTo("Giàng A Pao", "Thôn Nậm Đét", "xã Nậm Đét, tỉnh Lào Cai")
HOSTILE = '#panic("x") $ ` *[a](b)* <script> {{7}} \\ \u202e' + "đ" * 200
PHONE = "0912345678"
TODAY = date(2026, 11, 20)
LATER = MORNING + timedelta(days=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    office = testing.office()
    testing.give_certificates(office)
    return office


def solved(office: Office, **facts: Any) -> Dossier:
    return testing.solved(office, POOR, phone=PHONE, **(HOME | facts))


def signed_in(actor: Any) -> Client:
    client = Client()
    client.force_login(testing.account_of(actor))
    return client


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"return_by": "post", "phone": PHONE}, {"return_address", "return_area"}),
        ({**HOME, "phone": ""}, {"phone"}),
        ({**HOME, "phone": PHONE}, set()),
        ({"return_by": "", "phone": ""}, set()),
    ],
)
def test_the_post_needs_an_address_and_a_phone(typed: dict[str, str], wrong: set[str]) -> None:
    _applicant, faults = read_contact({"name": "Pao", **typed}, Applicant(name="Pao"))

    assert set(faults) == wrong


def test_form_01_shows_the_way_of_return(office: Office) -> None:
    testing.accepted(office, COPY, phone=PHONE, **HOME)

    printed = Slip.objects.get().data
    assert "bưu chính" in printed["return_way"]
    assert printed["return_place"] == "Thôn Nậm Đét, xã Nậm Đét, tỉnh Lào Cai"


def test_a_posted_result_is_told_with_its_number_and_delivered_is_given(office: Office) -> None:
    dossier = solved(office)

    posted = post.send_by_post(office.desk, dossier.id, " ra 123 456 vn ", TO, TODAY, now=LATER)
    assert (posted.delivery_state, national_state("solved", "none", "posted")) == ("posted", 9)
    assert Posting.objects.get().tracking_number == "RA123456VN"
    while outbox.relay(LATER):
        pass
    assert any("RA123456VN" in line.body for line in notices.messages_about(office.commune_id, f"dossier:{dossier.id}"))

    given = post.note_delivered(office.desk, dossier.id, TODAY, now=LATER)
    assert given.delivery_state == "handed_over"
    assert Handover.objects.get().method == "post"


def test_what_the_post_brings_back_waits_at_the_desk_and_may_be_sent_anew(office: Office) -> None:
    dossier = solved(office)
    post.send_by_post(office.desk, dossier.id, "RA1VN", TO, TODAY, now=LATER)
    with pytest.raises(Refusal, match=r"dossiers\.reason_missing"):
        post.note_returned(office.desk, dossier.id, TODAY, " ", now=LATER)

    post.note_returned(office.desk, dossier.id, TODAY, "Không có người nhận", now=LATER)
    assert "Không có người nhận" in signed_in(office.owner).get(f"/ho-so-cua-toi/{dossier.code}/").content.decode()
    again = post.send_by_post(office.desk, dossier.id, "RA2VN", TO, TODAY, now=LATER)
    assert again.delivery_state == "posted"
    post.note_returned(office.desk, dossier.id, TODAY, "Sai địa chỉ", now=LATER)

    fetched = delivery.hand_over(office.desk, dossier.id, "Giàng A Pao", "căn cước", signed_for=True, now=LATER)
    assert fetched.delivery_state == "handed_over"
    assert [one.outcome for one in Posting.objects.all()] == ["returned", "returned"]


@pytest.mark.parametrize("day", [date(2026, 11, 18), date(2026, 11, 21)])
def test_a_day_before_the_result_or_to_come_is_refused_and_changes_nothing(office: Office, day: date) -> None:
    dossier = solved(office)

    with pytest.raises(Refusal, match=r"dossiers\.day_wrong"):
        post.send_by_post(office.desk, dossier.id, "RA1VN", TO, day, now=LATER)

    assert Dossier.objects.get().delivery_state == "ready"
    assert not Posting.objects.exists()


def test_nothing_is_posted_before_its_fee_is_settled(office: Office) -> None:
    dossier = testing.solved(office, COPY, phone=PHONE, **HOME)

    with pytest.raises(Refusal, match=r"dossiers\.payment_open"):
        post.send_by_post(office.desk, dossier.id, "RA1VN", TO, TODAY, now=LATER)
    assert Dossier.objects.get().delivery_state == "ready"


def test_a_case_officer_posts_nothing(office: Office) -> None:
    dossier = solved(office)

    with pytest.raises(MoveRefused):
        post.send_by_post(office.officer, dossier.id, "RA1VN", TO, TODAY, now=LATER)


def test_reading_the_file_on_the_phone_does_not_end_what_is_to_come_by_post(office: Office) -> None:
    dossier = solved(office)

    delivery.note_download(office.owner, dossier.id, now=LATER)

    assert Dossier.objects.get().delivery_state == "ready"


def test_the_list_and_the_labels_bear_hostile_names(office: Office) -> None:
    solved(office, name=HOSTILE[:190], return_address=HOSTILE[:290], return_area=HOSTILE[:190])
    client = signed_in(office.desk)

    page = client.get("/mot-cua/buu-chinh/").content.decode()
    labels = client.get("/mot-cua/buu-chinh/nhan.pdf")

    assert "<script>" not in page.replace("<script src", "")
    assert "&lt;script&gt;" in page
    assert labels.content.startswith(b"%PDF")


def test_the_desk_posts_from_the_page_and_wrong_words_stay_typed(office: Office) -> None:
    dossier = solved(office)
    client = signed_in(office.desk)
    address = f"/ho-so/{dossier.code}/viec/send_by_post/"
    sent = {"recipient_name": "Pao", "return_address": "Thôn Mới", "return_area": "xã Bảo Nhai", "tracking_number": "", "on": "hôm qua"}

    wrong = client.post(address, sent)
    assert wrong.status_code == 409
    assert "Thôn Mới" in wrong.content.decode()

    today = f"{clock.now():%d/%m/%Y}"
    assert client.post(address, {**sent, "tracking_number": "RA9VN", "on": today}).status_code == 302
    assert Posting.objects.get().address == "Thôn Mới"
    assert "RA9VN" in client.get("/mot-cua/buu-chinh/?hang=posted").content.decode()


def test_an_application_without_its_address_is_not_filed(office: Office) -> None:
    with pytest.raises(Refusal, match=r"dossiers\.return_address_missing"):
        testing.submitted(office, COPY, phone=PHONE, return_by="post")
    assert not Dossier.objects.exists()


def test_a_long_list_is_counted_whole_turned_page_by_page_and_whole_as_xlsx(office: Office) -> None:
    first = solved(office)
    Dossier.objects.bulk_create(
        Dossier(
            **{f.attname: getattr(first, f.attname) for f in Dossier._meta.concrete_fields} | {"id": uuid7(), "code": f"XS-261101-{n:04}"}
        )
        for n in range(220)
    )
    page = signed_in(office.desk).get("/mot-cua/buu-chinh/?trang=5").content.decode()
    source = sheets.find("buu-chinh")
    assert source is not None

    assert "<b>221</b>" in page
    assert page.count('data-nhan="Mã"') == 21
    assert len(list(source.read(office.desk, QueryDict(""), MORNING).rows)) == 221
