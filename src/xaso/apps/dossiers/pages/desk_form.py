"""The one page on which an official takes a walk-in's application: card, answers, papers, fee."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string

from xaso.apps.dossiers import queries, words
from xaso.apps.dossiers.actions import drafts
from xaso.apps.dossiers.actions.looking import look_at_card
from xaso.apps.dossiers.actions.reuse import use_again
from xaso.apps.dossiers.actions.walk_in import FeeTaken, take_in
from xaso.apps.dossiers.cards import of_one_person, phone_of_another, read_card, take_card
from xaso.apps.dossiers.contact import read_contact
from xaso.apps.dossiers.form_choices import form_choices
from xaso.apps.dossiers.models import Dossier, Draft
from xaso.apps.dossiers.pages.desk_papers import PAPER_KINDS, paper_rows, papers_noted
from xaso.apps.dossiers.pages.duplicates import look_alikes_shown
from xaso.apps.dossiers.pages.filing_screens import uuid_or_none
from xaso.apps.dossiers.pages.from_scanner import scans_shown, taken_from_scanner
from xaso.apps.dossiers.pages.looked_at_twice import say_what_to_look_at
from xaso.apps.dossiers.shapes import Applicant
from xaso.apps.people import facade as people
from xaso.apps.procedures import facade as procedures
from xaso.kernel.errors import Refusal
from xaso.kernel.forms import FieldError, prefill, refill
from xaso.kernel.forms.reading import SHOWN
from xaso.kernel.money import parse_vnd
from xaso.kernel.worktime import VN
from xaso.platform import clock
from xaso.platform.actor import Actor
from xaso.platform.admission import content_of
from xaso.platform.errors import words_for
from xaso.platform.forms import DESK, BoundField, BoundForm
from xaso.platform.guard import actor_of

UPLOAD = "scan-"
FIELD_OF = {"dossiers.receipt_missing": "receipt", "dossiers.amount_wrong": "phi"}
FEE_FIELDS = ("fee_taken", "amount", "receipt_number", "method")
CARD_CODES = ("card_qr.", "dossiers.card_unreadable", "images.", "admission.")


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

    @cached_property
    def choices(self) -> dict[str, dict[str, str]]:
        """The villages and ethnic groups of this commune."""
        return form_choices(self.draft.commune_id)

    def keep(self, actor: Actor, now: datetime) -> None:
        """Keep applicant, answers and papers as typed, right or wrong."""
        typed = self.typed
        applicant, self.contact_errors = read_contact(typed, Applicant.from_json(self.draft.applicant))
        applicant = of_one_person(replace(applicant, village_id=uuid_or_none(typed.get("village", ""))))
        drafts.save_applicant(actor, self.draft.id, applicant, now=now)
        reading = self.version.form.parse(
            None, typed, known=self.draft.answers, today=now.astimezone(VN).date(), choices=self.choices, prefix=DESK.prefix
        )
        self.field_errors = reading.errors
        cleared = self.draft.answers.keys() - reading.answers.keys()
        drafts.save_answers(actor, self.draft.id, reading.answers, screen="", now=now, cleared=cleared)
        self.draft = drafts.note_papers(actor, self.draft.id, self.draft.papers | papers_noted(self.version, self.typed), now=now)

    def take_files(self, actor: Actor, now: datetime) -> list[Refusal]:
        """Take in every file that was chosen, uploaded or from the scanner; return the refusals of those that could not be taken."""
        refused = []
        for paper, upload in self._uploads():
            try:
                self._add(actor, paper, upload.name or "scan", content_of(upload), "desk", now)
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
        elif button.startswith("reuse-"):
            attachment_id = uuid_or_none(button.removeprefix("reuse-"))
            if attachment_id:
                use_again(actor, self.draft.id, attachment_id, now=now)
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
        if button == "scan" or button.startswith(("remove-", "reuse-")):
            return "giay-to"
        if button == "fee":
            return "phi"
        return self._first_empty(form)

    def render(self, refusals: tuple[Refusal, ...] = ()) -> HttpResponse:
        """Show the page; after refusals with their words, and with the faults of the fields when it was to be taken in."""
        faulty = bool(refusals)
        on_card = [refusal for refusal in refusals if refusal.code.startswith(CARD_CODES) and self._reads_card()]
        missing = [paper for refusal in refusals for paper in refusal.params.get("paper_ids", ())]
        context = {
            "draft": self.draft,
            "version": self.version,
            "applicant": Applicant.from_json(self.draft.applicant),
            **self._contact_context(),
            "post_charge": queries.post_charge(self.draft.commune_id),
            "contact_errors": self.contact_errors if faulty and not on_card else {},
            "form": self._bound(show_errors=self.typed.get("do") == "take_in"),
            "papers": self._paper_rows(missing),
            "channel": words.CHANNELS[self.draft.channel],
            "paper_kinds": PAPER_KINDS,
            "villages": people.villages(self.draft.commune_id),
            "scans": scans_shown(self.commune, now=clock.now()),
            "errors": [
                {"text": words_for(refusal), "anchor": _place_of(refusal)}
                for refusal in refusals
                if refusal not in on_card and refusal.code != "dossiers.answers_invalid"
            ],
            "card_error": words_for(on_card[0]) if on_card else "",
            **self._fee_context(),
        }
        return render(self.request, "dossiers/desk_form.html", context, status=409 if faulty else 200)

    def live(self, now: datetime) -> dict[str, Any]:
        """Return what the page's script puts in after all was kept: when, fee, doubts, and what is asked now where it changed."""
        request = self.request
        rows, form = self._paper_rows(), self._bound()
        papers_differ = {mark for row in rows for mark in row["marks"]} != set(self.typed.getlist("row"))
        papers = {"draft": self.draft, "papers": rows, "paper_kinds": PAPER_KINDS}
        shown = " ".join(self.typed.getlist(f"{DESK.prefix}{SHOWN}")).split()
        questions_differ = bool(shown) and set(shown) != {mark for screen in form.screens for mark in screen.marks.split()}
        return {
            "at": f"{now.astimezone(VN):%H:%M}",
            "fee": render_to_string("dossiers/desk_fee.html", self._fee_context(), request),
            "contact": render_to_string("dossiers/desk_contact.html", self._contact_context(), request),
            "questions": render_to_string("xaso/form/whole.html", {"form": form}, request) if questions_differ else "",
            "papers": render_to_string("dossiers/desk_papers.html", papers, request) if papers_differ else "",
        }

    def _reads_card(self) -> bool:
        return self.typed.get("do") in {"read_card", "enter"}

    def _is_held(self) -> bool:
        return procedures.filing_place(self.draft.commune_id, self.version, self.draft.channel) != "here"

    def _bound(self, *, show_errors: bool = False) -> BoundForm:
        today = clock.now().astimezone(VN).date()
        errors = self.version.form.validate(self.draft.answers, today=today, choices=self.choices) if show_errors else ()
        return BoundForm(self.version.form, self.draft.answers, errors=errors, language=self.language, choices=self.choices, layout=DESK)

    def _fee_context(self) -> dict[str, Any]:
        today = clock.now().astimezone(VN).date()
        fee = procedures.compute_fee(self.draft.commune_id, self.version, self.draft.answers, on=today, channel=self.draft.channel)
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
        return take_in(actor, self.draft.id, self._fee_taken(), now=now)

    def _fee_taken(self) -> FeeTaken | None:
        if self.typed.get("fee_taken") != "yes":
            return None
        method = "transfer" if self.typed.get("method") == "transfer" else "cash"
        return FeeTaken(parse_vnd(self.typed.get("amount", "")), self.typed.get("receipt_number", ""), method)

    def _paper_rows(self, missing: Collection[str] = ()) -> list[dict[str, Any]]:
        return paper_rows(self.draft, self.version, self.typed, self.language, missing=missing)

    def _contact_context(self) -> dict[str, Any]:
        applicant = Applicant.from_json(self.draft.applicant)
        is_out_of_reach = bool(applicant.name) and not applicant.phone and not applicant.personal_number
        found = queries.look_alikes_at_intake(actor_of(self.request), self.version.code, applicant, now=clock.now())
        return {
            "out_of_reach": words.OUT_OF_REACH if is_out_of_reach else "",
            "phone_of": phone_of_another(applicant),
            "look_alikes": look_alikes_shown(found),
        }

    def _uploads(self) -> Iterator[tuple[str, UploadedFile]]:
        for name, uploads in self.request.FILES.lists():
            if name.startswith(UPLOAD):
                yield from ((name.removeprefix(UPLOAD), upload) for upload in uploads)

    def _add(self, actor: Actor, paper: str, name: str, content: bytes, source: str, now: datetime) -> None:
        added = drafts.add_paper(actor, self.draft.id, paper, content, name=name, source=source, now=now)
        say_what_to_look_at(self.request, added)

    def _read_card(self, actor: Actor, now: datetime) -> None:
        photo = self.request.FILES.get("card_photo")
        card = read_card(content_of(photo) if photo else None, self.typed.get("card_text", ""), today=now.astimezone(VN).date())
        before = Applicant.from_json(self.draft.applicant)
        read = take_card(actor, card, before)
        look_at_card(actor, read.applicant.citizen_id, now=now)
        drafts.save_applicant(actor, self.draft.id, read.applicant, now=now)
        form = self.version.form
        answers = refill(self.draft.answers, prefill(form, {"citizen": before.card}), prefill(form, {"citizen": read.citizen_values}))
        cleared = self.draft.answers.keys() - answers.keys()
        self.draft = drafts.save_answers(actor, self.draft.id, answers, screen="", now=now, cleared=cleared)
        for code in read.warnings:
            messages.warning(self.request, words_for(Refusal(code)))


def _place_of(refusal: Refusal) -> str:
    """Return the id of the field that a refusal is about; empty where it is about none."""
    papers = refusal.params.get("paper_ids")
    return f"kind-{papers[0]}" if papers else FIELD_OF.get(refusal.code, "")


def _inputs(form: BoundForm) -> list[BoundField]:
    """Return the questions that take an answer themselves, those inside groups and rows in their place."""
    return [
        one for screen in form.screens for top in screen.fields for one in (top.within or (top,)) if one.widget not in {"group", "table"}
    ]
