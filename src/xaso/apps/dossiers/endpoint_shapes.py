"""What programs send about dossiers, and what they are told."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import BaseModel, ConfigDict, Field

from xaso.apps.dossiers.actions.sent_papers import SentPaper

MOST_VND = 2_000_000_000
MOST_PAPERS = 40


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


class PaperIn(Sent):
    """A file for one of the procedure's papers, sent whole by tus to `/tai-len/` before; for what is none of them, `other`."""

    paper: str = Field(max_length=60, description="the paper's id, as read_procedure tells it, or other")
    upload: str = Field(pattern=r"^[0-9a-f]{40}$", description="the last part of the address that tus gave")

    def sent(self) -> SentPaper:
        """Return the value that actions take."""
        return SentPaper(self.paper, self.upload)


class DossierIn(Sent):
    """An application for one procedure: `answers` follow the procedure's form schema."""

    procedure_code: str = Field(max_length=30)
    applicant: ApplicantIn
    answers: dict[str, Any] = {}
    channel: Literal["online", "counter", "post"] = "online"
    language: Literal["vi", "en"] = "vi"
    papers: list[PaperIn] = Field(default=[], max_length=MOST_PAPERS)


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
    recipient_name: str = Field(
        default="", max_length=200, description="hand_over: to whom; send_by_post: to whom, if not to the applicant"
    )
    shown_paper: str = Field(default="", max_length=200, description="hand_over: against which paper")
    signed_for: bool = Field(default=False, description="hand_over")
    papers: list[PaperIn] = Field(default=[], max_length=MOST_PAPERS, description="add_supplement: the files that were asked for")
    tracking_number: str = Field(default="", max_length=60, description="send_by_post")
    return_address: str = Field(default="", max_length=300, description="send_by_post: house and village, if not as filed")
    return_area: str = Field(default="", max_length=200, description="send_by_post: commune and province, if not as filed")
    on: date | None = Field(default=None, strict=False, description="send_by_post, note_delivered, note_returned: the day, if not today")
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
    "send_by_post",
    "note_delivered",
    "note_returned",
]
"""What programs may do. Signing is not among them: a signature is a person's."""


class MoveIn(Sent):
    """A move: its verb, a note (the reason where one is needed) and what else the verb needs."""

    verb: Verb
    note: str = Field(default="", max_length=2000)
    data: MoveData = MoveData()


PartVerb = Literal["send_part", "part_accepted", "part_done", "part_refused", "leave_part_out"]


class PartMoveIn(Sent):
    """What was heard of a part from the office that decides it: the day (today if left out), its own code, and what it said."""

    verb: PartVerb
    on: date | None = Field(default=None, strict=False)
    official_code: str = Field(default="", max_length=60)
    note: str = Field(default="", max_length=500, description="part_refused, leave_part_out: the reason")
