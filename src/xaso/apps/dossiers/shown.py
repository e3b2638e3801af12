"""What templates get: a dossier in words, tones, due dates and timeline entries, ready to be laid out."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from xaso.apps.dossiers import words
from xaso.apps.dossiers.actions.moves import DEPUTISED
from xaso.apps.dossiers.actions.renewing import later_version
from xaso.apps.dossiers.form_choices import form_choices
from xaso.apps.dossiers.models import Attachment, Dossier, Draft, ResultNumber, Step, SupplementRequest
from xaso.apps.dossiers.options import UNCLAIMED_DAYS
from xaso.apps.dossiers.procedure_names import plain_name
from xaso.apps.dossiers.queries import CaseFile, Listed
from xaso.apps.dossiers.rules import ENDED, FEE_OPEN, NATIONAL_STATES
from xaso.apps.people import facade as people
from xaso.apps.procedures import facade as procedures
from xaso.apps.signing import facade as signing
from xaso.kernel.forms import in_language
from xaso.kernel.worktime import VN
from xaso.platform import clock
from xaso.platform.badges import Badge, due_badge, plainly


def dossier_due(dossier: Dossier | Listed, now: datetime) -> Badge:
    """Say how the dossier stands with its due date; a term that nobody could prove is said to be unknown."""
    if dossier.state in ENDED:
        return Badge("")
    if dossier.accepted_at is not None and dossier.due_at is None and dossier.paused_at is None:
        return Badge(_("chưa rõ hạn, cần xác nhận"), "nghe", "warn")
    calendar = people.calendar_of(dossier.commune_id)
    return due_badge(dossier.due_at, clock_stopped=dossier.paused_at is not None, now=now, calendar=calendar)


def extended_badge(dossier: Dossier) -> Badge:
    """Say that the due date was moved, and from which; nothing for other dossiers."""
    if dossier.first_due_at is None:
        return Badge("")
    return Badge(_("gia hạn từ %(day)s") % {"day": dossier.first_due_at.astimezone(VN).strftime("%d/%m/%Y")}, "nghe")


def state_badge(dossier: Dossier) -> Badge:
    """Say in which state the work is, for officials."""
    text, tone = words.STATES[dossier.state]
    return Badge(text, tone)


def waits_for_applicant(dossier: Dossier | Listed, now: datetime) -> Badge:
    """Say how long a result has waited to be fetched; nothing for other dossiers."""
    if dossier.delivery_state != "ready":
        return Badge("")
    days = _days_ready(dossier, now)
    if not days:
        return Badge(_("có hôm nay"), "la")
    text = ngettext("chờ lấy %(days)s ngày", "chờ lấy %(days)s ngày", days) % {"days": days}
    return Badge(text, "nghe" if is_unclaimed(dossier, now) else "cham", "clock")


def is_unclaimed(dossier: Dossier | Listed, now: datetime) -> bool:
    """Tell whether the result has waited so long that somebody should call the applicant."""
    return dossier.delivery_state == "ready" and _days_ready(dossier, now) >= UNCLAIMED_DAYS.value()


def count_unclaimed(dossiers: Sequence[Dossier | Listed], now: datetime) -> int:
    """Return for how many dossiers somebody should call the applicant."""
    return sum(is_unclaimed(dossier, now) for dossier in dossiers)


def _days_ready(dossier: Dossier | Listed, now: datetime) -> int:
    since = dossier.solved_at or now
    return max(0, (now.astimezone(VN).date() - since.astimezone(VN).date()).days)


def draft_row(draft: Draft, language: str) -> dict[str, Any]:
    """Return an application that an official began and did not finish, as a line of a list."""
    version = procedures.get_version(draft.version_id)
    return {
        "url": f"/mot-cua/ban/{draft.id}/",
        "name": draft.applicant.get("name", ""),
        "procedure": in_language(version.plain_name, language),
        "at": draft.updated_at,
        "withdrawn": procedures.is_withdrawn(version),
        "changed": later_version(draft, on=clock.now().astimezone(VN).date()) is not None,
    }


def row(dossier: Dossier, now: datetime) -> dict[str, Any]:
    """Return a dossier as a line of a list."""
    return {
        "dossier": dossier,
        "code": dossier.code,
        "url": f"/ho-so/{dossier.code}/",
        "state": state_badge(dossier),
        "money": Badge(*words.MONEY[dossier.money_state]),
        "delivery": Badge(*words.DELIVERY[dossier.delivery_state]),
        "due": dossier_due(dossier, now),
        "extended": extended_badge(dossier),
        "waits": waits_for_applicant(dossier, now),
        "unclaimed": is_unclaimed(dossier, now),
        "village": dossier.village.name if dossier.village else "",
        "channel": words.CHANNELS[dossier.channel],
    }


class Line(NamedTuple):
    """A dossier as a line of the table: plain values, under which the line is kept once it is drawn."""

    code: str
    procedure: str
    applicant: str
    village: str
    channel: str
    state: str
    submitted_at: datetime
    first_due_at: datetime | None
    delivery_state: str
    due: tuple[str, str, str]
    waits: tuple[str, str, str]


def lines(dossiers: Iterable[Listed], now: datetime) -> list[Line]:
    """Return dossiers as lines of the table, in the language of the page."""
    language = get_language() or ""
    return [_line(dossier, now, language) for dossier in dossiers]


def _line(dossier: Listed, now: datetime, language: str) -> Line:
    return Line(
        dossier.code,
        plain_name(dossier, language),
        dossier.applicant_name,
        dossier.village_name or "",
        dossier.channel,
        dossier.state,
        dossier.submitted_at,
        dossier.first_due_at,
        dossier.delivery_state,
        plainly(dossier_due(dossier, now)),
        plainly(waits_for_applicant(dossier, now)),
    )


def proof_badge(file_id: UUID | None) -> Badge | None:
    """Say how the time of a paper signed here is proven; nothing of other papers."""
    proof = signing.find_proof(file_id)
    return signing.proof_in_words(proof) if proof else None


def gap_row(number: ResultNumber) -> dict[str, Any]:
    """Return a number that was given up, as a line of its list."""
    known = words.GAP_REASONS.get(number.reason)
    return {
        "number": number,
        "dossier": number.dossier,
        "url": f"/ho-so/{number.dossier.code}/",
        "reason": known or _("Lỗi máy khi ký; nhật ký máy chủ có chi tiết"),
    }


def case_context(case: CaseFile, *, now: datetime, language: str) -> dict[str, Any]:
    """Return what the page of one dossier shows."""
    dossier = case.dossier
    return {
        "case": case,
        "dossier": dossier,
        "row": row(dossier, now),
        "sync": Badge(*words.SYNC[dossier.sync_state]),
        "sections": case.version.form.summary(
            dossier.answers,
            language,
            choices=form_choices(dossier.commune_id),
            yes_no=(_("Có"), _("Không")),
            today=now.astimezone(VN).date(),
        ),
        "papers": papers_shown(case, language),
        "timeline": [step_shown(step) for step in case.steps if step.verb != "make_ready"],
        "timeline_for_applicant": [step_for_applicant(step) for step in case.steps if step.verb not in words.NOT_FOR_APPLICANT],
        "held_for": words.HELD_FOR.get(dossier.filing_place, words.HELD_FOR["national_portal"]),
        "national": (case.national_state, NATIONAL_STATES[case.national_state]) if case.national_state else None,
        "verb_words": words.VERBS,
        "for_applicant": words.STATES_FOR_APPLICANT[dossier.state],
        "fee_open": dossier.money_state in FEE_OPEN,
        "asked": asked_shown(case, language),
        "requests": requests_shown(case, language),
        "paper_choices": paper_choices(case, language),
    }


def papers_shown(case: CaseFile, language: str) -> list[dict[str, Any]]:
    """Return the papers that are asked for here or came, each with what was given for it, and what came besides."""
    by_paper: dict[str, list[Attachment]] = {}
    for attachment in case.attachments:
        by_paper.setdefault(attachment.paper_id, []).append(attachment)
    noted = case.dossier.papers
    asked = {paper.id for paper in case.version.papers_asked(case.dossier.answers, case.dossier.channel)}
    shown = [
        {
            "id": paper.id,
            "name": in_language(paper.name, language),
            "noted": noted.get(paper.id, {}),
            "files": by_paper.pop(paper.id, []),
        }
        for paper in case.version.papers
        if paper.id in asked or paper.id in by_paper or paper.id in noted
    ]
    rest = [attachment for attachments in by_paper.values() for attachment in attachments]
    return [*shown, {"id": "other", "name": _("Giấy tờ khác"), "noted": {}, "files": rest}] if rest else shown


def paper_choices(case: CaseFile, language: str) -> list[dict[str, str]]:
    """Return the procedure's papers to choose from."""
    return [{"id": paper.id, "name": in_language(paper.name, language)} for paper in case.version.papers]


def asked_shown(case: CaseFile, language: str) -> list[dict[str, str]]:
    """Return what the open supplement request asks for, papers by their names."""
    return _items_shown(case, case.open_request, language) if case.open_request else []


def requests_shown(case: CaseFile, language: str) -> list[dict[str, Any]]:
    """Return all supplement requests with what they asked for and what came."""
    return [
        {
            "asked_by": request.asked_by,
            "asked_at": request.asked_at,
            "asked": _items_shown(case, request, language),
            "answered_at": request.answered_at,
            "answer": request.answer,
        }
        for request in case.requests
    ]


def _items_shown(case: CaseFile, request: SupplementRequest, language: str) -> list[dict[str, str]]:
    names = {paper.id: in_language(paper.name, language) for paper in case.version.papers}
    return [{"paper": item["paper"] or "other", "name": names.get(item["paper"], ""), "text": item["text"]} for item in request.items]


def step_shown(step: Step) -> dict[str, Any]:
    """Return a step as an entry of the timeline; `name` is the person's, for colleagues."""
    who = step.post_title or step.actor_name
    if in_place_of := step.data.get(DEPUTISED, ""):
        who = _("%(who)s (làm thay %(post)s)") % {"who": who, "post": in_place_of}
    return {
        "label": words.STEPS.get(step.verb, step.verb),
        "at": step.at,
        "who": who,
        "name": step.actor_name if step.post_title else "",
        "note": step.note,
        "kind": step.actor_kind,
        "detail": _detail(step),
    }


def _detail(step: Step) -> str:
    """Say what a step changed besides its state: the due date that was, and the one that was promised instead."""
    if step.verb == "pass_on":
        return _("Từ %(from)s cho %(to)s") % {name: str(step.data[name]) for name in ("from", "to")}
    if step.verb != "extend":
        return ""
    days = {name: datetime.fromisoformat(step.data[name]).astimezone(VN).strftime("%d/%m/%Y") for name in ("old_due_at", "new_due_at")}
    if step.data["moves_due"]:
        return _("Hạn cũ %(old_due_at)s, hạn mới %(new_due_at)s") % days
    return _("Hạn %(old_due_at)s giữ nguyên, hẹn lại %(new_due_at)s") % days


def step_for_applicant(step: Step) -> dict[str, Any]:
    """Return a step as the applicant reads it: what colleagues write to each other stays with them."""
    return step_shown(step) | {"note": step.note if step.verb in words.NOTED_FOR_APPLICANT else ""}
