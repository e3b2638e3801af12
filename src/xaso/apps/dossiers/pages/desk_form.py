"""The one page on which an official takes a walk-in's application: card, answers, papers, fee."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string

from xaso.apps.dossiers.actions import drafts
from xaso.apps.dossiers.actions.walk_in import FeeTaken, take_in
from xaso.apps.dossiers.cards import read_card, take_card
from xaso.apps.dossiers.contact import read_contact
from xaso.apps.dossiers.form_choices import form_choices
from xaso.apps.dossiers.models import Attachment, Dossier, Draft
from xaso.apps.dossiers.pages.filing_screens import uuid_or_none
from xaso.apps.dossiers.pages.from_scanner import scans_shown, taken_from_scanner
from xaso.apps.dossiers.shapes import Applicant
from xaso.apps.dossiers.shown import in_language
from xaso.apps.people import facade as people
from xaso.apps.procedures import facade as procedures
from xaso.kernel.errors import Refusal
from xaso.kernel.forms import FieldError, prefill
from xaso.kernel.money import parse_vnd
from xaso.kernel.worktime import VN
from xaso.platform import clock
from xaso.platform.actor import Actor
from xaso.platform.errors import words_for
from xaso.platform.forms import DESK, BoundField, BoundForm

PAPER_KINDS = ("original", "copy", "e_copy", "shown")
UPLOAD = "scan-"
FEE_FIELDS = ("fee_taken", "amount", "receipt_number", "method")
CARD_CODES = ("card_qr.", "dossiers.card_unreadable", "images.")


class DeskForm:
    """Reads and shows the desk's page of one draft. What was typed is kept before any button does its work."""

    def __init__(self, request: HttpRequest, draft: Draft, typed: QueryDict | None = None) -> None:
        self.request = request
        self.draft = draft
        self.typed = request.POST if typed is None else typed
        self.language: str = request.LANGUAGE_CODE
        self.version = procedures.get_version(draft.version_id)
        self.commune = people.commune_of(draft.commune_id)
        self.contact_errors: dict[str, str] = {}
        self.field_errors: tuple[FieldError, ...] = ()
        self.asks_again = False

    @cached_property
    def choices(self) -> dict[str, dict[str, str]]:
        """The villages and ethnic groups of this commune."""
        return form_choices(self.draft.commune_id)

    def keep(self, actor: Actor, now: datetime) -> None:
        """Keep applicant, answers and papers as typed, right or wrong."""
        typed = self.typed
        applicant, self.contact_errors = read_contact(typed, Applicant.from_json(self.draft.applicant))
        applicant = replace(
            applicant,
            personal_number="".join(character for character in typed.get("personal_number", "") if character.isdigit())[:12],
            village_id=uuid_or_none(typed.get("village", "")),
        )
        drafts.save_applicant(actor, self.draft.id, applicant, now=now)
        reading = self.version.form.parse(
            None, typed, known=self.draft.answers, today=now.astimezone(VN).date(), choices=self.choices, prefix=DESK.prefix
        )
        self.field_errors, self.asks_again = reading.errors, reading.asks_again
        cleared = self.draft.answers.keys() - reading.answers.keys()
        drafts.save_answers(actor, self.draft.id, reading.answers, screen="", now=now, cleared=cleared)
        self.draft = drafts.note_papers(actor, self.draft.id, self._papers_noted(), now=now)

    def take_files(self, actor: Actor, now: datetime) -> list[Refusal]:
        """Take in every file that was chosen, uploaded or from the scanner; return the refusals of those that could not be taken."""
        refused = []
        for paper, upload in self._uploads():
            try:
                self._add(actor, paper, upload.name or "scan", upload.read(), "desk", now)
            except Refusal as refusal:
                refused.append(refusal)

        def add(paper: str, name: str, content: bytes) -> None:
            self._add(actor, paper, name, content, "scanner", now)

        return [*refused, *taken_from_scanner(self.commune, self.typed, add, now=now)]

    def press(self, actor: Actor, button: str, now: datetime) -> Dossier | None:
        """Do what the button says. Raises Refusal; then the page is shown again with everything on it."""
        if button.startswith("remove-"):
            attachment_id = uuid_or_none(button.removeprefix("remove-"))
            if attachment_id:
                drafts.remove_paper(actor, self.draft.id, attachment_id, now=now)
        elif button == "read_card" or (button == "enter" and self.typed.get("card_text", "").strip()):
            self._read_card(actor, now)
        elif button == "take_in":
            return self._take_in(actor, now)
        return None

    def place(self, button: str) -> str:
        """Return the id of the field at which the official goes on."""
        form = self._bound()
        added = next((name for name in self.typed if name.startswith(f"{DESK.prefix}add-")), "")
        dropped = next((name for name in self.typed if name.startswith(f"{DESK.prefix}drop-")), "")
        tables = {field.add_name: field for field in form.fields if field.widget == "table"}
        if added in tables and tables[added].rows:
            return tables[added].rows[-1].fields[0].anchor
        if dropped:
            return f"f-{DESK.prefix}{dropped.removeprefix(f'{DESK.prefix}drop-').rsplit('-', 1)[0]}"
        if button == "scan" or button.startswith("remove-"):
            return "giay-to"
        if button == "fee":
            return "phi"
        return self._first_empty(form)

    def render(self, refusals: tuple[Refusal, ...] = ()) -> HttpResponse:
        """Show the page; after refusals with their words, and with the faults of the fields when it was to be taken in."""
        faulty = bool(refusals)
        on_card = [refusal for refusal in refusals if refusal.code.startswith(CARD_CODES) and self._reads_card()]
        context = {
            "draft": self.draft,
            "version": self.version,
            "applicant": Applicant.from_json(self.draft.applicant),
            "contact_errors": self.contact_errors if faulty and not on_card else {},
            "form": self._bound(show_errors=self.typed.get("do") == "take_in"),
            "papers": self._papers_shown(),
            "paper_kinds": PAPER_KINDS,
            "villages": people.villages(self.draft.commune_id),
            "scans": scans_shown(self.commune, now=clock.now()),
            "errors": [words_for(refusal) for refusal in refusals if refusal not in on_card and refusal.code != "dossiers.answers_invalid"],
            "card_error": words_for(on_card[0]) if on_card else "",
            **self._fee_context(),
        }
        return render(self.request, "dossiers/desk_form.html", context, status=409 if faulty else 200)

    def live(self, now: datetime) -> dict[str, Any]:
        """Return what the page's script puts in after the answers were kept: when, the fee, and the questions if others are asked now."""
        request = self.request
        return {
            "at": f"{now.astimezone(VN):%H:%M}",
            "fee": render_to_string("dossiers/desk_fee.html", self._fee_context(), request),
            "questions": render_to_string("xaso/form/whole.html", {"form": self._bound()}, request) if self.asks_again else "",
        }

    def _reads_card(self) -> bool:
        return self.typed.get("do") in {"read_card", "enter"}

    def _is_held(self) -> bool:
        return procedures.filing_place(self.draft.commune_id, self.version, "counter") != "here"

    def _bound(self, *, show_errors: bool = False) -> BoundForm:
        today = clock.now().astimezone(VN).date()
        errors = self.version.form.validate(self.draft.answers, today=today, choices=self.choices) if show_errors else ()
        return BoundForm(self.version.form, self.draft.answers, errors=errors, language=self.language, choices=self.choices, layout=DESK)

    def _fee_context(self) -> dict[str, Any]:
        today = clock.now().astimezone(VN).date()
        fee = procedures.compute_fee(self.draft.commune_id, self.version, self.draft.answers, on=today)
        unfinished = fee.total_vnd is None and bool(self.version.form.validate(self.draft.answers, today=today, choices=self.choices))
        said = {name: self.typed.get(name) or self.request.GET.get(name, "") for name in FEE_FIELDS}
        return {"fee": fee, "fee_unfinished": unfinished, "said": said, "held": self._is_held()}

    def _first_empty(self, form: BoundForm) -> str:
        applicant = Applicant.from_json(self.draft.applicant)
        for anchor, value in (("c-name", applicant.name), ("c-phone", applicant.phone)):
            if not value:
                return anchor
        return next((field.anchor for field in _inputs(form) if not (field.value or any(one.checked for one in field.options))), "giay-to")

    def _take_in(self, actor: Actor, now: datetime) -> Dossier:
        if self.contact_errors:
            raise Refusal("dossiers.answers_invalid", count=len(self.contact_errors), errors=())
        given = {paper: noted for paper, noted in self.draft.papers.items() if noted["kind"]}
        drafts.note_papers(actor, self.draft.id, given, now=now)
        return take_in(actor, self.draft.id, self._fee_taken(), language=self.language, now=now)

    def _fee_taken(self) -> FeeTaken | None:
        if self.typed.get("fee_taken") != "yes":
            return None
        method = "transfer" if self.typed.get("method") == "transfer" else "cash"
        return FeeTaken(parse_vnd(self.typed.get("amount", "")), self.typed.get("receipt_number", ""), method)

    def _papers_noted(self) -> dict[str, Any]:
        noted: dict[str, Any] = {}
        for paper in self.version.papers:
            kind = self.typed.get(f"kind-{paper.id}")
            if kind is not None:
                count = self.typed.get(f"count-{paper.id}", "1").strip()
                number = min(int(count), 999) if count.isascii() and count.isdigit() else 1
                noted[paper.id] = {"kind": kind if kind in PAPER_KINDS else "", "count": number}
        return noted

    def _papers_shown(self) -> list[dict[str, Any]]:
        given: dict[str, list[Attachment]] = {}
        for attachment in Attachment.objects.filter(draft=self.draft, removed_at=None).select_related("file"):
            given.setdefault(attachment.paper_id, []).append(attachment)
        needed = {paper.id for paper in self.version.papers_needed(self.draft.answers, "counter")}
        return [
            {
                "id": paper.id,
                "name": in_language(paper.name, self.language),
                "required": paper.id in needed,
                "noted": self._noted(paper, required=paper.id in needed),
                "files": given.get(paper.id, []),
            }
            for paper in self.version.papers_asked(self.draft.answers, "counter")
        ]

    def _noted(self, paper: procedures.Paper, *, required: bool) -> dict[str, Any]:
        """Return what was said of a paper; before anything was said, a paper that must be there is taken as the catalogue names it."""
        posted = self.typed.get(f"kind-{paper.id}")
        if posted is not None:
            return {"kind": posted, "count": self.typed.get(f"count-{paper.id}", "1")}
        noted: dict[str, Any] | None = self.draft.papers.get(paper.id)
        return noted or {"kind": paper.kind if required else "", "count": paper.count}

    def _uploads(self) -> Iterator[tuple[str, UploadedFile]]:
        for name, uploads in self.request.FILES.lists():
            if name.startswith(UPLOAD):
                yield from ((name.removeprefix(UPLOAD), upload) for upload in uploads)

    def _add(self, actor: Actor, paper: str, name: str, content: bytes, source: str, now: datetime) -> None:
        drafts.add_paper(actor, self.draft.id, paper, content, name=name, source=source, now=now)

    def _read_card(self, actor: Actor, now: datetime) -> None:
        photo = self.request.FILES.get("card_photo")
        card = read_card(photo.read() if photo else None, self.typed.get("card_text", ""), today=now.astimezone(VN).date())
        read = take_card(actor, card, Applicant.from_json(self.draft.applicant))
        drafts.save_applicant(actor, self.draft.id, read.applicant, now=now)
        first = prefill(self.version.form, {"citizen": read.citizen_values})
        self.draft = drafts.save_answers(actor, self.draft.id, {**first, **self.draft.answers}, screen="", now=now)
        for code in read.warnings:
            messages.warning(self.request, words_for(Refusal(code)))


def _inputs(form: BoundForm) -> list[BoundField]:
    """Return the questions that take an answer themselves, those inside groups and rows in their place."""
    return [
        one for screen in form.screens for top in screen.fields for one in (top.within or (top,)) if one.widget not in {"group", "table"}
    ]
