"""From the list to the telephone exchange and back: whom the machine calls, when, and what becomes of each call."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from xaso.apps.notices import rules
from xaso.apps.notices.actions.calls import let_machine_call
from xaso.apps.notices.jobs import make_calls
from xaso.apps.notices.models import Call, CallTry
from xaso.apps.notices.ports import VoiceResult
from xaso.apps.notices.testing import waiting_call
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN
from xaso.platform.actor import Actor

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
"""Ten in the morning in Vietnam."""


class Exchange:
    """Keeps whom it was told to call, and ends calls as the test says."""

    def __init__(self, places: int = 1) -> None:
        self.places = places
        self.begun: list[tuple[str, str, int]] = []
        self.ended: list[VoiceResult] = []

    def room(self) -> int:
        return self.places - len(self.begun)

    def begin(self, *, phone: str, wav: bytes, reference: str) -> None:
        self.begun.append((phone, reference, len(wav)))

    def results(self) -> list[VoiceResult]:
        found, self.ended = self.ended, []
        return found

    def end(self, outcome: Any) -> None:
        _phone, reference, _size = self.begun.pop()
        self.ended.append(VoiceResult(reference, outcome))


@pytest.mark.django_db
class TestWorker:
    """From the list to the exchange and back."""

    @pytest.fixture
    def call(self) -> Call:
        call = waiting_call(uuid4(), NOW)
        Call.objects.update(by="machine")
        return call

    def run(self, port: Exchange, outcome: str, now: datetime = NOW) -> Call:
        make_calls(now, port=port)
        port.end(outcome)
        make_calls(now, port=port)
        return Call.objects.get()

    def test_who_heard_it_is_done(self, call: Call) -> None:
        port = Exchange()
        done = self.run(port, "reached")

        assert done.state == "reached"
        assert list(CallTry.objects.values_list("outcome", "by")) == [("reached", "SIP")]

    def test_after_two_misses_an_official_calls(self, call: Call) -> None:
        port = Exchange()
        first = self.run(port, "no_answer")
        assert (first.by, first.misses, first.due_at) == ("machine", 1, NOW + timedelta(hours=2))

        second = self.run(port, "cut_short", first.due_at)
        assert (second.by, second.state, second.due_at) == ("person", "waiting", first.due_at)

    @pytest.mark.parametrize("outcome", ["wrong_number", "failed"])
    def test_what_a_machine_cannot_mend_goes_to_an_official_at_once(self, call: Call, outcome: str) -> None:
        assert self.run(Exchange(), outcome).by == "person"

    def test_one_at_a_time_and_not_at_night(self, call: Call) -> None:
        waiting_call(call.commune_id, NOW, key="2", subject="dossier:2")
        Call.objects.update(by="machine")
        night = datetime(2026, 11, 23, 21, 0, tzinfo=VN)
        port = Exchange()

        assert make_calls(night, port=port) == 0
        assert make_calls(NOW, port=port) == 1
        assert make_calls(NOW, port=port) == 0
        assert len(port.begun) == 1

    def test_a_call_that_a_dead_worker_left_is_made_again_after_its_lease(self, call: Call) -> None:
        make_calls(NOW, port=Exchange())
        assert make_calls(NOW + timedelta(minutes=9), port=Exchange()) == 0
        assert make_calls(NOW + timedelta(minutes=10), port=Exchange()) == 1

    def test_one_replaced_meanwhile_stays_replaced(self, call: Call) -> None:
        port = Exchange()
        make_calls(NOW, port=port)
        waiting_call(call.commune_id, NOW, key="newer")
        port.end("no_answer")

        make_calls(NOW, port=port)

        assert Call.objects.get(pk=call.pk).state == "replaced"

    def test_a_language_that_no_machine_speaks_is_left_to_an_official(self, call: Call) -> None:
        Call.objects.update(language="hmn")
        port = Exchange()

        assert make_calls(NOW, port=port) == 1
        assert port.begun == []
        assert Call.objects.get().by == "person"

    def test_an_official_lets_the_machine_dial_what_was_left_to_her(self, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
        desk = Actor(kind="staff", commune_id=call.commune_id, name="Nguyễn Thị Hạnh", roles=frozenset({"desk"}))
        left = self.run(Exchange(), "failed")
        with pytest.raises(Refusal, match=r"notices\.no_exchange"):
            let_machine_call(desk, call.id, now=NOW)
        assert Call.objects.get().by == left.by == "person"

        monkeypatch.setenv("XASO_VOICE", "sip")
        night = datetime(2026, 11, 23, 21, 0, tzinfo=VN)
        assert let_machine_call(desk, call.id, now=night).due_at == datetime(2026, 11, 24, 8, 0, tzinfo=VN)
        assert let_machine_call(desk, call.id, now=NOW).by == "machine"

        assert self.run(Exchange(), "reached").state == "reached"

    def test_without_an_exchange_nothing_is_called(self, call: Call) -> None:
        assert make_calls(NOW) == 0
        assert rules.MOST_MACHINE_MISSES < rules.MOST_MISSES
