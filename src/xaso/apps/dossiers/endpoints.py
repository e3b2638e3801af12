"""Machines file, read and move dossiers."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Header, Router, Schema
from pydantic import BaseModel, ConfigDict, Field

from xaso.apps.dossiers import access, rules
from xaso.apps.dossiers.actions import delivery, examination, extension, intake, looking, money, results, supplement
from xaso.apps.dossiers.actions.filing import file_once
from xaso.apps.dossiers.models import Dossier, DossierPart
from xaso.apps.dossiers.shapes import Applicant, Filing
from xaso.apps.procedures import facade as procedures
from xaso.kernel.identifiers import uuid7
from xaso.kernel.worktime import VN
from xaso.platform import clock
from xaso.platform.actor import Actor
from xaso.platform.api import ERRORS, Bearer, NotFound
from xaso.platform.idempotency import Key

MOST_VND = 2_000_000_000
RECKONED = {"national_state", "parts"}
"""What is told of a dossier and stands in no column of it."""

router = Router(tags=["dossiers"])


class Sent(BaseModel):
    """What a program sends: exactly of the types that the schema names, and nothing that it does not name."""

    model_config = ConfigDict(strict=True, extra="forbid")


class ApplicantIn(Sent):
    """Who applies."""

    name: str = Field(min_length=1, max_length=200)
    personal_number: str = Field(default="", pattern=r"^(\d{12})?$")
    phone: str = Field(default="", pattern=r"^(0\d{9})?$")
    email: str = Field(default="", max_length=120)
    address: str = Field(default="", max_length=300)
    return_by: Literal["", "post"] = Field(
        default="", description="post: the result is to come home; then phone, return_address and return_area are needed"
    )
    return_address: str = Field(default="", max_length=300, description="house and village")
    return_area: str = Field(default="", max_length=200, description="commune and province")


class DossierIn(Sent):
    """An application for one procedure: `answers` follow the procedure's form schema."""

    procedure_code: str = Field(max_length=30)
    applicant: ApplicantIn
    answers: dict[str, Any] = {}
    channel: Literal["online", "counter", "post"] = "online"
    language: Literal["vi", "en"] = "vi"


class PartOut(Schema):
    """A part of an interlinked procedure that another office decides, asked for by the answers.

    `procedure_code` is empty while its own code is not known, `state` until the dossier is taken in.
    """

    part_id: str
    procedure_code: str
    office: str
    state: str
    official_code: str


class DossierOut(Schema):
    """A dossier with its four states and the national portal's state (1–10, null while held)."""

    id: UUID
    code: str
    national_code: str | None
    procedure_code: str
    procedure_name: str
    state: str
    money_state: str
    delivery_state: str
    sync_state: str
    national_state: int | None
    fee_vnd: int | None
    submitted_at: datetime
    accepted_at: datetime | None
    due_at: datetime | None
    return_by: str
    parts: list[PartOut]


class MoveData(Sent):
    """What some verbs need besides a note; what a verb does not need is not looked at."""

    national_code: str = Field(default="", max_length=40, description="register: the code that the national portal gave")
    legal_ground: str = Field(default="", max_length=500, description="refuse, stop: what it rests on")
    new_due_on: date | None = Field(default=None, strict=False, description="extend: the day that is promised instead")
    amount_vnd: int = Field(default=0, ge=0, le=MOST_VND, description="charge, take_payment: whole đồng")
    receipt_number: str = Field(default="", max_length=40, description="take_payment")
    recipient_name: str = Field(default="", max_length=200, description="hand_over: to whom")
    shown_paper: str = Field(default="", max_length=200, description="hand_over: against which paper")
    signed_for: bool = Field(default=False, description="hand_over")
    result: dict[str, Annotated[str, Field(max_length=5000)]] = Field(
        default={}, description="prepare_result: what the result shall say, by field"
    )


Verb = Literal[
    "register",
    "accept",
    "refuse",
    "take",
    "ask_for_more",
    "add_supplement",
    "extend",
    "stop",
    "resume",
    "withdraw",
    "prepare_result",
    "charge",
    "request_payment",
    "take_payment",
    "waive",
    "hand_over",
]
"""What programs may do. Signing is not among them: a signature is a person's."""


class MoveIn(Sent):
    """A move: its verb, a note (the reason where one is needed) and what else the verb needs."""

    verb: Verb
    note: str = Field(default="", max_length=2000)
    data: MoveData = MoveData()


@router.post("", operation_id="create_dossier", response={201: DossierOut, 200: DossierOut, **ERRORS}, auth=Bearer("dossiers:create"))
def create_dossier(
    request: HttpRequest,
    body: DossierIn,
    idempotency_key: str = Header(min_length=8, max_length=120, alias="Idempotency-Key"),
) -> HttpResponse:
    """File a dossier. The same key and body give the same dossier again (200); the same key with another body is refused (409)."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    key = Key.of(request.api_token.id, idempotency_key, body.model_dump())  # type: ignore[attr-defined]
    now = clock.now()
    dossier, is_new = file_once(actor, _filing(actor, body, now), key, now=now)
    return JsonResponse(shown(dossier), status=201 if is_new else 200)


@router.get("/{dossier_id}", operation_id="read_dossier", response={200: DossierOut, **ERRORS}, auth=Bearer("dossiers:read"))
def read_dossier(request: HttpRequest, dossier_id: UUID) -> dict[str, Any]:
    """Return one dossier; that the program read it is written down for its applicant."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    dossier = _visible(actor, dossier_id)
    looking.look(actor, dossier, now=clock.now())
    return shown(dossier)


@router.post("/{dossier_id}/moves", operation_id="move_dossier", response={200: DossierOut, **ERRORS}, auth=Bearer("dossiers:move"))
def move_dossier(request: HttpRequest, dossier_id: UUID, body: MoveIn) -> dict[str, Any]:
    """Make a move with the roles of the token. A move that the flow does not allow now answers 409 and changes nothing."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    return shown(MOVES[body.verb](actor, dossier_id, body, clock.now()))


def _filing(actor: Actor, body: DossierIn, now: datetime) -> Filing:
    assert actor.commune_id is not None
    version = procedures.current(actor.commune_id, body.procedure_code, now.astimezone(VN).date())
    if version is None:
        raise NotFound("dossiers.procedure_not_found")
    return Filing(
        dossier_id=uuid7(),
        version_id=version.id,
        channel=body.channel,
        applicant=Applicant(**body.applicant.model_dump()),
        answers=body.answers,
        language=body.language,
    )


def _visible(actor: Actor, dossier_id: UUID) -> Dossier:
    dossier = Dossier.objects.filter(access.visible_to(actor), pk=dossier_id).first()
    if dossier is None:
        raise NotFound("dossiers.not_found")
    return dossier


def shown(dossier: Dossier) -> dict[str, Any]:
    """Return what a machine may see of a dossier. Instants are told in UTC, whether they come from a row or were just reckoned."""
    values = {name: _in_utc(getattr(dossier, name)) for name in DossierOut.model_fields if name not in RECKONED}
    national_state = rules.national_state(dossier.state, dossier.money_state, dossier.delivery_state)
    return {**values, "national_state": national_state, "parts": _parts(dossier)}


def _parts(dossier: Dossier) -> list[dict[str, str]]:
    """Return the parts that the answers ask for; one query for a procedure that has parts, none for others."""
    wanted = procedures.get_version(dossier.version_id).parts_of(dossier.answers)
    rows = {row.part_id: row for row in DossierPart.objects.filter(dossier=dossier)} if wanted else {}
    return [
        {
            "part_id": part.id,
            "procedure_code": part.procedure,
            "office": part.office["vi"],
            "state": rows[part.id].state if part.id in rows else "",
            "official_code": rows[part.id].official_code if part.id in rows else "",
        }
        for part in wanted
    ]


def _in_utc(value: Any) -> Any:
    return value.astimezone(UTC) if isinstance(value, datetime) else value


Make = Callable[[Actor, UUID, MoveIn, datetime], Dossier]

MOVES: dict[Verb, Make] = {
    "register": lambda actor, pk, move, now: intake.register(actor, pk, move.data.national_code, now=now),
    "accept": lambda actor, pk, _move, now: intake.accept(actor, pk, now=now),
    "refuse": lambda actor, pk, move, now: intake.refuse(actor, pk, move.note, move.data.legal_ground, now=now),
    "take": lambda actor, pk, _move, now: examination.take(actor, pk, now=now),
    "ask_for_more": lambda actor, pk, move, now: examination.ask_for_more(actor, pk, [{"paper": "", "text": move.note}], now=now),
    "add_supplement": lambda actor, pk, move, now: supplement.add_supplement(actor, pk, move.note, now=now),
    "extend": lambda actor, pk, move, now: extension.extend(actor, pk, move.note, move.data.new_due_on, now=now),
    "stop": lambda actor, pk, move, now: examination.stop(actor, pk, move.note, move.data.legal_ground, now=now),
    "resume": lambda actor, pk, _move, now: examination.resume(actor, pk, now=now),
    "withdraw": lambda actor, pk, move, now: examination.withdraw(actor, pk, move.note, now=now),
    "prepare_result": lambda actor, pk, move, now: results.prepare_result(actor, pk, dict(move.data.result), now=now),
    "charge": lambda actor, pk, move, now: money.charge(actor, pk, move.data.amount_vnd, move.note, now=now),
    "request_payment": lambda actor, pk, _move, now: money.request_payment(actor, pk, now=now),
    "take_payment": lambda actor, pk, move, now: money.take_payment(
        actor, pk, move.data.amount_vnd, move.data.receipt_number, method="transfer", now=now
    ),
    "waive": lambda actor, pk, move, now: money.waive(actor, pk, move.note, now=now),
    "hand_over": lambda actor, pk, move, now: delivery.hand_over(
        actor, pk, move.data.recipient_name, move.data.shown_paper, signed_for=move.data.signed_for, now=now
    ),
}
