"""From a complete application to a dossier with a code."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.translation import get_language

from xaso.apps.dossiers import rules
from xaso.apps.dossiers.access import subject_of
from xaso.apps.dossiers.actions.moves import Change, step_rows
from xaso.apps.dossiers.codes import next_code
from xaso.apps.dossiers.models import Dossier
from xaso.apps.dossiers.shapes import Filing
from xaso.apps.procedures import facade as procedures
from xaso.kernel.errors import Refusal
from xaso.kernel.forms import in_language
from xaso.kernel.text import fold, name_order
from xaso.kernel.worktime import VN
from xaso.platform import rows
from xaso.platform.actor import Actor
from xaso.platform.idempotency import Key, find_subject

HERE, COUNTER = "here", "counter"
"""At the counter somebody sees the papers; a program that files from there sends no pictures of them."""


@transaction.atomic
def file_dossier(actor: Actor, filing: Filing, *, now: datetime) -> Dossier:
    """Make the dossier of a complete application, held where another system is its filing place; filing again returns the first.

    Raises Refusal `dossiers.answers_invalid` (with `errors`), `dossiers.applicant_missing`, `dossiers.procedure_not_found`,
    `dossiers.taken_elsewhere`, `dossiers.channel_not_offered`, `dossiers.return_address_missing`, `dossiers.return_phone_missing`.
    """
    if actor.commune_id is None:
        raise Refusal("dossiers.procedure_not_found")
    known = Dossier.objects.filter(pk=filing.dossier_id, commune_id=actor.commune_id).first()
    if known is not None:
        return known
    dossier = _checked(actor, filing, now)
    rows.insert(*_rows_of_new(actor, dossier, now))
    return dossier


def file_once(actor: Actor, filing: Filing, key: Key, *, sent: Collection[str] = (), now: datetime) -> tuple[Dossier, bool]:
    """Make the dossier that a program sent, and tell that it is new; for a key that was used return the first one.

    `sent` are the papers whose files came along. All is checked before the transaction begins, so that others wait for the writing alone.
    Raises what `file_dossier` raises, `dossiers.papers_missing`, and Conflict.
    """
    try:
        dossier = _checked(actor, filing, now)
        if filing.channel != COUNTER:
            require_papers(procedures.get_version(dossier.version_id), dossier.answers, filing.channel, sent)
    except Refusal:
        used_for = find_subject(key)
        if used_for is None:
            raise
        return _of_subject(used_for), False
    written = rows.Prepared(key.row(subject_of(dossier.id), now=now), *_rows_of_new(actor, dossier, now))
    with transaction.atomic():
        is_new = written.insert_unless_first_is_there()
    return (dossier, True) if is_new else (_of_subject(find_subject(key) or ""), False)


def require_papers(version: procedures.ProcedureVersion, answers: dict[str, Any], channel: str, given: Collection[str]) -> None:
    """Raise Refusal `dossiers.papers_missing` (with `paper_ids`) unless every paper that answers and channel need is there."""
    missing = [paper for paper in version.papers_needed(answers, channel) if paper.id not in given]
    if missing:
        raise Refusal(
            "dossiers.papers_missing",
            papers=", ".join(in_language(paper.name, get_language() or "vi") for paper in missing),
            paper_ids=[paper.id for paper in missing],
        )


def filed_before(key: Key) -> Dossier | None:
    """Return what was filed under a key, None for a new one. Raises Conflict `platform.key_reused`."""
    used_for = find_subject(key)
    return None if used_for is None else _of_subject(used_for)


def _of_subject(subject: str) -> Dossier:
    return Dossier.objects.get(pk=subject.removeprefix("dossier:"))


def _rows_of_new(actor: Actor, dossier: Dossier, now: datetime) -> tuple[Model, ...]:
    assert actor.commune_id is not None
    dossier.code = next_code(actor.commune_id, now)
    steps = step_rows(actor, dossier, Change("work", "submit", "", dossier.state), now=now, data={"channel": dossier.channel})
    return dossier, *steps


def _checked(actor: Actor, filing: Filing, now: datetime) -> Dossier:
    version = _filable_version(actor, filing)
    return _build(actor, filing, version, _checked_answers(version, filing, now), now)


def _filable_version(actor: Actor, filing: Filing) -> procedures.ProcedureVersion:
    if not filing.applicant.name.strip():
        raise Refusal("dossiers.applicant_missing")
    if filing.applicant.return_by and not (filing.applicant.return_address.strip() and filing.applicant.return_area.strip()):
        raise Refusal("dossiers.return_address_missing")
    if filing.applicant.return_by and not filing.applicant.phone:
        raise Refusal("dossiers.return_phone_missing")
    version = procedures.version(filing.version_id)
    if version is None or actor.commune_id is None:
        raise Refusal("dossiers.procedure_not_found")
    return version


def _checked_answers(version: procedures.ProcedureVersion, filing: Filing, now: datetime) -> dict[str, Any]:
    reading = version.form.read_document(filing.answers, today=now.astimezone(VN).date())
    if reading.errors:
        raise Refusal("dossiers.answers_invalid", count=len(reading.errors), errors=reading.errors)
    return reading.answers


def _build(actor: Actor, filing: Filing, version: procedures.ProcedureVersion, answers: dict[str, Any], now: datetime) -> Dossier:
    applicant = filing.applicant
    assert actor.commune_id is not None
    today = now.astimezone(VN).date()
    if procedures.is_guided(actor.commune_id, version, on=today):
        raise Refusal("dossiers.taken_elsewhere")
    place = procedures.filing_place(actor.commune_id, version, filing.channel, on=today)
    if place == procedures.NOT_OFFERED:
        raise Refusal("dossiers.channel_not_offered")
    fee = procedures.compute_fee(actor.commune_id, version, answers, on=today, channel=filing.channel)
    held = place != HERE
    return rows.new(
        Dossier,
        id=filing.dossier_id,
        commune_id=actor.commune_id,
        version_id=version.id,
        procedure_code=version.code,
        procedure_name=version.plain_name["vi"][:300],
        channel=filing.channel,
        filing_place=place,
        issued_by=procedures.issuer(actor.commune_id, version, on=today),
        state="held" if held else "submitted",
        money_state=rules.money_at_filing(fee.total_vnd),
        delivery_state="not_ready",
        sync_state="held" if held else "not_needed",
        citizen_id=applicant.citizen_id,
        applicant_name=applicant.name,
        applicant_folded=fold(applicant.name),
        applicant_order=name_order(applicant.name),
        applicant_personal_number=applicant.personal_number,
        applicant_phone=applicant.phone,
        applicant_email=applicant.email,
        applicant_address=applicant.address,
        village_id=applicant.village_id,
        representative=filing.representative or ({"name": applicant.submitter} if applicant.submitter else {}),
        language=filing.language,
        tell_by=applicant.tell_by,
        return_by=applicant.return_by,
        return_address=applicant.return_address if applicant.return_by else "",
        return_area=applicant.return_area if applicant.return_by else "",
        answers=answers,
        papers=filing.papers,
        fee=fee.as_json(),
        fee_vnd=fee.total_vnd,
        submitted_at=now,
    )
