"""An official sees where she is signed in and ends it; who leaves the last post is out at once."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from xaso.apps.audit.facade import history_of
from xaso.apps.people import signing_in, testing
from xaso.apps.people.actions import posts
from xaso.apps.people.actions.accounts import reset_password
from xaso.apps.people.browsers import device_of
from xaso.apps.people.models import Account, Commune, Deputy, Post, SignIn
from xaso.apps.people.roles import Role
from xaso.platform import clock

pytestmark = pytest.mark.django_db
PAGE = "/bao-ve-tai-khoan/phien/"
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36"
PHONE = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) coc_coc_browser/130 Chrome/124.0.0.0 Mobile Safari/537.36"
)


@pytest.fixture(autouse=True)
def each_request_is_noted() -> None:
    signing_in._seen.clear()


@pytest.fixture
def commune() -> Commune:
    return testing.commune()


@pytest.fixture
def member(commune: Commune) -> Account:
    """An official whose post needs no second factor."""
    return testing.staff(commune, Role.TEAM_LEADER, username="totruong")


def signed_in(username: str = "totruong", **headers: Any) -> Client:
    client = Client(**headers)
    answer = client.post("/dang-nhap/", {"username": username, "password": testing.PASSWORD})
    assert answer["Location"] == "/can-bo/"
    return client


def text(answer: Any) -> str:
    return str(answer.content.decode())


def is_in(client: Client) -> bool:
    return bool(client.get("/can-bo/").status_code == 200)


@pytest.mark.parametrize(("agent", "words"), [(CHROME, "Chrome · Windows"), (PHONE, "Cốc Cốc · Android"), ("curl/8", ""), ("", "")])
def test_a_browser_is_told_in_two_words(agent: str, words: str) -> None:
    assert device_of(agent) == words


def test_the_page_lists_each_browser_and_marks_this_one(member: Account) -> None:
    desk = signed_in(REMOTE_ADDR="10.0.0.1", HTTP_USER_AGENT=CHROME)
    signed_in(REMOTE_ADDR="10.0.0.2", HTTP_USER_AGENT=PHONE)

    page = desk.get(PAGE)

    assert [(line.device, line.address, line.is_this) for line in page.context["lines"]] == [
        ("Chrome · Windows", "10.0.0.1", True),
        ("Cốc Cốc · Android", "10.0.0.2", False),
    ]
    assert text(page).count("Máy này") == 1


def test_one_session_is_ended_from_another_browser(member: Account) -> None:
    desk, phone, third = signed_in(), signed_in(HTTP_USER_AGENT=PHONE), signed_in()
    wanted = SignIn.objects.get(device="Cốc Cốc · Android")

    desk.post(f"{PAGE}{wanted.id}/ket-thuc/")

    assert [is_in(client) for client in (desk, phone, third)] == [True, False, True]
    assert [line.detail["name"] for line in history_of(f"account:{member.id}") if line.verb == "people.session_ended"] == [
        "Cốc Cốc · Android"
    ]


def test_all_other_sessions_end_and_this_one_stays(member: Account) -> None:
    desk, phone, third = signed_in(), signed_in(), signed_in()

    desk.post(f"{PAGE}khac/")

    assert [is_in(client) for client in (desk, phone, third)] == [True, False, False]
    assert SignIn.objects.count() == 1


def test_nobody_ends_a_colleague_s_session(commune: Commune, member: Account) -> None:
    colleague = signed_in()
    testing.staff(commune, Role.TEAM_MEMBER, username="khac")
    other = signed_in("khac")

    assert other.post(f"{PAGE}{SignIn.objects.get(account=member).id}/ket-thuc/").status_code == 404
    other.post(f"{PAGE}khac/")
    assert is_in(colleague)


def test_signing_out_and_a_new_password_keep_the_list_true(member: Account) -> None:
    desk, phone = signed_in(), signed_in()
    phone.post("/dang-xuat/")
    assert SignIn.objects.count() == 1

    new = {"current": testing.PASSWORD, "new": "suối-chảy-qua-bản", "again": "suối-chảy-qua-bản"}
    desk.post("/doi-mat-khau/", new)

    assert is_in(desk)
    assert SignIn.objects.get().session_key == desk.session.session_key


def test_a_session_whose_entry_is_gone_is_over(member: Account) -> None:
    desk = signed_in()
    SignIn.objects.all().delete()

    assert not is_in(desk)
    assert "_auth_user_id" not in desk.session


def test_what_has_long_expired_is_forgotten(member: Account) -> None:
    signed_in()
    SignIn.objects.update(last_seen_at=clock.now() - timedelta(days=15))

    desk = signed_in()

    assert SignIn.objects.count() == 1
    assert len(desk.get(PAGE).context["lines"]) == 1


@pytest.mark.parametrize("leaves", ["ended", "given away"])
def test_who_leaves_the_last_post_is_out_at_once(commune: Commune, member: Account, leaves: str) -> None:
    desk, admin, post = signed_in(), testing.actor_for(testing.staff(commune, Role.ADMINISTRATOR)), member.posts.get()

    if leaves == "ended":
        posts.end_post(admin, post.id, now=clock.now())
    else:
        posts.assign_holder(admin, post.id, testing.account("moi").id, now=clock.now())

    assert "_auth_user_id" not in desk.session
    assert not SignIn.objects.exists()
    answer = Client().post("/dang-nhap/", {"username": "totruong", "password": testing.PASSWORD})
    assert "chưa được giao vị trí" in text(answer)


@pytest.mark.parametrize("keeps", ["a second post", "a deputyship"])
def test_who_keeps_a_post_or_stands_in_for_somebody_stays(commune: Commune, member: Account, keeps: str) -> None:
    desk, admin, post = signed_in(), testing.actor_for(testing.staff(commune, Role.ADMINISTRATOR)), member.posts.get()
    facts = {"title": "Tổ viên", "unit": "Tổ", "roles": ["team_member"], "since": testing.LONG_AGO}
    holder = member if keeps == "a second post" else testing.account("nguoi.giu")
    other = Post.objects.create(commune=commune, account=holder, **facts)
    if keeps == "a deputyship":
        Deputy.objects.create(post=other, account=member, from_on=date(2026, 1, 1), until_on=date(2099, 1, 1), reason="ốm")

    posts.end_post(admin, post.id, now=clock.now())

    assert is_in(desk)


def test_a_reset_password_ends_all_sessions(commune: Commune, member: Account) -> None:
    desk = signed_in()

    reset_password(testing.actor_for(testing.staff(commune, Role.ADMINISTRATOR)), member.id, now=clock.now())

    assert "_auth_user_id" not in desk.session
    assert not SignIn.objects.exists()


def test_a_deputy_reads_under_her_name_for_whom_she_stands_in(commune: Commune, member: Account) -> None:
    other = testing.staff(commune, Role.TEAM_MEMBER, title="Đoàn Thanh niên")
    Deputy.objects.create(post=other.posts.get(), account=member, from_on=date(2026, 1, 1), until_on=date(2099, 1, 1), reason="ốm")

    assert "làm thay Đoàn Thanh niên" in text(signed_in().get("/can-bo/"))


def test_noting_a_session_in_use_costs_nothing_within_five_minutes(member: Account, django_assert_num_queries: Any) -> None:
    desk = signed_in()
    with testing.remembering():
        desk.get("/dang-nhap/")
        with django_assert_num_queries(3):
            desk.get("/dang-nhap/")


@pytest.mark.parametrize(("field", "ago"), [("last_seen_at", timedelta(hours=12)), ("began_at", timedelta(days=7))])
def test_a_session_ends_unused_after_hours_and_in_any_case_after_days(member: Account, field: str, ago: timedelta) -> None:
    browser = signed_in()
    begun = SignIn.objects.get()
    SignIn.objects.update(**{field: getattr(begun, field) - ago + timedelta(minutes=1)})
    assert is_in(browser)
    signing_in._seen.clear()
    SignIn.objects.update(**{field: getattr(begun, field) - ago - timedelta(minutes=1)})
    assert not is_in(browser)
    assert not SignIn.objects.exists()
    assert not is_in(browser)


def test_a_new_password_ends_the_sessions_begun_with_the_old_one(member: Account) -> None:
    here, elsewhere = signed_in(), signed_in()
    new = "trâu trắng ăn ngô"
    here.post("/doi-mat-khau/", {"current": testing.PASSWORD, "new": new, "again": new})
    assert (is_in(here), is_in(elsewhere)) == (True, False)


def test_the_password_in_use_is_not_guessed_from_an_open_session(member: Account) -> None:
    browser = signed_in()
    new = "trâu trắng ăn ngô"
    for _try in range(8):
        browser.post("/doi-mat-khau/", {"current": "sai-roi", "new": new, "again": new})
    answer = browser.post("/doi-mat-khau/", {"current": testing.PASSWORD, "new": new, "again": new})
    assert "Anh/chị đã thử nhiều lần" in text(answer)
    member.refresh_from_db()
    assert member.check_password(testing.PASSWORD)


def test_a_wrong_password_is_written_down_and_an_unknown_name_is_not(member: Account) -> None:
    client = Client(REMOTE_ADDR="10.1.2.3")
    for username in ("totruong", "khong-ai"):
        client.post("/dang-nhap/", {"username": username, "password": "sai-roi"})
    assert [(line.verb, line.address) for line in history_of(f"account:{member.pk}")] == [("people.sign_in_failed", "10.1.2.3")]


def test_signing_out_lets_the_browser_forget_pages_and_keep_what_waits_unsent(member: Account) -> None:
    browser = signed_in()
    assert browser.post("/dang-xuat/")["Clear-Site-Data"] == '"cache"'


def test_a_missing_role_is_logged_without_a_name(member: Account, caplog: pytest.LogCaptureFixture) -> None:
    assert signed_in().get("/quan-tri/").status_code == 404
    told = [str(record.msg) for record in caplog.records if "role_missing" in str(record.msg)]
    assert len(told) == 1
    assert str(member.pk) in told[0]
    assert member.full_name not in told[0]
