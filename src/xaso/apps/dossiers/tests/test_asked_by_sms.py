"""`TC <code>` by SMS: the known phone learns where the dossier stands, everybody else gets one and the same answer, and not for ever."""

from datetime import datetime, timedelta
from itertools import product

import pytest

from xaso.apps.dossiers import testing
from xaso.apps.dossiers.asked_by_sms import answer_incoming, code_asked
from xaso.apps.dossiers.flow import DELIVERY, MONEY, WORK
from xaso.apps.dossiers.models import Dossier
from xaso.apps.dossiers.standing import SMS, SPOKEN, in_one_sms, spoken, standing_of
from xaso.apps.dossiers.testing import MORNING, Office
from xaso.apps.notices.facade import messages_about, receive_text
from xaso.apps.notices.testing import fates, last_incoming, messages_count
from xaso.kernel.sms import GSM7, measure, without_marks
from xaso.platform import outbox

PHONE, STRANGER = "0912345678", "0987654321"
LATER = MORNING + timedelta(hours=1)


@pytest.mark.parametrize(
    "text",
    [
        "TC XS-261123-0007",
        "tc xs-261123-0007",
        "TC xs 261123 0007",
        "tc xs2611230007",
        "XS-261123-0007",
        "xs–261123–0007",
        "XS-261123-0007 TC",
        "TC: XS.261123.0007.",
        "tc xs-26ll23-ooo7",
        "Cho tôi hỏi hồ sơ XS-261123-0007 đến đâu rồi",
        "TC 261123 0007",
        "TC 0007 261123",
        "2611230007",
        "261123-0007",
        "Tra cứu 261123-0007",
        "tra cuu 261123-7",
        "TC XS-261123-7",
        "TC 261123 07",
        "TCXS2611230007",
        "t c x s 2 6 1 1 2 3 0 0 0 7",
        "ＴＣ ＸＳ－２６１１２３－０００７",
    ],
)
def test_a_code_is_found_however_it_is_written(text: str) -> None:
    assert code_asked(text) == "XS-261123-0007"


@pytest.mark.parametrize("text", ["tc h38.2 260518 0200015", "TC H38.2-260518-0200015", "H38.2-260518-0200015 ạ"])
def test_a_national_code_is_found_too(text: str) -> None:
    assert code_asked(text) == "H38.2-260518-0200015"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "TC",
        "Cảm ơn xã",
        "0912345678",
        "Toi 45 tuoi",
        "TC XS-269923-0007",
        "TC 12",
        "TC 261123-0",
        "hồ sơ 261123 lúc 7 giờ",
        "gọi tôi 0912345678",
        "261123",
        "\u202e7000-321162-SX CT",
        "\n" * 500,
    ],
)
def test_what_is_no_code_is_none(text: str) -> None:
    assert code_asked(text) is None


def ask(phone: str, text: str, now: datetime = LATER) -> str:
    """Send an SMS, let the worker hear of it, and return what was answered: "" for nothing."""
    receive_text(phone, text, now=now)
    while outbox.relay(now):
        pass
    return last_incoming().answer


@pytest.mark.django_db
class TestAnswers:
    """From the SMS to the answer."""

    def test_the_known_phone_is_told_where_the_dossier_stands(self, office: Office) -> None:
        dossier = testing.examining(office, testing.POOR, phone=PHONE)

        said = ask("+84912345678", f"tc {dossier.code.lower()}")

        assert dossier.code in said
        assert "dang giai quyet" in without_marks(said)
        assert measure(said).segments == 1
        assert said in [line.body for line in messages_about(office.commune_id, f"dossier:{dossier.id}") if line.address == PHONE]

    def test_a_strangers_phone_and_a_code_that_nobody_has_get_the_same_words(self, office: Office) -> None:
        dossier = testing.examining(office, phone=PHONE)
        absent = "XS-250101-9999"

        not_hers, not_there = ask(STRANGER, f"TC {dossier.code}"), ask("0977777777", f"TC {absent}")

        assert not_hers.replace(dossier.code, "#") == not_there.replace(absent, "#")
        assert "XS" in not_hers
        assert fates() == ["refused", "refused"]

    def test_who_tries_codes_gets_no_answer_after_three_and_the_owner_still_does(self, office: Office) -> None:
        dossier = testing.examining(office, phone=PHONE)

        said = [bool(ask(STRANGER, f"TC XS-261119-{number:04}", LATER + timedelta(minutes=number))) for number in range(1, 9)]

        assert said == [True] * 3 + [False] * 5
        assert fates() == ["refused"] * 3 + ["guessing"] * 5
        assert ask(PHONE, dossier.code, LATER + timedelta(minutes=10))

    def test_nonsense_is_answered_once_a_day(self, office: Office) -> None:
        said = [bool(ask(PHONE, f"xin chào {number}", LATER + timedelta(hours=number))) for number in (0, 1, 23, 25)]

        assert said == [True, False, False, True]

    @pytest.mark.parametrize("sender", ["VIETTEL", "1414", "191", "+", "", "0912345678; DROP TABLE"])
    def test_machines_are_never_answered(self, office: Office, sender: str) -> None:
        assert ask(sender, "TC XS-261123-0007") == ""
        assert fates() == ["silent"]
        assert messages_count() == 0

    def test_a_machine_that_sends_our_words_back_is_not_answered(self, office: Office) -> None:
        dossier = testing.examining(office, testing.POOR, phone=PHONE)
        said = ask(PHONE, f"TC {dossier.code}")

        assert ask(PHONE, f"Tu dong tra loi: {said}", LATER + timedelta(minutes=1)) == ""

    def test_one_phone_is_answered_six_times_an_hour(self, office: Office) -> None:
        dossier = testing.examining(office, testing.POOR, phone=PHONE)

        said = [bool(ask(PHONE, f"TC {dossier.code} {'!' * number}", LATER + timedelta(minutes=number))) for number in range(9)]
        later = ask(PHONE, f"TC {dossier.code} nua", LATER + timedelta(minutes=75))

        assert said == [True] * 6 + [False] * 3
        assert later

    def test_a_fact_heard_twice_is_answered_once(self, office: Office) -> None:
        ask(STRANGER, "TC XS-261119-0001")
        answer_incoming(last_incoming().id)

        assert messages_count() == 1


LONGEST = {
    "code": "XS-261123-99999",
    "fee_vnd": 1_250_000,
    "due_at": MORNING + timedelta(days=40),
    "state": "examining",
    "money_state": "none",
    "delivery_state": "not_ready",
}


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["vi", "en"])
def test_each_standing_fits_one_sms_without_marks(office: Office, language: str) -> None:
    for standing, texts in SMS.items():
        facts = {"due": "30/11/2026", "fee": "1.250.000 đ", "tracking": "EV123456789VN"}
        head = {"vi": "Hồ sơ", "en": "Application"}[language]
        whole = without_marks(f"{head} XS-261123-99999: {texts[language] % facts} Gọi xã: 0214 3880 1234")
        size = measure(whole)
        assert (size.encoding, size.segments) == (GSM7, 1), (standing, whole)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facts", "standing"),
    [
        ({}, "working"),
        ({"due_at": MORNING - timedelta(days=1)}, "late"),
        ({"due_at": None}, "undated"),
        ({"paused_at": MORNING}, "undated"),
        ({"money_state": "requested"}, "to_pay"),
        ({"state": "held"}, "held"),
        ({"state": "asked_before_filing"}, "asked"),
        ({"state": "supplement_asked"}, "asked"),
        ({"state": "stopped_at_intake"}, "stopped"),
        ({"state": "solved", "delivery_state": "ready"}, "ready"),
        ({"state": "solved", "delivery_state": "ready", "money_state": "due"}, "ready_to_pay"),
        ({"state": "solved", "delivery_state": "downloaded"}, "given"),
        ({"state": "solved", "delivery_state": "returned"}, "returned"),
    ],
)
def test_each_state_has_its_words(office: Office, facts: dict[str, object], standing: str) -> None:
    dossier = Dossier(**{**LONGEST, **facts}, commune_id=office.commune_id, submitted_at=MORNING)

    assert standing_of(dossier, MORNING) == standing
    assert in_one_sms(dossier, MORNING)
    assert spoken(dossier, MORNING).startswith("Kính chào anh chị.")


def test_every_state_of_the_flows_has_words_to_be_sent_and_spoken() -> None:
    states = product(WORK.states, MONEY.states, DELIVERY.states, (None, MORNING), (None, MORNING, LATER + timedelta(days=1)))
    told = {
        standing_of(Dossier(state=work, money_state=money, delivery_state=delivery, paused_at=paused, due_at=due, fee_vnd=8000), LATER)
        for work, money, delivery, paused, due in states
    }

    assert told == SPOKEN.keys()


def test_what_is_spoken_and_what_is_sent_know_the_same_standings() -> None:
    assert SMS.keys() == SPOKEN.keys()
    assert all(set(texts) == {"vi", "en"} for texts in (*SMS.values(), *SPOKEN.values()))


@pytest.mark.django_db
def test_what_is_spoken_names_nobody_and_no_procedure(office: Office) -> None:
    dossier = testing.examining(office, testing.POOR, phone=PHONE)

    said = spoken(dossier, LATER)

    assert dossier.code in said
    assert dossier.applicant_name not in said
    assert dossier.procedure_name not in said
