"""Search, read, file and move, fuzzed where they answer: with dossiers that are there and applications that fit, held to the schema.

Data drawn from a schema alone are refused nearly always: no draw finds the id of a dossier. Here what must exist does, the rest is drawn.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import cycle
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.api.conftest import SCOPES
from tests.api.test_schema import schema
from xaso.apps.dossiers import testing as build
from xaso.apps.dossiers.actions import examination, post
from xaso.apps.dossiers.endpoints import MOVES
from xaso.apps.dossiers.models import Attachment, Dossier, Step
from xaso.apps.dossiers.shapes import PostedTo
from xaso.kernel.worktime import VN
from xaso.platform import clock, tokens
from xaso.platform.calendar import work_calendar
from xaso.platform.tests.file_samples import photo
from xaso.platform.uploads.testing import sent_whole

EXAMPLES = 40
CODES = (build.COPY, build.POOR, build.BIRTH, build.MARITAL)
LATE_DAY = work_calendar().next_working_day((clock.now() + timedelta(days=40)).astimezone(VN).date())
"""A working day after any due date of what is taken in today."""
TODAY = clock.now().astimezone(VN).date()
LINKED = "3.000722"
WORDS = ("khai sinh", "sao y", "ho ngheo", "giay to")
ANSWERS: Any = {"documents": [{"name": "Căn cước", "pages": 2, "copies": 1}]}

Brought = Callable[[build.Office], Dossier]


@pytest.fixture
def made(db: None) -> Iterator[build.Office]:
    """Yield a commune at work; requests share the test's connection, as with Django's own client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield build.office()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def headers(made: build.Office) -> dict[str, str]:
    """Return the headers of a program that may do all that the API offers."""
    return {"Authorization": f"Bearer {tokens.create(made.commune_id, 'thử', SCOPES, now=build.MORNING)}", "Accept-Encoding": "identity"}


def held(made: build.Office) -> Dossier:
    dossier = build.submitted(made)
    Dossier.objects.filter(pk=dossier.pk).update(state="held", sync_state="held")
    return dossier


def asked(made: build.Office) -> Dossier:
    return examination.ask_for_more(made.desk, build.submitted(made).id, [{"paper": "", "text": "thiếu bản chính"}], now=build.MORNING)


def stopped(made: build.Office) -> Dossier:
    return examination.stop(made.officer, build.examining(made).id, "không liên lạc được", "Biên bản", now=build.MORNING)


def long_examined(made: build.Office) -> Dossier:
    return build.examining(made, build.POOR, now=clock.now())


def free(made: build.Office) -> Dossier:
    return build.submitted(made, build.POOR)


def solved(made: build.Office) -> Dossier:
    build.give_certificates(made)
    return build.solved(made)


def posted(made: build.Office) -> Dossier:
    """Bring a result that was handed to the post today; the API knows no other day than today without being told."""
    solved_now = solved(made)
    to = PostedTo("Giàng A Pao", "Thôn Nậm Đét", "xã Bảo Nhai, tỉnh Lào Cai")
    return post.send_by_post(made.desk, solved_now.id, "EB123456789VN", to, TODAY, now=clock.now())


def linked(made: build.Office) -> Dossier:
    return build.accepted(made, LINKED)


STATES: dict[str, Brought] = {**build.STATES, "held": held, "asked": asked, "stopped": stopped, "free": free}
NOTE = {"note": "lý do"}
IN_TURN: dict[str, tuple[Brought, dict[str, Any]]] = {
    "register": (held, {"data": {"national_code": "G08.99.22-261124-0001"}}),
    "accept": (build.submitted, {}),
    "refuse": (build.submitted, {**NOTE, "data": {"legal_ground": "Nghị định 118/2025/NĐ-CP"}}),
    "take": (build.accepted, {}),
    "ask_for_more": (build.examining, NOTE),
    "add_supplement": (asked, NOTE),
    "extend": (long_examined, {**NOTE, "data": {"new_due_on": LATE_DAY.isoformat()}}),
    "stop": (build.examining, {**NOTE, "data": {"legal_ground": "Biên bản làm việc"}}),
    "resume": (stopped, {}),
    "withdraw": (build.examining, NOTE),
    "prepare_result": (build.examining, {"data": {"result": {"subject": "Căn cước"}}}),
    "charge": (free, {**NOTE, "data": {"amount_vnd": 8000}}),
    "request_payment": (build.accepted, {}),
    "take_payment": (build.submitted, {"data": {"amount_vnd": 4000, "receipt_number": "0000123"}}),
    "waive": (build.submitted, NOTE),
    "hand_over": (solved, {"data": {"recipient_name": "Giàng A Pao", "shown_paper": "Căn cước", "signed_for": True}}),
    "send_by_post": (
        solved,
        {"data": {"tracking_number": "EB123456789VN", "return_address": "Thôn Nậm Đét", "return_area": "xã Bảo Nhai"}},
    ),
    "note_delivered": (posted, {}),
    "note_returned": (posted, NOTE),
}
NEEDS_A_RESULT = frozenset({"hand_over", "send_by_post", "note_delivered", "note_returned"})


def test_the_table_holds_every_move_that_programs_may_make() -> None:
    assert set(IN_TURN) == set(MOVES)


@pytest.mark.parametrize("verb", IN_TURN)
def test_each_move_in_its_turn_succeeds_and_answers_as_the_schema_says(verb: str, made: build.Office, headers: dict[str, str]) -> None:
    bring, data = IN_TURN[verb]
    dossier = bring(made)
    steps = Step.objects.filter(dossier=dossier).count()
    operation = schema["/api/v1/dossiers/{dossier_id}/moves"]["POST"]
    case = operation.Case(path_parameters={"dossier_id": str(dossier.id)}, body={"verb": verb, **data}, media_type="application/json")

    response = case.call(headers=headers)

    case.validate_response(response, headers=headers)
    assert response.status_code == 200, response.text
    assert Step.objects.filter(dossier=dossier).count() > steps
    assert Step.objects.filter(dossier=dossier, number__gt=steps, verb=verb).exists()


def fuzz(operation_id: str, headers: dict[str, str], aim: Callable[[schemathesis.Case], None]) -> Counter[int]:
    """Send drawn requests, aimed at what is there, hold each answer to the schema, and return how often each status came."""
    statuses: Counter[int] = Counter()

    @given(case=schema.find_operation_by_id(operation_id).as_strategy())
    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    def send(case: schemathesis.Case) -> None:
        aim(case)
        response = case.call(headers=headers)
        # What a state or a rule refuses is answered 422 as well, and no schema can tell that beforehand.
        case.validate_response(response, headers=headers, excluded_checks=[positive_data_acceptance])
        statuses[response.status_code] += 1

    send()
    return statuses


def test_search_answers_words_that_find_something(made: build.Office, headers: dict[str, str]) -> None:
    words = cycle(WORDS)

    def aim(case: schemathesis.Case) -> None:
        case.query = {**(case.query or {}), "q": next(words), "offset": 0}

    assert fuzz("find_procedures", headers, aim)[200] > EXAMPLES / 2


def test_procedures_that_exist_are_read(made: build.Office, headers: dict[str, str]) -> None:
    codes = cycle(CODES)

    def aim(case: schemathesis.Case) -> None:
        case.path_parameters = {"code": next(codes)}

    statuses = fuzz("read_procedure", headers, aim)
    assert set(statuses) == {200}


def test_dossiers_in_every_state_are_read(made: build.Office, headers: dict[str, str]) -> None:
    there = cycle([bring(made) for bring in STATES.values()])

    def aim(case: schemathesis.Case) -> None:
        case.path_parameters = {"dossier_id": str(next(there).id)}

    statuses = fuzz("read_dossier", headers, aim)
    assert set(statuses) == {200}


def test_applications_that_fit_are_filed(made: build.Office, headers: dict[str, str]) -> None:
    turn = cycle((True, True, False))

    def aim(case: schemathesis.Case) -> None:
        if isinstance(case.body, dict) and next(turn):
            case.body = {**case.body, "procedure_code": build.COPY, "answers": ANSWERS}
            case.body.setdefault("channel", "counter")
            applicant = case.body.get("applicant")
            if isinstance(applicant, dict) and applicant.get("return_by"):
                case.body["applicant"] = {
                    **applicant,
                    "phone": "0912345678",
                    "return_address": "Thôn Nậm Đét",
                    "return_area": "xã Bảo Nhai",
                }

    statuses = fuzz("create_dossier", headers, aim)

    filed_or_found_filed = statuses[201] + statuses[200]
    assert filed_or_found_filed >= 5, statuses
    assert statuses[201] >= 1, statuses
    assert Dossier.objects.count() == statuses[201]


def test_dossiers_are_moved_in_their_turn_refused_out_of_it_and_never_break(made: build.Office, headers: dict[str, str]) -> None:
    others = [bring(made) for bring in STATES.values()]
    in_turn = cycle([(verb, *needed) for verb, needed in IN_TURN.items() if verb not in NEEDS_A_RESULT])
    out_of_turn, verbs, turn = cycle(others), cycle(reversed(IN_TURN)), cycle((True, False))

    def aim(case: schemathesis.Case) -> None:
        drawn = case.body if isinstance(case.body, dict) else {}
        if next(turn):
            verb, bring, data = next(in_turn)
            case.path_parameters = {"dossier_id": str(bring(made).id)}
            case.body = {**drawn, **NOTE, "verb": verb, **data}
        else:
            case.path_parameters = {"dossier_id": str(next(out_of_turn).id)}
            case.body = {**drawn, "verb": next(verbs)}

    statuses = fuzz("move_dossier", headers, aim)

    assert statuses[200] >= 10, statuses
    assert statuses[409] >= 3, statuses
    assert set(statuses) <= {200, 400, 409, 422}, statuses  # 400: JSON that no database could keep


def test_dossiers_are_found_by_each_of_their_codes(made: build.Office, headers: dict[str, str]) -> None:
    there = [bring(made) for bring in STATES.values()]
    Dossier.objects.filter(pk=there[0].pk).update(national_code="G08.99.22-261124-0001")
    codes = cycle([*(dossier.code for dossier in there), "g08.99.22-261124-0001"])

    def aim(case: schemathesis.Case) -> None:
        case.path_parameters = {"code": next(codes)}

    assert set(fuzz("find_dossier", headers, aim)) == {200}


def test_parts_are_moved_in_their_turn_refused_out_of_it_and_never_break(made: build.Office, headers: dict[str, str]) -> None:
    parts = [part.part_id for part in linked(made).parts.all()]
    there, turn = cycle(parts), cycle((True, False))

    def aim(case: schemathesis.Case) -> None:
        drawn = case.body if isinstance(case.body, dict) else {}
        case.path_parameters = {"dossier_id": str(linked(made).id), "part_id": next(there)}
        case.body = {"verb": "send_part", "official_code": "H38-1"} if next(turn) else {**drawn, "verb": "part_done"}

    statuses = fuzz("move_part", headers, aim)

    assert statuses[200] >= 10, statuses
    assert statuses[409] >= 3, statuses
    assert set(statuses) <= {200, 400, 409, 422}, statuses


def test_applications_are_filed_with_files_that_were_sent(made: build.Office, headers: dict[str, str]) -> None:
    upload = sent_whole(photo())
    turn = cycle((True, False))

    def aim(case: schemathesis.Case) -> None:
        if isinstance(case.body, dict):
            paper: Any = {"paper": "original", "upload": upload if next(turn) else "0" * 40}
            applicant: Any = {"name": "Giàng A Pao", "phone": "0912345678"}
            case.body = {"procedure_code": build.COPY, "channel": "counter", "applicant": applicant, "answers": ANSWERS, "papers": [paper]}

    statuses = fuzz("create_dossier", headers, aim)

    assert statuses[201] >= 1, statuses
    assert Attachment.objects.count() == Dossier.objects.count() == statuses[201]
