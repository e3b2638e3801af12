"""What programs may do with dossiers, and how they are refused."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.api.conftest import Caller, CallerWith
from xaso.apps.audit import facade as audit
from xaso.apps.dossiers import testing as build
from xaso.apps.dossiers.endpoint_shapes import DossierIn
from xaso.apps.dossiers.models import Dossier, Posting, Step
from xaso.platform.idempotency import Key
from xaso.platform.models import IdempotencyKey, OutboxMessage

KEY = "khoa-0001"


def test_a_dossier_is_filed_with_its_step_trace_and_fact(caller: Caller, application: dict[str, Any]) -> None:
    answer = caller.post("/dossiers", application, key=KEY)

    assert answer.status_code == 201
    shown = answer.json()
    assert shown["code"].startswith("XS-")
    assert (shown["state"], shown["money_state"], shown["national_state"], shown["fee_vnd"]) == ("submitted", "due", 1, 4000)
    dossier = Dossier.objects.get()
    assert str(dossier.id) == shown["id"]
    assert dossier.applicant_folded == "giang a pao"
    assert [(step.verb, step.to_state, step.actor_kind) for step in Step.objects.all()] == [("submit", "submitted", "token")]
    subject = f"dossier:{dossier.id}"
    assert [line.verb for line in audit.history_of(subject)] == ["dossiers.submit"]
    assert OutboxMessage.objects.get().subject == subject


def test_the_same_key_and_body_give_the_same_dossier(caller: Caller, application: dict[str, Any]) -> None:
    first = caller.post("/dossiers", application, key=KEY)
    again = caller.post("/dossiers", dict(reversed(application.items())), key=KEY)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert (Dossier.objects.count(), Step.objects.count(), OutboxMessage.objects.count()) == (1, 1, 1)


def test_the_same_key_with_another_body_is_refused(caller: Caller, application: dict[str, Any]) -> None:
    caller.post("/dossiers", application, key=KEY)

    other = caller.post("/dossiers", {**application, "language": "en"}, key=KEY)
    wrong = caller.post("/dossiers", {**application, "answers": {}}, key=KEY)

    assert [(one.status_code, one.json()["code"]) for one in (other, wrong)] == [(409, "platform.key_reused")] * 2
    assert Dossier.objects.count() == 1


def test_a_key_belongs_to_its_token(caller_with: CallerWith, application: dict[str, Any]) -> None:
    one, other = caller_with("dossiers:create"), caller_with("dossiers:create")

    answers = [program.post("/dossiers", application, key=KEY) for program in (one, other)]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert Dossier.objects.count() == 2


def test_a_refused_application_uses_up_no_key(caller: Caller, application: dict[str, Any]) -> None:
    refused = caller.post("/dossiers", {**application, "answers": {"documents": [{"name": "Căn cước", "pages": 0, "copies": 1}]}}, key=KEY)

    assert refused.status_code == 422
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert refused.json()["code"] == "dossiers.answers_invalid"
    assert [error["path"] for error in refused.json()["errors"]] == ["/documents/0/pages"]
    assert (Dossier.objects.count(), IdempotencyKey.objects.count(), OutboxMessage.objects.count()) == (0, 0, 0)
    assert caller.post("/dossiers", application, key=KEY).status_code == 201


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"procedure_code": "9.999999"}, 404, "dossiers.procedure_not_found"),
        ({"channel": "post"}, 422, "dossiers.channel_not_offered"),
        ({"channel": "fax"}, 422, "platform.malformed"),
        ({"applicant": {"name": " "}}, 422, "dossiers.applicant_missing"),
        ({"applicant": {"name": "A", "phone": "12"}}, 422, "platform.malformed"),
        ({"applicant": {"name": "A", "phone": 912345678}}, 422, "platform.malformed"),
        ({"answer": {}}, 422, "platform.malformed"),
    ],
)
def test_what_does_not_fit_is_named_by_a_stable_code(
    caller: Caller, application: dict[str, Any], change: dict[str, Any], status: int, code: str
) -> None:
    answer = caller.post("/dossiers", {**application, **change}, key=KEY)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert Dossier.objects.count() == 0


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "[]",
        "null",
        '{"procedure_code": NaN}',
        "[" * 100_000,
        '{"procedure_code": "2.000815", "applicant": {"name": "A\\u0000"}, "answers": {}}',
        '{"procedure_code": "2.000815", "applicant": {"name": "A\\ud800"}, "answers": {}}',
        b"\xff\xfe",
    ],
)
def test_broken_json_is_refused_and_changes_nothing(caller: Caller, body: str | bytes) -> None:
    answer = caller.post("/dossiers", body, key=KEY)

    assert answer.status_code in {400, 422}
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert Dossier.objects.count() == 0


def test_hostile_texts_are_kept_as_texts(caller: Caller, application: dict[str, Any]) -> None:
    name = "<script>alert(1)</script> 😀 Nguyê\u0303n'; DROP TABLE dossiers_dossier; --"

    answer = caller.post("/dossiers", {**application, "applicant": {"name": name}}, key=KEY)

    assert answer.status_code == 201
    assert Dossier.objects.get().applicant_name == name


@pytest.mark.parametrize("key", ["", "short", "k" * 121])
def test_a_key_has_8_to_120_characters(caller: Caller, application: dict[str, Any], key: str) -> None:
    answer = caller.post("/dossiers", application, key=key)

    assert (answer.status_code, answer.json()["code"]) == (422, "platform.malformed")
    assert Dossier.objects.count() == 0


def test_without_a_token_nothing_is_done(caller_with: CallerWith, application: dict[str, Any]) -> None:
    stranger = caller_with()

    answers = [stranger.post("/dossiers", application, key=KEY), stranger.get(f"/dossiers/{uuid4()}")]

    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(401, "platform.token_missing")] * 2


def test_an_unknown_token_is_refused(caller: Caller, application: dict[str, Any]) -> None:
    forged = Caller(caller.made, "xaso_" + "x" * 43, caller.client)

    answer = forged.post("/dossiers", application, key=KEY)

    assert (answer.status_code, answer.json()["code"]) == (401, "platform.token_unknown")


def test_a_token_does_only_what_its_scopes_say(caller_with: CallerWith, application: dict[str, Any]) -> None:
    reader = caller_with("dossiers:read")

    answer = reader.post("/dossiers", application, key=KEY)

    assert (answer.status_code, answer.json()["code"]) == (403, "platform.scope_missing")
    assert Dossier.objects.count() == 0


def test_absent_and_foreign_dossiers_are_the_same_answer(caller: Caller) -> None:
    foreign = build.submitted(build.office(), now=build.MORNING + timedelta(days=1))
    answers = [caller.get(f"/dossiers/{pk}") for pk in (foreign.id, uuid4())]
    answers += [caller.post(f"/dossiers/{pk}/moves", {"verb": "accept"}) for pk in (foreign.id, uuid4())]

    assert {(answer.status_code, answer.headers["Content-Type"]) for answer in answers} == {(404, "application/problem+json")}
    assert len({answer.content for answer in answers}) == 1
    assert answers[0].json()["code"] == "dossiers.not_found"
    assert (Dossier.objects.get().state, Step.objects.count()) == ("submitted", 1)


def test_an_id_that_is_none_is_malformed(caller: Caller) -> None:
    answer = caller.get("/dossiers/khong-phai-ma")

    assert (answer.status_code, answer.json()["code"]) == (422, "platform.malformed")


def test_a_dossier_is_moved_through_its_life(caller: Caller, application: dict[str, Any]) -> None:
    place = f"/dossiers/{caller.post('/dossiers', application, key=KEY).json()['id']}"
    paid = {"amount_vnd": 4000, "receipt_number": "0000123"}

    moves = [
        caller.post(f"{place}/moves", body)
        for body in ({"verb": "accept"}, {"verb": "take_payment", "data": paid}, {"verb": "take"}, {"verb": "withdraw", "note": "đổi ý"})
    ]

    assert [answer.status_code for answer in moves] == [200] * 4
    shown = caller.get(place).json()
    assert (shown["state"], shown["money_state"], shown["national_state"]) == ("withdrawn", "paid", 7)
    assert [step.verb for step in Step.objects.all()] == ["submit", "accept", "take_payment", "take", "withdraw"]


def test_a_move_out_of_turn_is_refused_and_changes_nothing(caller: Caller, application: dict[str, Any]) -> None:
    place = f"/dossiers/{caller.post('/dossiers', application, key=KEY).json()['id']}"

    answer = caller.post(f"{place}/moves", {"verb": "take"})

    assert (answer.status_code, answer.json()["code"]) == (409, "flow.not_allowed")
    assert Dossier.objects.get().state == "submitted"
    assert Step.objects.count() == 1


@pytest.mark.parametrize("verb", ["sign", "make_ready", "download", "nothing"])
def test_some_moves_are_for_people_alone(caller: Caller, application: dict[str, Any], verb: str) -> None:
    place = f"/dossiers/{caller.post('/dossiers', application, key=KEY).json()['id']}"

    answer = caller.post(f"{place}/moves", {"verb": verb})

    assert (answer.status_code, answer.json()["code"]) == (422, "platform.malformed")
    assert Step.objects.count() == 1


def test_a_token_without_the_role_moves_nothing(caller_with: CallerWith, application: dict[str, Any]) -> None:
    program = caller_with("dossiers:create", "dossiers:move")
    place = f"/dossiers/{program.post('/dossiers', application, key=KEY).json()['id']}"

    answer = program.post(f"{place}/moves", {"verb": "accept"})

    assert (answer.status_code, answer.json()["code"]) == (409, "flow.not_allowed")


def test_a_result_is_asked_for_by_post_with_all_that_the_post_needs(caller: Caller, application: dict[str, Any]) -> None:
    home = {"return_by": "post", "return_address": "Thôn Nậm Đét", "return_area": "xã Bảo Nhai, tỉnh Lào Cai", "phone": "0912345678"}
    asked = caller.post("/dossiers", application | {"applicant": application["applicant"] | home}, key=KEY)
    without = [
        caller.post("/dossiers", application | {"applicant": application["applicant"] | home | {missing: ""}}, key=f"thieu-{missing}")
        for missing in ("return_area", "phone")
    ]

    assert (asked.status_code, asked.json()["return_by"], asked.json()["parts"]) == (201, "post", [])
    assert [(one.status_code, one.json()["code"]) for one in without] == [
        (422, "dossiers.return_address_missing"),
        (422, "dossiers.return_phone_missing"),
    ]
    assert Dossier.objects.get().return_area == "xã Bảo Nhai, tỉnh Lào Cai"


def test_parts_of_other_offices_follow_the_answers_and_begin_when_it_is_taken_in(caller: Caller) -> None:
    filed = build.filing(caller.made, "3.000722")
    body = {"procedure_code": "3.000722", "channel": "counter", "applicant": {"name": "Giàng A Pao"}, "answers": filed.answers}
    dossier = caller.post("/dossiers", body, key=KEY).json()
    taken = caller.post(f"/dossiers/{dossier['id']}/moves", {"verb": "accept"}).json()

    assert dossier["parts"]
    assert {part["state"] for part in dossier["parts"]} == {""}
    assert [part["part_id"] for part in taken["parts"]] == [part["part_id"] for part in dossier["parts"]]
    assert {part["state"] for part in taken["parts"]} == {"waiting"}


def test_parts_are_moved_and_leave_the_dossiers_own_states_as_they_are(caller: Caller) -> None:
    dossier = build.accepted(caller.made, "3.000722")
    part = dossier.parts.all()[0].part_id
    place = f"/dossiers/{dossier.id}/parts/{part}/moves"

    sent = caller.post(place, {"verb": "send_part", "official_code": "H38.1-261118-0001"})
    refused = caller.post(place, {"verb": "part_refused", "note": "thiếu giấy ra viện"})
    again = caller.post(place, {"verb": "part_done"})

    assert (sent.status_code, refused.status_code) == (200, 200)
    assert (again.status_code, again.json()["code"]) == (409, "flow.not_allowed")
    told = refused.json()
    assert (told["state"], told["parts"][0]["state"], told["parts"][0]["official_code"]) == ("accepted", "refused", "H38.1-261118-0001")


@pytest.mark.parametrize(
    ("part", "body", "status", "code"),
    [
        pytest.param("no_such_part", {"verb": "send_part"}, 404, "dossiers.not_found", id="unknown part"),
        pytest.param("", {"verb": "leave_part_out"}, 422, "dossiers.reason_missing", id="without a reason"),
        pytest.param("", {"verb": "send_part", "on": "2020-01-01"}, 422, "dossiers.day_wrong", id="before it began"),
        pytest.param("", {"verb": "accept"}, 422, "platform.malformed", id="no move of parts"),
    ],
)
def test_a_move_of_a_part_that_does_not_fit_changes_nothing(
    caller: Caller, part: str, body: dict[str, Any], status: int, code: str
) -> None:
    dossier = build.accepted(caller.made, "3.000722")
    wanted = part or dossier.parts.all()[0].part_id
    steps = Step.objects.count()

    answer = caller.post(f"/dossiers/{dossier.id}/parts/{wanted}/moves", body)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert ({one.state for one in dossier.parts.all()}, Step.objects.count()) == ({"waiting"}, steps)


def test_a_result_goes_by_post_to_where_it_was_asked_for_and_comes_back(caller: Caller) -> None:
    home: dict[str, Any] = {"return_by": "post", "return_address": "Thôn Nậm Đét", "return_area": "xã Bảo Nhai", "phone": "0912345678"}
    build.give_certificates(caller.made)
    place = f"/dossiers/{build.solved(caller.made, **home).id}/moves"

    posted = caller.post(place, {"verb": "send_by_post", "data": {"tracking_number": "eb 123456789 vn"}})
    returned = caller.post(place, {"verb": "note_returned", "note": "không có ai ở nhà"})
    sent_anew = caller.post(place, {"verb": "send_by_post", "data": {"tracking_number": "EB2", "return_address": "Thôn Bản Mẹt"}})
    delivered = caller.post(place, {"verb": "note_delivered"})

    states = [answer.json().get("delivery_state") for answer in (posted, returned, sent_anew, delivered)]
    assert states == ["posted", "returned", "posted", "handed_over"]
    rows = Posting.objects.order_by("id").values_list("tracking_number", "address", "area", "outcome")
    assert list(rows) == [
        ("EB123456789VN", "Thôn Nậm Đét", "xã Bảo Nhai", "returned"),
        ("EB2", "Thôn Bản Mẹt", "xã Bảo Nhai", "delivered"),
    ]


def test_a_dossier_is_looked_up_by_either_code_in_any_spelling_and_the_look_is_written_down(caller: Caller) -> None:
    dossier, foreign = build.submitted(caller.made), build.submitted(build.office(), now=build.MORNING + timedelta(days=1))
    Dossier.objects.filter(pk=dossier.pk).update(national_code="H38.2-260518-0200015")

    answers = [caller.get(f"/dossiers/by-code/{code}") for code in (dossier.code, f" {dossier.code.lower()}", "h38.2-260518-0200015")]
    absent = [caller.get(f"/dossiers/by-code/{code}") for code in (foreign.code, "XS-000000-0000")]

    assert [(one.status_code, one.json()["id"]) for one in answers] == [(200, str(dossier.id))] * 3
    assert "dossiers.looked" in {line.verb for line in audit.history_of(f"dossier:{dossier.id}")}
    assert [(one.status_code, one.json()["code"]) for one in absent] == [(404, "dossiers.not_found")] * 2


def test_a_key_from_before_files_could_be_sent_still_stands_for_its_dossier(caller: Caller, application: dict[str, Any]) -> None:
    first = caller.post("/dossiers", application, key=KEY)
    again = caller.post("/dossiers", application | {"papers": []}, key=KEY)

    assert (first.status_code, again.status_code) == (201, 200)
    whole = DossierIn.model_validate(application).model_dump(exclude={"papers"})
    assert IdempotencyKey.objects.get().body_digest == Key.of(uuid4(), KEY, whole).body_digest
