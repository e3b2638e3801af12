"""Calls to people: whom an official is to call, what came of it, and when it is tried again."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from uuid import UUID, uuid4
from zipfile import ZipFile

import pytest
from django.test import Client
from django.utils.html import escape

from xaso.apps.audit import facade as audit
from xaso.apps.notices import rules
from xaso.apps.notices.actions.calls import Tried, call_again, note_call
from xaso.apps.notices.models import Call, CallTry
from xaso.apps.notices.testing import calls_shown, queued, waiting_call
from xaso.apps.people import testing as people
from xaso.apps.people.facade import Role
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN
from xaso.platform.actor import Actor

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
"""Ten in the morning in Vietnam."""
COMMUNE = uuid4()
DESK = Actor(kind="staff", commune_id=COMMUNE, name="Nguyễn Thị Hạnh", roles=frozenset({"desk"}))


@pytest.mark.parametrize(
    ("at", "called"),
    [
        ("10:00", "23 10:00"),
        ("07:59", "23 08:00"),
        ("00:00", "23 08:00"),
        ("19:59", "23 19:59"),
        ("20:00", "24 08:00"),
        ("23:59", "24 08:00"),
    ],
)
def test_nobody_is_called_at_night(at: str, called: str) -> None:
    hour, minute = map(int, at.split(":"))
    found = rules.calling_time(datetime(2026, 11, 23, hour, minute, tzinfo=VN))
    assert f"{found.astimezone(VN):%d %H:%M}" == called


@pytest.mark.parametrize(
    ("minutes_ahead", "missed_hours_ago", "is_calling"),
    [(10, None, True), (1, None, True), (0, None, False), (11, None, False), (5, 3, True)],
    ids=["just begun", "nearly over", "due", "later", "second try"],
)
def test_a_machine_calls_as_long_as_its_lease(minutes_ahead: int, missed_hours_ago: int | None, is_calling: bool) -> None:
    missed_at = NOW - timedelta(hours=missed_hours_ago) if missed_hours_ago else None
    found = rules.is_being_made(NOW + timedelta(minutes=minutes_ahead), missed_at, int(missed_at is not None), now=NOW)
    assert found == is_calling


def test_a_machine_that_pauses_after_a_miss_or_for_the_night_does_not_call() -> None:
    soon = NOW + timedelta(minutes=5)
    night = datetime(2026, 11, 23, 7, 55, tzinfo=VN)
    assert not rules.is_being_made(soon, soon - rules.CALL_PAUSES[0], 1, now=NOW)
    assert not rules.is_being_made(night + timedelta(minutes=5), None, 0, now=night)


@pytest.mark.django_db
class TestTries:
    """What an official notes."""

    def test_who_was_reached_is_done(self) -> None:
        call = note_call(DESK, waiting_call(COMMUNE, NOW).id, Tried("reached"), now=NOW)

        assert (call.state, call.done_at) == ("reached", NOW)
        assert list(CallTry.objects.values_list("outcome", "by")) == [("reached", "Nguyễn Thị Hạnh")]
        assert audit.history_of(f"call:{call.id}")[0].detail == {"about": "dossier:1", "outcome": "reached"}

    def test_who_does_not_answer_is_called_again_and_given_up_after_five(self) -> None:
        call, at, dues = waiting_call(COMMUNE, NOW), NOW, []
        for _try in range(5):
            call = note_call(DESK, call.id, Tried("no_answer"), now=at)
            dues.append((call.state, f"{call.due_at.astimezone(VN):%d %H:%M}"))
            at = call.due_at

        assert dues == [
            ("waiting", "23 12:00"),
            ("waiting", "23 17:00"),
            ("waiting", "24 17:00"),
            ("waiting", "25 17:00"),
            ("not_reached", "25 17:00"),
        ]
        with pytest.raises(Refusal, match=r"flow\.not_allowed"):
            note_call(DESK, call.id, Tried("reached"), now=at)
        again = call_again(DESK, call.id, now=at)
        assert (again.state, again.misses, again.due_at) == ("waiting", 0, at)

    def test_who_asks_for_another_time_is_called_then(self) -> None:
        call = waiting_call(COMMUNE, NOW)
        at = NOW + timedelta(hours=5)

        assert note_call(DESK, call.id, Tried("later", at), now=NOW).due_at == at
        for wrong in (None, NOW, NOW - timedelta(days=1)):
            with pytest.raises(Refusal, match=r"notices\.call_time_wrong"):
                note_call(DESK, call.id, Tried("later", wrong), now=NOW)
        with pytest.raises(Refusal, match=r"notices\.outcome_unknown"):
            note_call(DESK, call.id, Tried("cut_short"), now=NOW)

    def test_a_wrong_number_ends_it(self) -> None:
        assert note_call(DESK, waiting_call(COMMUNE, NOW).id, Tried("wrong_number"), now=NOW).state == "wrong_number"

    def test_newer_news_of_the_same_takes_the_place_of_what_waits(self) -> None:
        first = waiting_call(COMMUNE, NOW, key="1")
        done = note_call(DESK, waiting_call(COMMUNE, NOW, key="2", subject="dossier:2").id, Tried("reached"), now=NOW)
        second = waiting_call(COMMUNE, NOW + timedelta(minutes=1), key="3")

        states = {call.id: call.state for call in Call.objects.all()}
        assert states == {first.id: "replaced", done.id: "reached", second.id: "waiting"}

    def test_the_same_key_queues_nothing_again_and_a_number_that_is_none_nothing_at_all(self) -> None:
        call = waiting_call(COMMUNE, NOW)
        assert waiting_call(COMMUNE, NOW).id == call.id
        with pytest.raises(Call.DoesNotExist):
            waiting_call(COMMUNE, NOW, key="2", phone="không có")
        assert len(calls_shown(COMMUNE)) == 1

    def test_another_commune_and_another_role_find_nothing(self) -> None:
        call = waiting_call(COMMUNE, NOW)
        for actor in (
            Actor(kind="staff", commune_id=uuid4(), roles=frozenset({"desk"})),
            Actor(kind="staff", commune_id=COMMUNE, roles=frozenset({"case_officer"})),
        ):
            with pytest.raises(Refusal, match=r"notices\.not_found"):
                note_call(actor, call.id, Tried("reached"), now=NOW)
        assert Call.objects.get().state == "waiting"

    def test_a_fixed_line_gets_no_sms(self) -> None:
        assert queued(COMMUNE, NOW, phone="0214 388 1234", email="") == []


@pytest.mark.django_db
class TestPage:
    """The officials' list."""

    @pytest.fixture
    def commune_id(self) -> UUID:
        return people.commune().id

    @pytest.fixture
    def desk(self, commune_id: UUID) -> Client:
        client = Client()
        client.force_login(people.staff_of(commune_id, Role.DESK.value))
        return client

    @pytest.fixture
    def call(self, commune_id: UUID) -> Call:
        return waiting_call(commune_id, datetime.now(tz=UTC) - timedelta(days=1), name="<b>Giàng A Pao</b>")

    def test_it_shows_number_words_and_buttons(self, desk: Client, call: Call) -> None:
        shown = desk.get("/goi-dien/").content.decode()

        assert 'href="tel:0912345678"' in shown
        assert "&lt;b&gt;Giàng A Pao" in shown
        assert "hai mươi ba" in shown or "hai ba" in shown
        assert "Không nghe máy" in shown
        assert desk.get("/can-bo/").status_code == 200

    def test_an_outcome_is_noted_and_leads_back(self, desk: Client, call: Call) -> None:
        back = "/goi-dien/?q=Pao"
        answer = desk.post(f"/goi-dien/{call.id}/ket-qua/", {"outcome": "no_answer", "ve": back})
        assert answer["Location"] == back
        assert Call.objects.get().misses == 1
        assert ": không nghe máy. Gọi lại từ " in desk.get(back).content.decode()

        assert desk.post(f"/goi-dien/{call.id}/ket-qua/", {"outcome": "bịa", "ve": "https://a.example/"})["Location"] == "/goi-dien/"
        desk.post(f"/goi-dien/{call.id}/ket-qua/", {"outcome": "later", "again_at": "hôm qua"})
        assert CallTry.objects.count() == 1
        at = (datetime.now(tz=UTC) + timedelta(days=1)).isoformat()
        desk.post(f"/goi-dien/{call.id}/ket-qua/", {"outcome": "later", "again_at": at})
        assert Call.objects.get().due_at.isoformat() == at

    def test_what_is_the_machines_is_not_shown_as_an_officials(self, desk: Client, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
        assert "Để máy gọi ngay" not in desk.get("/goi-dien/").content.decode()
        monkeypatch.setenv("XASO_VOICE", "sip")
        assert "Để máy gọi ngay" in desk.get("/goi-dien/").content.decode()

        answer = desk.post(f"/goi-dien/{call.id}/ket-qua/", {"outcome": "machine"}, follow=True).content.decode()

        assert f"Máy gọi cho {escape(call.name)} từ " in answer
        assert "Chờ máy gọi" in answer
        assert Call.objects.get().by == "machine"

    def test_it_comes_as_a_workbook(self, desk: Client, call: Call) -> None:
        with ZipFile(BytesIO(b"".join(desk.get("/tai-bang/goi-dien/")))) as book:
            assert "0912345678" in "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))

    def test_an_empty_list_says_what_it_is_for(self, desk: Client) -> None:
        assert "Không có ai cần gọi" in desk.get("/goi-dien/?trang-thai=wrong_number").content.decode()
