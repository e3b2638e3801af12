"""From a move of a real dossier to a program outside: what it is told, and what it is not."""

import json
import re
from pathlib import Path
from typing import Any

from tests.api.conftest import Caller
from xaso.apps.dossiers.models import Dossier, Step
from xaso.apps.dossiers.outside import MOVES
from xaso.apps.dossiers.words import VERBS
from xaso.apps.webhooks.facade import add_webhook
from xaso.apps.webhooks.testing import couriers, deliver_all, receiver
from xaso.platform import clock, outbox
from xaso.platform.actor import Actor
from xaso.platform.registries import outside_events

PERSON = {"name": "Giàng A Pao", "personal_number": "010090000123", "phone": "0912345678", "email": "pao@example.org"}


def test_each_move_of_a_dossier_reaches_the_program_in_order_and_names_nobody(caller: Caller, application: dict[str, Any]) -> None:
    with receiver() as program:
        add_webhook(Actor.system(caller.made.commune_id, "thử"), "Cổng", program.url, ["dossiers.*"], now=clock.now())
        place = f"/dossiers/{caller.post('/dossiers', {**application, 'applicant': PERSON}, key='khoa-0001').json()['id']}"
        paid = {"amount_vnd": 4000, "receipt_number": "0000123"}
        for body in (
            {"verb": "accept"},
            {"verb": "take_payment", "data": paid},
            {"verb": "take"},
            {"verb": "withdraw", "note": "ông Pao đổi ý"},
        ):
            assert caller.post(f"{place}/moves", body).status_code == 200
        outbox.relay(clock.now())

        deliver_all(clock.now(), couriers())

    told = [json.loads(heard.body) for heard in program.heard]
    dossier = Dossier.objects.get()
    assert [(one["type"], one["data"]["flow"], one["data"]["from"], one["data"]["to"]) for one in told] == [
        (f"dossiers.{step.verb}", step.flow, step.from_state, step.to_state) for step in Step.objects.order_by("number")
    ]
    assert [one["data"]["step"] for one in told] == [1, 2, 3, 4, 5]
    assert {(one["data"]["dossier_id"], one["data"]["code"]) for one in told} == {(str(dossier.id), dossier.code)}
    assert {frozenset(one["data"]) for one in told} == {frozenset({"dossier_id", "code", "flow", "from", "to", "step"})}
    said = " ".join(heard.body for heard in program.heard)
    for secret in (*PERSON.values(), "ông Pao", *dossier.slips.values_list("token", flat=True)):
        assert secret not in said


def test_the_receiver_in_the_documentation_believes_us_and_no_forger(caller: Caller, application: dict[str, Any]) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "developer.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    example: dict[str, Any] = {}
    exec(code, example)
    with receiver() as program:
        _id, secret = add_webhook(Actor.system(caller.made.commune_id, "thử"), "Cổng", program.url, ["dossiers.*"], now=clock.now())
        caller.post("/dossiers", application, key="khoa-0001")
        outbox.relay(clock.now())
        deliver_all(clock.now(), couriers())
    (heard,) = program.heard
    body, headers = heard.body.encode(), heard.headers
    old = str(int(headers["webhook-timestamp"]) - 600)

    assert example["is_ours"](headers, body, secret)
    assert not example["is_ours"](headers, body.replace(b"submitted", b"solved"), secret)
    assert not example["is_ours"](headers | {"webhook-id": "another"}, body, secret)
    assert not example["is_ours"](headers | {"webhook-timestamp": old}, body, secret)
    assert not example["is_ours"](headers, body, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")


def test_every_move_may_be_told() -> None:
    assert {event.name for event in outside_events if event.name.startswith("dossiers.")} == {f"dossiers.{verb}" for verb in MOVES}
    assert set(MOVES) == set(VERBS)
