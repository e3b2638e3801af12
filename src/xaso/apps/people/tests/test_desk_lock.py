"""A shared computer locks at a press or when left alone; a PIN opens to each official her own work, and stands for nothing more."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from xaso.apps.audit.facade import history_of
from xaso.apps.people import testing
from xaso.apps.people.models import Account, Commune, DeskPin, SignIn, TotpKey, TypedPage
from xaso.apps.people.roles import Role
from xaso.apps.people.rules import is_left_alone, is_pin_guessable, may_open_by_pin
from xaso.platform import clock

pytestmark = pytest.mark.django_db
LOCK, OPEN, KEEP, PIN_PAGE, CONFIRM = (
    "/khoa-may/",
    "/khoa-may/mo/",
    "/khoa-may/dang-ghi/",
    "/bao-ve-tai-khoan/pin/",
    "/bao-ve-tai-khoan/xac-nhan/",
)
HOME, REGISTER = "/can-bo/", "/so-theo-doi/?trang=2"
PINS = {"pham": "195082", "say": "640275"}
TYPED = json.dumps([{"index": 0, "action": "", "values": [["reason", "Bà Mỷ thiếu giấy ra viện", None]]}], ensure_ascii=False)


@pytest.fixture
def commune() -> Commune:
    return testing.commune()


class Desk:
    """A computer at the desk: one browser, and officials who come to it with what they know."""

    def __init__(self, commune: Commune) -> None:
        self.commune, self.browser, self.secrets = commune, Client(), {}  # type: ignore[var-annotated]

    def hire(self, name: str, *roles: Role) -> Account:
        account = testing.staff(self.commune, *roles, username=name, full_name=f"Triệu Thị {name.title()}")
        self.secrets[name] = testing.with_totp(account)
        return account

    def sign_in(self, name: str) -> Any:
        self.browser.post("/dang-nhap/", {"username": name, "password": testing.PASSWORD})
        return self.browser.post("/dang-nhap/buoc-hai/", {"one_time_code": self.code(name)})

    def code(self, name: str) -> str:
        TotpKey.objects.filter(account__username=name).update(last_step=0)  # as if the next code showed already
        return testing.code_now(self.secrets[name])

    def set_pin(self, name: str, pin: str = "") -> Any:
        pin = pin or PINS[name]
        return self.browser.post(PIN_PAGE, {"current": testing.PASSWORD, "pin": pin, "pin_again": pin})

    def comes(self, name: str) -> None:
        self.sign_in(name)
        self.set_pin(name)

    def lock(self, page: str = REGISTER, typed: str = "[]") -> Any:
        return self.browser.post(LOCK, {"page": page, "typed": typed})

    def open(self, name: str, pin: str = "") -> Any:
        rests = SignIn.objects.filter(account__username=name).first()
        return self.browser.post(OPEN, {"ai": str(rests.id if rests else uuid4()), "pin": pin or PINS[name]})

    def who(self) -> str:
        answer = self.browser.get(HOME)
        return str(answer.context["actor"].name) if answer.status_code == 200 else ""


@pytest.fixture
def desk(commune: Commune) -> Desk:
    made = Desk(commune)
    made.hire("pham", Role.DESK)
    made.hire("say", Role.CASE_OFFICER)
    return made


def text(answer: Any) -> str:
    return str(answer.content.decode())


def trail(name: str) -> list[tuple[str, dict[str, Any]]]:
    lines = history_of(f"account:{Account.objects.get(username=name).id}")
    return [(line.verb.removeprefix("people."), line.detail) for line in lines if line.verb.startswith("people.")]


@pytest.mark.parametrize(
    "pin", ["111111", "123456", "987654", "121212", "123123", "210590", "01012000", "901234", "12345", "1122", "1234567890123"]
)
def test_a_pin_that_people_try_first_is_refused(pin: str) -> None:
    assert is_pin_guessable(pin)


@pytest.mark.parametrize("pin", ["195082", "640275", "9052714638"])
def test_a_pin_without_a_pattern_is_taken(pin: str) -> None:
    assert not is_pin_guessable(pin, ("0912345678",))


def test_a_pin_out_of_the_own_phone_number_is_refused() -> None:
    assert is_pin_guessable("640275", ("0964027581",))


def test_a_pin_opens_what_was_begun_in_full_for_some_days_and_until_it_was_wrong_five_times() -> None:
    now = clock.now()
    assert may_open_by_pin(now - timedelta(days=6, hours=23), 4, days=7, now=now)
    assert not may_open_by_pin(now - timedelta(days=7), 0, days=7, now=now)
    assert not may_open_by_pin(now, 5, days=7, now=now)


def test_a_computer_is_left_alone_after_its_minutes_and_never_with_none() -> None:
    now = clock.now()
    assert is_left_alone(now - timedelta(minutes=10), now, minutes=10)
    assert not is_left_alone(now - timedelta(minutes=9, seconds=59), now, minutes=10)
    assert not is_left_alone(now - timedelta(days=1), now, minutes=0)


def test_locked_the_browser_is_nobody_s_and_shows_nothing(desk: Desk) -> None:
    desk.comes("pham")
    before = desk.browser.cookies["sessionid"].value
    assert "no-store" in desk.browser.get(HOME)["Cache-Control"]

    answer = desk.lock()

    assert (answer.status_code, answer["Location"]) == (302, LOCK)
    assert desk.browser.get(HOME)["Location"] == LOCK
    page = desk.browser.get(LOCK)
    assert "Triệu Thị Pham" in text(page)
    assert "no-store" in page["Cache-Control"]
    thief = Client()
    thief.cookies["sessionid"] = before
    assert thief.get(HOME)["Location"].startswith("/dang-nhap/")


def test_the_pin_gives_her_back_the_page_where_she_was(desk: Desk) -> None:
    desk.comes("pham")
    desk.lock()

    answer = desk.open("pham")

    assert (answer.status_code, answer["Location"]) == (302, REGISTER)
    assert desk.who() == "Triệu Thị Pham"
    assert trail("pham")[-2:] == [("locked", {"why": "pressed"}), ("unlocked", {"how": "pin"})]


def test_another_site_s_address_is_nowhere_to_go_back_to(desk: Desk) -> None:
    desk.comes("pham")
    desk.lock("https://la.example/x")
    assert desk.open("pham")["Location"] == HOME


def test_a_colleague_opens_her_own_session_and_sees_nothing_of_the_first(desk: Desk) -> None:
    desk.comes("say")
    desk.lock("/so-theo-doi/")
    desk.comes("pham")
    desk.lock(REGISTER, TYPED)

    assert desk.open("say")["Location"] == "/so-theo-doi/"
    assert desk.who() == "Triệu Thị Say"
    assert trail("say")[-1] == ("switched", {"how": "pin", "before": "Triệu Thị Pham"})
    assert "giấy ra viện" not in text(desk.browser.get(REGISTER))

    desk.lock("/so-theo-doi/")
    assert desk.open("pham")["Location"] == REGISTER
    assert "giấy ra viện" in text(desk.browser.get(REGISTER))
    assert "giấy ra viện" not in text(desk.browser.get(REGISTER))
    assert not TypedPage.objects.exists()


def test_what_was_typed_lies_sealed_and_two_tabs_keep_each_their_own(desk: Desk) -> None:
    desk.comes("pham")
    assert desk.browser.post(KEEP, {"page": "/ho-so/XS-1/", "typed": TYPED}).json() == {"kept": True}
    desk.lock("/so-theo-doi/", TYPED.replace("reason", "note"))

    assert set(TypedPage.objects.values_list("address", flat=True)) == {"/ho-so/XS-1/", "/so-theo-doi/"}
    assert not any("ra vi" in one for one in TypedPage.objects.values_list("sealed_text", flat=True))
    desk.open("pham")
    assert "note" in text(desk.browser.get("/so-theo-doi/"))


@pytest.mark.parametrize("typed", ["x" * 61_000, "not json", '{"a": 1}'])
def test_what_no_page_of_ours_sends_is_not_kept(desk: Desk, typed: str) -> None:
    desk.comes("pham")
    assert desk.browser.post(KEEP, {"page": "/ho-so/XS-1/", "typed": typed}).status_code == 400
    assert not TypedPage.objects.exists()


def test_a_form_sent_from_a_tab_left_behind_waits_for_its_own_writer(desk: Desk) -> None:
    desk.comes("say")
    desk.lock()
    desk.comes("pham")
    desk.lock()

    stale = desk.browser.post("/ho-so/XS-1/xem/", {"purpose": "other", "words": "Bà Mỷ hỏi qua điện thoại"})
    assert stale["Location"] == LOCK
    assert "Bà Mỷ" not in text(desk.browser.get("/gui-lai/"))
    desk.open("say")
    assert "Bà Mỷ" not in text(desk.browser.get("/gui-lai/"))

    desk.lock()
    assert desk.open("pham")["Location"] == "/gui-lai/"
    assert "Bà Mỷ hỏi qua điện thoại" in text(desk.browser.get("/gui-lai/"))


def test_five_wrong_pins_ask_for_all_and_only_on_this_computer(desk: Desk, commune: Commune) -> None:
    desk.comes("pham")
    elsewhere = Desk(commune)
    elsewhere.secrets = desk.secrets
    elsewhere.sign_in("pham")
    elsewhere.lock()
    here, there = SignIn.objects.order_by("began_at", "id")
    desk.lock()
    for left in (4, 3, 2, 1):
        assert f"Còn {left} lần" in text(desk.browser.post(OPEN, {"ai": str(here.id), "pin": "000001"}))
    assert "đăng nhập đầy đủ" in text(desk.browser.post(OPEN, {"ai": str(here.id), "pin": "000001"}))

    assert desk.browser.post(OPEN, {"ai": str(here.id), "pin": PINS["pham"]}).status_code == 422
    assert desk.who() == ""
    assert [detail["left"] for verb, detail in trail("pham") if verb == "pin_wrong"] == [4, 3, 2, 1, 0]
    assert elsewhere.browser.post(OPEN, {"ai": str(there.id), "pin": PINS["pham"]})["Location"] == REGISTER

    assert desk.sign_in("pham")["Location"] == REGISTER
    assert trail("pham")[-1] == ("unlocked", {"how": "full"})
    desk.lock()
    assert desk.open("pham").status_code == 302


def test_nobody_opens_from_a_computer_where_she_has_not_signed_in(desk: Desk) -> None:
    desk.comes("pham")
    desk.lock()
    rests = SignIn.objects.get()

    answer = Client().post(OPEN, {"ai": str(rests.id), "pin": PINS["pham"]})

    assert answer["Location"] == LOCK
    assert SignIn.objects.get().locked_at == rests.locked_at
    assert SignIn.objects.get().pin_misses == 0


@pytest.mark.parametrize("after", ["a week", "a new password", "no post", "the pin removed"])
def test_the_pin_opens_nothing_after(desk: Desk, after: str) -> None:
    desk.comes("pham")
    desk.lock()
    account = Account.objects.get(username="pham")
    if after == "a week":
        SignIn.objects.update(began_at=clock.now() - timedelta(days=7))
    elif after == "a new password":
        account.set_password("suối-chảy-qua-bản")
        account.save()
    elif after == "no post":
        account.posts.all().delete()
    else:
        DeskPin.objects.all().delete()

    assert desk.open("pham").status_code == 422
    assert desk.who() == ""


def test_left_alone_the_computer_locks_at_the_next_touch(desk: Desk) -> None:
    desk.comes("pham")
    session = desk.browser.session
    session["active_at"] = (clock.now() - timedelta(minutes=11)).isoformat()
    session.save()

    assert desk.browser.get(REGISTER)["Location"] == LOCK
    assert trail("pham")[-1] == ("locked", {"why": "left_alone"})


def test_who_has_no_pin_is_not_locked_out_by_a_pause(desk: Desk) -> None:
    desk.sign_in("pham")
    session = desk.browser.session
    session["active_at"] = (clock.now() - timedelta(days=1)).isoformat()
    session.save()
    assert desk.who() == "Triệu Thị Pham"


def test_without_a_pin_a_locked_computer_opens_by_signing_in_in_full(desk: Desk) -> None:
    desk.sign_in("pham")
    desk.lock(REGISTER, TYPED)
    assert "Đăng nhập đầy đủ" in text(desk.browser.get(LOCK))

    assert desk.sign_in("pham")["Location"] == REGISTER
    assert "giấy ra viện" in text(desk.browser.get(REGISTER))
    assert SignIn.objects.count() == 1


def test_a_pin_uncovers_signs_and_administers_nothing_until_all_is_confirmed(desk: Desk) -> None:
    desk.hire("quan", Role.ADMINISTRATOR)
    PINS["quan"] = "730581"
    desk.comes("quan")
    desk.lock("/quan-tri/xa/")
    desk.open("quan")
    page = "/quan-tri/don-vi-cu/"
    sent = {"code": "02878", "name": "Cốc Ly"}

    assert desk.browser.get(page).status_code == 200
    asked = desk.browser.post(page, sent)
    assert asked["Location"] == f"{CONFIRM}?next=/gui-lai/"
    assert desk.browser.post(CONFIRM, {"one_time_code": "000000", "next": "/gui-lai/"}).status_code == 422
    assert desk.browser.post(CONFIRM, {"one_time_code": desk.code("quan"), "next": "/gui-lai/"})["Location"] == "/gui-lai/"
    again = desk.browser.post("/gui-lai/")
    assert (again.status_code, again["Location"]) == (307, page)
    assert CONFIRM not in desk.browser.post(page, sent).get("Location", "")
    assert ("confirmed_in_full", {"how": "totp"}) in trail("quan")

    desk.lock()
    desk.open("quan")
    assert desk.browser.post(page, sent)["Location"].startswith(CONFIRM)


def test_a_new_pin_needs_the_password_and_more_than_the_old_pin(desk: Desk) -> None:
    desk.comes("pham")
    wrong = desk.browser.post(PIN_PAGE, {"current": "sai", "pin": "640275", "pin_again": "640275"})
    assert "Mật khẩu hiện tại chưa đúng" in text(wrong)
    assert "dễ đoán" in text(desk.set_pin("pham", "123456"))
    desk.lock()
    desk.open("pham")
    assert desk.set_pin("pham", "640275")["Location"].startswith(CONFIRM)
    desk.lock()
    assert desk.open("pham").status_code == 302


def test_the_digest_tells_the_pin_to_nobody(desk: Desk) -> None:
    desk.comes("pham")
    assert PINS["pham"] not in DeskPin.objects.get().digest


def test_the_list_of_sessions_says_who_shares_the_computer(desk: Desk) -> None:
    desk.comes("say")
    desk.lock()
    desk.sign_in("pham")

    page = desk.browser.get("/bao-ve-tai-khoan/phien/")

    assert [(line.is_this, line.colleagues) for line in page.context["lines"]] == [(True, ("Triệu Thị Say",))]
    assert "Máy chung với Triệu Thị Say" in text(page)


def test_ending_all_sessions_from_elsewhere_ends_one_that_rests(desk: Desk) -> None:
    desk.comes("pham")
    desk.lock()
    phone = Desk(desk.commune)
    phone.secrets = desk.secrets
    phone.sign_in("pham")
    phone.browser.post("/bao-ve-tai-khoan/phien/khac/")
    assert desk.browser.get(LOCK)["Location"] == "/dang-nhap/"
