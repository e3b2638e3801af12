"""`/tin-nhan/`: who may look, what the address filters, sending again."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from xaso.apps.notices import queries, words
from xaso.apps.notices.actions.receipts import note_receipt
from xaso.apps.notices.actions.retry import retry
from xaso.apps.notices.adapters import WaysOut
from xaso.apps.notices.jobs import deliver_due
from xaso.apps.notices.models import Message
from xaso.apps.notices.ports import Receipt, Undeliverable
from xaso.apps.notices.queries import MessageFilter
from xaso.apps.notices.testing import FakeSms, queued
from xaso.apps.people.facade import Role
from xaso.apps.people.testing import actor_for, commune, staff
from xaso.kernel.errors import Refusal

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


@pytest.fixture
def here() -> Any:
    return commune()


def given_up(commune_id: Any, key: str = "lost", **recipient: str) -> Message:
    message = queued(commune_id, NOW, key=key, email="", **recipient)[0]
    deliver_due(NOW, ways=WaysOut(FakeSms(Undeliverable("no such number")), None))
    message.refresh_from_db()
    return message


def signed_in(account: Any) -> Client:
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("role", [Role.DESK, Role.ADMINISTRATOR, Role.CENTRE_HEAD])
def test_those_who_look_after_messages_see_them(here: Any, role: Role) -> None:
    given_up(here.id)
    page = signed_in(staff(here, role)).get("/tin-nhan/")
    text = page.content.decode()
    assert page.status_code == 200
    for shown in ("Giàng A Pao", "0912 345 678", "Hồ sơ XS-261123-0007 đã có kết quả.", "Không gửi được", "no such number"):
        assert shown in text


@pytest.mark.parametrize("role", [Role.CASE_OFFICER, Role.SIGNER, Role.CLERK, Role.TEAM_MEMBER])
def test_for_other_roles_there_is_nothing_here(here: Any, role: Role) -> None:
    message = given_up(here.id)
    client = signed_in(staff(here, role))
    assert client.get("/tin-nhan/").status_code == 404
    assert client.post(f"/tin-nhan/{message.id}/gui-lai/").status_code == 404
    message.refresh_from_db()
    assert message.state == "given_up"


def test_a_visitor_is_sent_to_sign_in_and_back(here: Any) -> None:
    page = Client().get("/tin-nhan/?trang-thai=failed")
    assert (page.status_code, page["Location"]) == (302, "/dang-nhap/?next=/tin-nhan/?trang-thai=failed")
    assert Client().post(f"/tin-nhan/{given_up(here.id).id}/gui-lai/")["Location"] == "/dang-nhap/?next=/gui-lai/"


def test_messages_of_another_commune_do_not_exist(here: Any) -> None:
    message = given_up(uuid4())
    actor = actor_for(staff(here, Role.DESK))
    assert list(queries.list_messages(actor, MessageFilter())) == []
    with pytest.raises(Refusal, match=r"notices\.not_found"):
        retry(actor, message.id, now=NOW)


def test_the_address_filters_by_state_channel_and_words(here: Any) -> None:
    given_up(here.id, name="Sùng Thị Mỷ", phone="0987654321")
    queued(here.id, NOW + timedelta(minutes=1))
    actor = actor_for(staff(here, Role.DESK))

    def names(**wanted: str) -> list[tuple[str, str]]:
        return [(row.recipient_name, row.channel) for row in queries.list_messages(actor, MessageFilter(**wanted))]

    assert names(state="given_up") == [("Sùng Thị Mỷ", "sms")]
    assert names(channel="email") == [("Giàng A Pao", "email")]
    assert names(text="0987 654 321") == [("Sùng Thị Mỷ", "sms")]
    assert names(text="PAO@example.org") == [("Giàng A Pao", "email")]
    assert len(names(text="XS-261123-0007")) == 3
    assert queries.count_by_state(actor) == {"queued": 2, "given_up": 1} | dict.fromkeys(("sent", "delivered", "undelivered", "failed"), 0)
    assert queries.count_given_up(actor) == 1


def test_the_list_and_its_counts_take_one_query_each(here: Any, django_assert_num_queries: Any) -> None:
    for number in range(60):
        queued(here.id, NOW, key=str(number), email="")
    actor = actor_for(staff(here, Role.DESK))
    with django_assert_num_queries(1):
        assert len(list(queries.list_messages(actor, MessageFilter())[:50])) == 50
    with django_assert_num_queries(1):
        queries.count_by_state(actor)


def test_the_key_of_a_persons_link_is_nowhere_shown_and_finds_nothing(here: Any) -> None:
    message, key = queued(here.id, NOW, email="")[0], "aB3_xK9-qLmN2pQr"
    message.body = f"Mời anh/chị chấm điểm: https://xa.example/y-kien/{key}/ Tra cứu: https://xa.example/tra-cuu/?ma=XS-261123-0007"
    message.save()
    user = staff(here, Role.DESK)
    client, actor = signed_in(user), actor_for(user)
    page = client.get("/tin-nhan/").content.decode()
    told = queries.messages_about(here.id, message.subject)

    assert key not in page
    assert "https://xa.example/y-kien/… Tra cứu" in page
    assert [key in line.body for line in told] == [False]
    assert list(queries.list_messages(actor, MessageFilter(text=key[:4]))) == []


def test_an_official_sends_again_and_comes_back_to_the_same_list(here: Any) -> None:
    message = given_up(here.id)
    client = signed_in(staff(here, Role.DESK))
    back = "/tin-nhan/?trang-thai=given_up&trang=2"
    page = client.post(f"/tin-nhan/{message.id}/gui-lai/", {"ve": back})
    assert (page.status_code, page["Location"]) == (302, back)
    message.refresh_from_db()
    assert (message.state, message.attempts, message.done_at) == ("queued", 0, None)


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/tin-nhan/../../x\nSet-Cookie: a", ""])
def test_one_never_comes_back_to_a_foreign_place(here: Any, back: str) -> None:
    client = signed_in(staff(here, Role.DESK))
    page = client.post(f"/tin-nhan/{given_up(here.id).id}/gui-lai/", {"ve": back})
    assert page["Location"] == "/tin-nhan/"


def test_a_message_that_arrived_is_not_sent_again(here: Any) -> None:
    message = queued(here.id, NOW, email="")[0]
    deliver_due(NOW, ways=WaysOut(FakeSms(), None))
    with pytest.raises(Refusal, match=r"flow\.not_allowed"):
        retry(actor_for(staff(here, Role.DESK)), message.id, now=NOW)
    message.refresh_from_db()
    assert message.state == "sent"


def test_hostile_words_are_shown_as_words(here: Any) -> None:
    given_up(here.id, name="<script>alert(1)</script>")
    text = signed_in(staff(here, Role.DESK)).get("/tin-nhan/?q=<script>").content.decode()
    assert "<script>alert(1)" not in text


def test_nonsense_in_the_address_shows_the_list(here: Any) -> None:
    client = signed_in(staff(here, Role.DESK))
    assert client.get("/tin-nhan/?trang=x&trang-thai=%00&kenh=pigeon&q=%27%3B--").status_code == 200


def test_the_list_says_what_the_provider_told_of_a_message(here: Any) -> None:
    for key, fate in (("arrived", "delivered"), ("lost", "undelivered")):
        message = queued(here.id, NOW, key=key, email="")[0]
        deliver_due(NOW, ways=WaysOut(FakeSms(), None))
        reference = Message.objects.get(pk=message.pk).parts.get()
        assert note_receipt(Receipt(reference.reference, fate, "UNDELIV 011"), now=NOW + timedelta(minutes=1))  # type: ignore[arg-type]
        reference.delete()
    account = staff(here, Role.DESK)

    text = signed_in(account).get("/tin-nhan/").content.decode()

    for shown in ("Đã đến máy người nhận", "10:01", "Nhà mạng báo không đến máy", "UNDELIV 011"):
        assert shown in text
    assert text.count("/gui-lai/") == 1
    assert queries.count_given_up(actor_for(account)) == 1


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        pytest.param("the centre hung up", "Tổng đài tin nhắn ngắt kết nối (the centre hung up)", id="hung-up"),
        pytest.param(
            "bind refused: Bind Failed (0xD)",
            "Tổng đài tin nhắn không nhận tên hoặc mật khẩu của xã (bind refused: Bind Failed (0xD))",
            id="bind",
        ),
        pytest.param(
            "[Errno 111] Connection refused", "Không nối được với nơi chuyển tin ([Errno 111] Connection refused)", id="nobody-there"
        ),
        pytest.param("UNDELIV 011", "UNDELIV 011", id="unknown"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_what_went_wrong_is_said_in_words_where_we_have_them(trouble: str, said: str) -> None:
    assert words.in_words(trouble) == said
