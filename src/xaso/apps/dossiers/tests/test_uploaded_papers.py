"""Papers that were sent in pieces: a paper's screen takes them by their id, each once, however often its form is sent."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from xaso.apps.dossiers import testing
from xaso.apps.dossiers.actions import drafts
from xaso.apps.dossiers.models import Attachment
from xaso.apps.dossiers.shapes import Applicant
from xaso.apps.dossiers.testing import BIRTH, Office
from xaso.kernel.errors import Refusal
from xaso.platform import clock, uploads
from xaso.platform.tests.file_samples import photo
from xaso.platform.uploads.testing import sent_in_part, sent_whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft_id(office: Office) -> Any:
    now = clock.now()
    who = Applicant(name="Giàng A Pao", citizen_id=office.owner.citizen_id)
    draft = drafts.start_draft(office.owner, BIRTH, who, channel="online", on=now.date(), now=now)
    return drafts.save_answers(office.owner, draft.id, testing.filing(office, BIRTH).answers, screen="", now=now).id


@pytest.fixture
def phone(office: Office) -> Client:
    client = Client()
    assert office.owner.account_id is not None
    client.force_login(get_user_model().objects.get(pk=office.owner.account_id))
    return client


def screen_of(draft_id: Any) -> str:
    return f"/nop-ho-so/{BIRTH}/{draft_id}/giay-birth_slip/"


def told(phone: Client, draft_id: Any, upload_id: str, paper: str = "birth_slip") -> tuple[int, dict[str, Any]]:
    """Say that a photo has been sent, as the script does; return how that was answered."""
    answer = phone.post(f"/nop-ho-so/{BIRTH}/{draft_id}/viec/nhan-anh/", {"paper": paper, "upload": upload_id})
    return answer.status_code, answer.json()


def kept() -> list[tuple[str, str]]:
    return list(Attachment.objects.filter(removed_at=None).values_list("paper_id", "name"))


def test_an_uploaded_photo_is_taken_like_a_file_and_only_once(phone: Client, draft_id: Any) -> None:
    upload_id = sent_whole(photo(), name="Bản chính.png")
    for _ in range(3):
        answer = phone.post(screen_of(draft_id), {"upload": upload_id, "do": "add"})
        assert answer.status_code == 302
    assert kept() == [("birth_slip", "Bản chính.jpg")]
    assert uploads.is_sent(upload_id)


def test_several_come_with_one_form_beside_a_plain_file(phone: Client, draft_id: Any) -> None:
    sent = [sent_whole(photo(width), name=f"{width}.jpg") for width in (800, 810)]
    phone.post(screen_of(draft_id), {"upload": [*sent, ""], "do": "next"})
    assert [name for _paper, name in kept()] == ["800.jpg", "810.jpg"]


def test_a_photo_taken_out_and_chosen_again_comes_back_once(office: Office, draft_id: Any) -> None:
    upload_id = sent_whole(photo(), name="a.jpg")
    first = drafts.take_upload(office.owner, draft_id, "birth_slip", upload_id, now=clock.now())
    drafts.remove_paper(office.owner, draft_id, first.id, now=clock.now())
    assert kept() == []
    again = drafts.take_upload(office.owner, draft_id, "birth_slip", upload_id, now=clock.now())
    assert again.id == first.id
    assert kept() == [("birth_slip", "a.jpg")]


@pytest.mark.parametrize("upload_id", ["0" * 40, "../../xaso.sqlite3", "x"])
def test_an_id_of_nothing_is_told_in_words(phone: Client, draft_id: Any, upload_id: str) -> None:
    answer = phone.post(screen_of(draft_id), {"upload": upload_id, "do": "add"})
    assert answer.status_code == 422
    assert "không có tệp đang gửi này" in answer.content.decode()
    assert kept() == []


def test_one_that_is_not_here_whole_is_told_in_words(phone: Client, draft_id: Any) -> None:
    answer = phone.post(screen_of(draft_id), {"upload": sent_in_part(photo()), "do": "add"})
    assert answer.status_code == 422
    assert "chưa gửi xong" in answer.content.decode()
    assert kept() == []


def test_what_was_sent_is_judged_as_any_file_is(phone: Client, draft_id: Any) -> None:
    answer = phone.post(screen_of(draft_id), {"upload": sent_whole(b"MZ" + b"\0" * 900, name="a.jpg"), "do": "add"})
    assert answer.status_code == 422
    assert "chương trình máy tính" in answer.content.decode()
    assert kept() == []


def test_nobody_else_takes_into_a_draft(office: Office, draft_id: Any) -> None:
    upload_id = sent_whole(photo(), name="a.jpg")
    with pytest.raises(Refusal, match=r"dossiers\.draft_not_found"):
        drafts.take_upload(office.stranger, draft_id, "birth_slip", upload_id, now=clock.now())
    assert kept() == []


def test_the_script_is_told_what_became_of_a_photo(phone: Client, draft_id: Any) -> None:
    small = sent_whole(photo(300, 200), name="a.jpg")
    attachment_id = str(Attachment.objects.get(pk=told(phone, draft_id, small)[1]["taken"]).id)
    assert told(phone, draft_id, small) == (200, {"taken": attachment_id, "said": ""})
    assert kept() == [("birth_slip", "a.jpg")]


def test_a_photo_to_look_at_again_says_so(phone: Client, draft_id: Any) -> None:
    status, answer = told(phone, draft_id, sent_whole(photo(300, 200)))
    assert status == 200
    assert answer["said"].startswith("Ảnh nhỏ")


def test_what_is_not_here_whole_is_asked_for_again_and_what_is_no_paper_is_for_a_person(phone: Client, draft_id: Any) -> None:
    assert told(phone, draft_id, sent_in_part(photo()))[0] == 409
    assert told(phone, draft_id, "0" * 40)[0] == 409
    assert told(phone, draft_id, sent_whole(b"MZ" + b"\0" * 900))[0] == 422
    assert told(phone, draft_id, sent_whole(photo()), paper="unknown")[0] == 422
    assert kept() == []


def test_after_the_session_the_photo_stays_on_the_phone_and_for_a_stranger_it_goes(office: Office, draft_id: Any) -> None:
    upload_id = sent_whole(photo())
    visitor = Client()
    status, answer = told(visitor, draft_id, upload_id)
    assert status == 401
    assert "đăng nhập lại" in answer["said"]
    assert office.stranger.account_id is not None
    visitor.force_login(get_user_model().objects.get(pk=office.stranger.account_id))
    assert told(visitor, draft_id, upload_id)[0] == 404
    assert kept() == []


def test_photos_that_came_whole_while_one_waits_to_submit_are_taken_with_the_submission(phone: Client, draft_id: Any) -> None:
    check = f"/nop-ho-so/{BIRTH}/{draft_id}/kiem-tra/"
    sent = [f"birth_slip {sent_whole(photo(width), name=f'{width}.jpg')}" for width in (800, 810)]

    unread = phone.post(check, {"agree": "yes", "photo": [sent[0], f"birth_slip {'0' * 40}", sent[1]]})
    assert unread.status_code == 422
    assert f'data-taken="{sent[0]}"' in unread.content.decode()
    assert [name for _paper, name in kept()] == ["800.jpg"]

    for _ in range(2):
        assert phone.post(check, {"agree": "yes", "photo": sent}).headers["Location"].startswith("/ho-so-cua-toi/")
    assert kept() == [("birth_slip", "800.jpg"), ("birth_slip", "810.jpg")]


def test_photos_that_came_with_a_press_that_agreed_to_nothing_are_taken_too(phone: Client, draft_id: Any) -> None:
    sent = f"birth_slip {sent_whole(photo(), name='a.jpg')}"
    answer = phone.post(f"/nop-ho-so/{BIRTH}/{draft_id}/kiem-tra/", {"photo": sent})
    assert answer.status_code == 422
    assert f'data-taken="{sent}"' in answer.content.decode()
    assert kept() == [("birth_slip", "a.jpg")]
