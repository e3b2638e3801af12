"""Machines file, read and move dossiers."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Header, Path, Router

from xaso.apps.dossiers import access, queries, rules
from xaso.apps.dossiers.actions import delivery, examination, extension, intake, looking, money, post, results
from xaso.apps.dossiers.actions.parts import Heard, move_part
from xaso.apps.dossiers.actions.sent_papers import file_with_papers, supplement_with_papers
from xaso.apps.dossiers.endpoint_shapes import DossierIn, DossierOut, MoveIn, PartMoveIn, Verb
from xaso.apps.dossiers.models import Dossier, DossierPart
from xaso.apps.dossiers.shapes import Applicant, Filing, PostedTo
from xaso.apps.procedures import facade as procedures
from xaso.kernel.identifiers import uuid7
from xaso.kernel.worktime import VN
from xaso.platform import clock
from xaso.platform.actor import Actor
from xaso.platform.api import ERRORS, Bearer, NotFound
from xaso.platform.idempotency import Key

RECKONED = {"national_state", "parts"}
"""What is told of a dossier and stands in no column of it."""

router = Router(tags=["dossiers"])


@router.post("", operation_id="create_dossier", response={201: DossierOut, 200: DossierOut, **ERRORS}, auth=Bearer("dossiers:create"))
def create_dossier(
    request: HttpRequest,
    body: DossierIn,
    idempotency_key: str = Header(min_length=8, max_length=120, alias="Idempotency-Key"),
) -> HttpResponse:
    """File a dossier, with files that were sent before: online and by post those of every paper that is needed (`dossiers.papers_missing`).

    The same key and body give the same dossier again (200), another body 409.
    """
    actor: Actor = request.auth  # type: ignore[attr-defined]
    key = Key.of(request.api_token.id, idempotency_key, _asked(body))  # type: ignore[attr-defined]
    now = clock.now()
    dossier, is_new = file_with_papers(actor, _filing(actor, body, now), [paper.sent() for paper in body.papers], key, now=now)
    return JsonResponse(shown(dossier), status=201 if is_new else 200)


def _asked(body: DossierIn) -> dict[str, Any]:
    """Return what a key is for. Without files it reads as it did before there were any, so that earlier keys still fit."""
    return body.model_dump(exclude=None if body.papers else {"papers"})


@router.get("/{dossier_id}", operation_id="read_dossier", response={200: DossierOut, **ERRORS}, auth=Bearer("dossiers:read"))
def read_dossier(request: HttpRequest, dossier_id: UUID) -> dict[str, Any]:
    """Return one dossier; that the program read it is written down for its applicant."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    dossier = _visible(actor, dossier_id)
    looking.look(actor, dossier, now=clock.now())
    return shown(dossier)


@router.get("/by-code/{code}", operation_id="find_dossier", response={200: DossierOut, **ERRORS}, auth=Bearer("dossiers:read"))
def find_dossier(
    request: HttpRequest, code: str = Path(max_length=60, description="Our code or the national one, in any spelling")
) -> dict[str, Any]:
    """Return the dossier with the code; that the program read it is written down for its applicant."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    dossier = queries.get_by_code(actor, code)
    looking.look(actor, dossier, now=clock.now())
    return shown(dossier)


@router.post("/{dossier_id}/moves", operation_id="move_dossier", response={200: DossierOut, **ERRORS}, auth=Bearer("dossiers:move"))
def move_dossier(request: HttpRequest, dossier_id: UUID, body: MoveIn) -> dict[str, Any]:
    """Make a move with the roles of the token. A move that the flow does not allow now answers 409 and changes nothing."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    return shown(MOVES[body.verb](actor, dossier_id, body, clock.now()))


@router.post(
    "/{dossier_id}/parts/{part_id}/moves", operation_id="move_part", response={200: DossierOut, **ERRORS}, auth=Bearer("dossiers:move")
)
def move_dossier_part(request: HttpRequest, dossier_id: UUID, body: PartMoveIn, part_id: str = Path(max_length=40)) -> dict[str, Any]:
    """Note what another office decided about a part of an interlinked dossier; the dossier's own states stay as they are."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    now = clock.now()
    move_part(actor, dossier_id, part_id, body.verb, Heard(_day(body.on, now), body.official_code, body.note), now=now)
    return shown(_visible(actor, dossier_id))


def _day(day: date | None, now: datetime) -> date:
    return day or now.astimezone(VN).date()


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


def _send_by_post(actor: Actor, dossier_id: UUID, move: MoveIn, now: datetime) -> Dossier:
    """Hand the result to the post: to whom and where the program says, else as it was filed."""
    filed, said = _visible(actor, dossier_id), move.data
    to = PostedTo(
        said.recipient_name or filed.applicant_name, said.return_address or filed.return_address, said.return_area or filed.return_area
    )
    return post.send_by_post(actor, dossier_id, said.tracking_number, to, _day(said.on, now), now=now)


Make = Callable[[Actor, UUID, MoveIn, datetime], Dossier]

MOVES: dict[Verb, Make] = {
    "register": lambda actor, pk, move, now: intake.register(actor, pk, move.data.national_code, now=now),
    "accept": lambda actor, pk, _move, now: intake.accept(actor, pk, now=now),
    "refuse": lambda actor, pk, move, now: intake.refuse(actor, pk, move.note, move.data.legal_ground, now=now),
    "take": lambda actor, pk, _move, now: examination.take(actor, pk, now=now),
    "ask_for_more": lambda actor, pk, move, now: examination.ask_for_more(actor, pk, [{"paper": "", "text": move.note}], now=now),
    "add_supplement": lambda actor, pk, move, now: supplement_with_papers(
        actor, pk, move.note, [paper.sent() for paper in move.data.papers], now=now
    ),
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
    "send_by_post": _send_by_post,
    "note_delivered": lambda actor, pk, move, now: post.note_delivered(actor, pk, _day(move.data.on, now), now=now),
    "note_returned": lambda actor, pk, move, now: post.note_returned(actor, pk, _day(move.data.on, now), move.note, now=now),
}
