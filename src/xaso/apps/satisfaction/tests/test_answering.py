"""After a result: one tap, a remark, a change of mind for a day; then counted, and nothing tells any more who answered what."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from xaso.apps.people import testing as people
from xaso.apps.people.facade import Role
from xaso.apps.satisfaction import facade, rules
from xaso.apps.satisfaction.actions import answering
from xaso.apps.satisfaction.models import AskingScreen, Question, Remark, Tally
from xaso.kernel.errors import Refusal
from xaso.platform import clock
from xaso.platform.actor import Actor

NOW = datetime(2026, 11, 19, 3, 0, tzinfo=UTC)
DAY = timedelta(days=1)
HOSTILE = '<script>alert(1)</script> {{ 7|add:7 }} \u202egnp.exe =HYPERLINK("x")'

pytestmark = pytest.mark.django_db


@pytest.fixture
def commune() -> Any:
    return people.commune()


def asked(commune: Any, *, now: datetime | None = None, code: str = "2.000815") -> Question:
    """Return the question about a result that was given just now."""
    subject = f"dossier:{uuid4()}"
    at = now or clock.now()
    facade.ask(subject=subject, commune_id=commune.id, procedure_code=code, procedure_name="Chứng thực bản sao", now=at)
    return Question.objects.get(subject=subject)


def visitor(commune: Any) -> Actor:
    return Actor.anonymous(commune.id)


def test_one_tap_without_scripts_answers(commune: Any, client: Client) -> None:
    question = asked(commune)
    page = client.get(f"/y-kien/{question.token}/")
    assert page.content.decode().count('name="face"') == 5

    answer = client.post(f"/y-kien/{question.token}/", {"face": "4"})

    assert answer.status_code == 302
    assert Question.objects.get().face == 4
    assert "Anh/chị đã chọn: Hài lòng." in client.get(answer["Location"]).content.decode()


def test_tapping_twice_is_one_answer_and_the_last_face_counts(commune: Any, client: Client) -> None:
    question = asked(commune)
    for face in ("5", "5", "2"):
        client.post(f"/y-kien/{question.token}/", {"face": face})

    assert answering.count_closed(clock.now() + DAY) == 1
    assert answering.count_closed(clock.now() + DAY) == 0
    assert list(Tally.objects.values_list("face", "count")) == [(2, 1)]


def test_after_a_day_the_answer_is_counted_and_gone_from_its_question(commune: Any) -> None:
    question = asked(commune, now=NOW)
    answering.answer(visitor(commune), question.token, 1, now=NOW)
    answering.add_remark(visitor(commune), question.token, "Chờ lâu", now=NOW)

    assert answering.count_closed(NOW + DAY - timedelta(seconds=1)) == 0
    assert answering.count_closed(NOW + DAY) == 1

    question.refresh_from_db()
    assert (question.face, question.remark) == (None, "")
    assert question.answered_at is not None
    assert question.answered_at.day == 1, "the hour of the answer would tell which one it was"
    assert list(Remark.objects.values_list("text", "month")) == [("Chờ lâu", date(2026, 11, 1))]
    with pytest.raises(Refusal, match=r"satisfaction\.closed"):
        answering.answer(visitor(commune), question.token, 5, now=NOW + DAY)


def test_what_was_chosen_is_shown_to_no_other_browser(commune: Any, client: Client) -> None:
    question = asked(commune)
    client.post(f"/y-kien/{question.token}/", {"face": "1"})
    client.post(f"/y-kien/{question.token}/", {"remark": "Bí mật của tôi"})

    other = Client()
    page = other.get(f"/y-kien/{question.token}/").content.decode()
    refused = other.post(f"/y-kien/{question.token}/", {"remark": "đè lên"})

    assert "đã có câu trả lời" in page
    assert "Bí mật của tôi" not in page
    assert "Anh/chị đã chọn" not in page
    assert refused.status_code == 409
    assert Question.objects.get().remark == "Bí mật của tôi"


def test_an_official_neither_sees_nor_gives_an_answer(commune: Any, client: Client) -> None:
    question = asked(commune)
    client.force_login(people.staff(commune, Role.DESK))

    page = client.get(f"/y-kien/{question.token}/")
    sent = client.post(f"/y-kien/{question.token}/", {"face": "5"})

    assert "Cán bộ không trả lời thay" in page.content.decode()
    assert sent.status_code == 409
    assert Question.objects.get().face is None


@pytest.mark.parametrize("face", ["", "0", "6", "55", "-1", "²", "<b>"])
def test_what_is_no_face_is_no_answer(commune: Any, client: Client, face: str) -> None:
    question = asked(commune)

    assert client.post(f"/y-kien/{question.token}/", {"face": face}).status_code == 409
    assert Question.objects.get().answered_at is None


def test_a_wrong_link_and_one_of_another_commune_are_not_there(commune: Any, client: Client) -> None:
    question = asked(commune)
    Question.objects.update(commune_id=uuid4())

    assert client.get(f"/y-kien/{question.token}/").status_code == 404
    assert client.get("/y-kien/khong-co-dau/").status_code == 404
    assert client.post("/y-kien/khong-co-dau/", {"face": "5"}).status_code == 404


def test_a_link_of_a_month_ago_says_that_it_has_ended(commune: Any, client: Client) -> None:
    question = asked(commune, now=clock.now() - rules.LINK_LASTS)

    page = client.get(f"/y-kien/{question.token}/")

    assert page.status_code == 410
    assert "quá 30 ngày" in page.content.decode()
    assert client.post(f"/y-kien/{question.token}/", {"face": "5"}).status_code == 409
    assert facade.find_link(question.subject, clock.now()) == ""


def test_given_again_it_is_still_one_question(commune: Any) -> None:
    question = asked(commune, now=NOW)
    again = {"subject": question.subject, "commune_id": commune.id, "procedure_code": "2.000815", "procedure_name": "x"}
    facade.ask(**again, now=NOW + 20 * DAY)

    assert Question.objects.get().asked_at == NOW + 20 * DAY
    assert Question.objects.get().token == question.token


def test_hostile_words_stay_words(commune: Any, client: Client) -> None:
    question = asked(commune)
    client.post(f"/y-kien/{question.token}/", {"face": "1"})
    client.post(f"/y-kien/{question.token}/", {"remark": HOSTILE * 40})

    page = client.get(f"/y-kien/{question.token}/").content.decode()

    assert "<script>alert" not in page
    assert len(Question.objects.get().remark) == rules.LONGEST_REMARK


def desk_screen(commune: Any) -> tuple[Client, Client]:
    """Return the tablet and the working computer of one official."""
    tablet, computer = Client(), Client()
    account = people.staff(commune, Role.DESK)
    tablet.force_login(account)
    computer.force_login(account)
    tablet.post("/hai-long/man-hinh/")
    return tablet, computer


def test_the_tablet_shows_the_question_that_the_official_asks_and_thanks(commune: Any) -> None:
    tablet, computer = desk_screen(commune)
    question = asked(commune)
    assert "Kính chào bà con" in tablet.get("/hai-long/man-hinh/quay/").content.decode()

    computer.post("/hai-long/tai-quay/", {"subject": question.subject, "ve": "/ho-so/XS-1/"})
    assert 'name="face"' in tablet.get("/hai-long/man-hinh/quay/").content.decode()
    answer = tablet.post("/hai-long/man-hinh/quay/", {"face": "3", "question": str(question.id)})

    assert Question.objects.get().face == 3
    assert "Cảm ơn" in tablet.get(answer["Location"]).content.decode()
    assert 'name="face"' not in tablet.get("/hai-long/man-hinh/quay/").content.decode()


def test_on_the_tablet_nobody_is_an_official(commune: Any) -> None:
    tablet, _computer = desk_screen(commune)

    assert tablet.get("/mot-cua/").status_code == 302
    assert tablet.get("/can-bo/").status_code == 302


def test_a_late_tap_does_not_answer_for_the_next_person(commune: Any) -> None:
    tablet, computer = desk_screen(commune)
    first, second = asked(commune), asked(commune)
    for question in (first, second):
        computer.post("/hai-long/tai-quay/", {"subject": question.subject})

    tablet.post("/hai-long/man-hinh/quay/", {"face": "1", "question": str(first.id)})

    assert not Question.objects.exclude(answered_at=None).exists()


def test_without_a_tablet_the_official_is_shown_how_to_open_one(commune: Any) -> None:
    computer = Client()
    computer.force_login(people.staff(commune, Role.DESK))

    answer = computer.post("/hai-long/tai-quay/", {"subject": asked(commune).subject})

    assert answer["Location"] == "/hai-long/man-hinh/"
    assert "Chưa có màn hình" in computer.get("/hai-long/man-hinh/").content.decode()


def test_a_tablet_of_yesterday_shows_nothing(commune: Any) -> None:
    tablet, _computer = desk_screen(commune)
    AskingScreen.objects.update(opened_at=clock.now() - rules.SCREEN_LASTS)

    assert "Màn hình này chưa mở" in tablet.get("/hai-long/man-hinh/quay/").content.decode()
