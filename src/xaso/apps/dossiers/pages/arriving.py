"""One item of a phone's outbox through the very same screens, papers and submission as an application that is filed online."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.core.exceptions import TooManyFieldsSent
from django.http import QueryDict
from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field

from xaso.apps.dossiers import access
from xaso.apps.dossiers.actions import arrivals, drafts
from xaso.apps.dossiers.arrival_rules import still_counts
from xaso.apps.dossiers.contact import read_contact
from xaso.apps.dossiers.form_choices import form_choices
from xaso.apps.dossiers.models import Arrival, Attachment, Dossier, Draft
from xaso.apps.dossiers.pages.journey import APPLICANT, CHECK, PAPER, Journey
from xaso.apps.dossiers.pages.typed import keep_typed
from xaso.apps.dossiers.shapes import Applicant
from xaso.apps.people import facade as people
from xaso.apps.procedures import facade as procedures
from xaso.kernel.device_time import MOST_LETTERS, read_device_time
from xaso.kernel.errors import Refusal
from xaso.kernel.forms import in_language
from xaso.kernel.worktime import VN
from xaso.platform.actor import Actor
from xaso.platform.errors import words_for
from xaso.platform.forms import BoundForm

Fault = dict[str, str]
AGREED = "yes"
OF_PAPERS = ("admission.", "images.", "pdf.", "dossiers.paper_unknown", "dossiers.too_heavy", "files.")


class PaperIn(BaseModel):
    """A photo that went its own way, by the id of its upload."""

    model_config = ConfigDict(strict=True)

    paper: str = Field(max_length=60)
    upload: str = Field(max_length=80)
    name: str = Field(default="", max_length=300)


class ItemIn(BaseModel):
    """An item of the outbox as it is sent; what it holds besides is left aside."""

    model_config = ConfigDict(strict=True)

    id: UUID = Field(strict=False)
    procedure: str = Field(max_length=30)
    version: str = Field(max_length=60)
    language: str = Field(default="vi", max_length=5)
    made_at: str = Field(default="", max_length=MOST_LETTERS)
    sent_at: str = Field(default="", max_length=MOST_LETTERS)
    device: str = Field(default="", max_length=60)
    secret: str = Field(min_length=16, max_length=200)
    applicant: dict[Annotated[str, Field(max_length=40)], Annotated[str, Field(max_length=600)]] = Field(default={}, max_length=30)
    answers: str = Field(default="", max_length=200_000)
    papers: list[PaperIn] = Field(default=[], max_length=60)
    draft: bool = False

    @property
    def digest(self) -> str:
        """Change with everything that a person typed or photographed, and with nothing else."""
        said = self.model_dump(mode="json", include={"procedure", "version", "applicant", "answers", "papers", "draft"})
        return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True)
class Taken:
    """What became of an item so far."""

    arrival: Arrival
    dossier: Dossier | None
    faults: list[Fault]


def take_in(commune_id: UUID, item: ItemIn, signed: people.Signed, *, address: str, now: datetime) -> Taken:
    """Take an item in, step by step: sent again after a cut it goes on where it stopped, and files once.

    Raises Refusal `dossiers.item_taken`, `dossiers.procedure_not_found`, `dossiers.uploads_missing` (with `uploads`).
    """
    version, is_outdated = _version_for(commune_id, item, now)
    applicant, _faults = read_contact(item.applicant, Applicant(name=""))
    sent = arrivals.Sent(
        id=item.id,
        secret=item.secret,
        digest=item.digest,
        version_id=version.id,
        applicant=applicant,
        language=item.language if item.language in {"vi", "en"} else "vi",
        made_at=read_device_time(item.made_at),
        sent_at=read_device_time(item.sent_at),
        device_id=signed.device_id,
        doubt=signed.doubt,
    )
    begun = arrivals.begin(commune_id, sent, signed.owner, now=now)
    if begun.draft is None or not begun.is_senders:
        return standing(begun.arrival)
    sender = signed.owner or replace(Actor.anonymous(commune_id, address), name=applicant.name, channel="device")
    actor = access.bringing_in(sender, item.id)
    try:
        return _read_and_file(actor, begun, item, is_outdated, now)
    except Refusal as refusal:
        if refusal.code == "dossiers.draft_not_found" and Dossier.objects.filter(pk=item.id).exists():
            return standing(begun.arrival)
        raise


def standing(arrival: Arrival) -> Taken:
    """Return what became of an item, without doing anything."""
    return Taken(arrival, Dossier.objects.filter(pk=arrival.id).first(), arrival.faults)


def _version_for(commune_id: UUID, item: ItemIn, now: datetime) -> tuple[procedures.ProcedureVersion, bool]:
    """Return the version to take the item under, and whether it was filled in under one that does not count any more."""
    pinned = _version(item)
    current = procedures.current(commune_id, item.procedure, now.astimezone(VN).date())
    if pinned is not None and (still_counts(pinned, current) or current is None):
        return pinned, False
    if current is None:
        raise Refusal("dossiers.procedure_not_found")
    return current, True


def _version(item: ItemIn) -> procedures.ProcedureVersion | None:
    try:
        found = procedures.version(UUID(item.version))
    except ValueError:
        return None
    return found if found is not None and found.code == item.procedure else None


def _read_and_file(actor: Actor, begun: arrivals.Begun, item: ItemIn, is_outdated: bool, now: datetime) -> Taken:
    arrival, draft = begun.arrival, begun.draft
    assert draft is not None
    answers = _answers(item)
    if begun.is_unread:
        draft = _type(actor, draft, answers, now)
        refused = _take_papers(actor, draft, item, now)
        faults = [*_outdated(is_outdated), *refused, *faults_of(draft, item.language, now)]
        if not item.draft and answers.get("agree") != AGREED:
            faults.append({"screen": CHECK, "field": "agree", "said": _("Anh/chị đánh dấu vào ô này để nộp.")})
        arrivals.note_reading(arrival.id, item.digest, faults)
        arrival.faults = faults
    if arrival.faults or arrival.confirmed_at is None or item.draft:
        return Taken(arrival, None, arrival.faults)
    return file(actor, arrival, now=now)


def file(actor: Actor, arrival: Arrival, *, now: datetime) -> Taken:
    """File what is complete and vouched for; what stands against it is told as a fault of the last screen."""
    try:
        dossier = drafts.submit(actor, arrival.id, language=arrival.language, now=now)
    except Refusal as refusal:
        if refusal.code == "dossiers.draft_not_found":
            raise
        faults = [{"screen": CHECK, "field": "", "said": words_for(refusal)}]
        return Taken(arrival, None, faults)
    return Taken(arrival, dossier, [])


def _answers(item: ItemIn) -> QueryDict:
    try:
        return QueryDict(item.answers)
    except TooManyFieldsSent as error:
        raise Refusal("platform.malformed") from error


def _type(actor: Actor, draft: Draft, answers: QueryDict, now: datetime) -> Draft:
    """Type the answers into the draft, screen by screen, as they open each other."""
    seen: set[str] = set()
    version = procedures.get_version(draft.version_id)
    while stop := next((one for one in Journey(draft, version, "vi").stops if one.kind == "questions" and one.slug not in seen), None):
        seen.add(stop.slug)
        draft = keep_typed(actor, draft, stop, answers, now=now).draft
    drafts.keep_place(actor, draft.id, CHECK, now=now)
    return draft


def _take_papers(actor: Actor, draft: Draft, item: ItemIn, now: datetime) -> list[Fault]:
    """Take each photo once; those that an earlier sending brought and this one does not are taken out again."""
    missing, faults = [], []
    for paper in item.papers:
        try:
            drafts.take_upload(actor, draft.id, paper.paper, paper.upload, now=now)
        except Refusal as refusal:
            if refusal.code.startswith("uploads."):
                missing.append(paper.upload)
            elif refusal.code.startswith(OF_PAPERS):
                faults.append({"screen": f"{PAPER}{paper.paper}", "field": "file", "said": words_for(refusal)})
            else:
                raise
    if missing:
        raise Refusal("dossiers.uploads_missing", uploads=missing)
    sent = {paper.upload for paper in item.papers}
    for gone in Attachment.objects.filter(draft=draft, removed_at=None).exclude(upload="").exclude(upload__in=sent):
        drafts.remove_paper(actor, draft.id, gone.id, now=now)
    return faults


def _outdated(is_outdated: bool) -> Iterator[Fault]:
    if is_outdated:
        said = _("Thủ tục đã thay đổi sau khi anh/chị ghi trên máy. Anh/chị xem lại câu hỏi mới; những gì còn dùng được vẫn giữ.")
        yield {"screen": CHECK, "field": "version", "said": said}


def faults_of(draft: Draft, language: str, now: datetime) -> list[Fault]:
    """Return all that is wrong or missing in a draft, by the screens on which it is mended."""
    version = procedures.get_version(draft.version_id)
    contact = read_contact({}, Applicant.from_json(draft.applicant))[1]
    faults = [{"screen": APPLICANT, "field": name, "said": said} for name, said in contact.items()]
    choices = form_choices(draft.commune_id)
    wrong = version.form.validate(draft.answers, today=now.astimezone(VN).date(), choices=choices)
    by_path = {error.path: error for error in wrong}
    lines = BoundForm(version.form, draft.answers, errors=wrong, language=language, choices=choices).errors
    screen_of = {name: screen.id for screen in version.form.screens for name in screen.fields}
    for error, line in zip(by_path.values(), lines, strict=True):
        faults.append({"screen": screen_of.get(str(error.path[0]), CHECK), "field": error.name, "said": line.text})
    given = set(Attachment.objects.filter(draft=draft, removed_at=None).values_list("paper_id", flat=True))
    for paper in version.papers_needed(draft.answers, draft.channel):
        if paper.id not in given:
            said = _("Còn thiếu giấy tờ: %(papers)s.") % {"papers": in_language(paper.name, language)}
            faults.append({"screen": f"{PAPER}{paper.id}", "field": "file", "said": said})
    return faults
