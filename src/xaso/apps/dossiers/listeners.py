"""Tells applicants what happened to their dossiers, from the facts in the outbox, and answers who asks by SMS."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F

from xaso.apps.audit import facade as audit
from xaso.apps.dossiers import access
from xaso.apps.dossiers.actions.admitting import note_found
from xaso.apps.dossiers.asked_by_sms import answer_incoming
from xaso.apps.dossiers.calling_up import CALLED_ABOUT, call_up, is_told_by_voice
from xaso.apps.dossiers.models import Dossier, Draft, Posting, Reading, Result, Slip
from xaso.apps.dossiers.notices import (
    DATA_LOOK_ANSWERED,
    DRAFT_WITHDRAWN,
    HANDED_OVER_UNASKED,
    LIFE_EVENTS,
    LOOK_ANSWERED,
    NO_DAY_YET,
    SYSTEMS,
)
from xaso.apps.dossiers.telling_drafts import tell
from xaso.apps.notices import facade as notices
from xaso.apps.people import facade as people
from xaso.apps.satisfaction import facade as satisfaction
from xaso.apps.signing import facade as signing
from xaso.kernel.money import format_vnd
from xaso.kernel.worktime import VN
from xaso.platform import viruses
from xaso.platform.outbox import Message, listen


@listen(*(f"dossiers.{verb}" for verb in LIFE_EVENTS))
def tell_applicant(message: Message) -> None:
    """Queue the notice that belongs to the move; applicants without phone and e-mail are told nothing.

    Who was taken in at the desk in one act is told once: of the acceptance.
    """
    dossier = Dossier.objects.get(pk=UUID(message.subject.removeprefix("dossier:")))
    if message.topic == "dossiers.submit" and _was_taken_in_at_once(dossier, message):
        return
    verb = message.topic.removeprefix("dossiers.")
    if not _is_news(verb, message.payload):
        return
    params = _params(dossier, message.created_at)
    notices.send(
        commune_id=dossier.commune_id,
        recipient=notices.Recipient(
            name=dossier.applicant_name, phone=dossier.applicant_phone, email=dossier.applicant_email, language=dossier.language
        ),
        template=_template(verb, dossier, params),
        params=params,
        subject=message.subject,
        idempotency_key=str(message.id),
        now=message.created_at,
    )
    if verb in CALLED_ABOUT and is_told_by_voice(dossier):
        call_up(dossier, key=str(message.id), now=message.created_at)


@listen("procedures.withdrawn")
def tell_of_withdrawal(message: Message) -> None:
    """Queue a notice to everybody who began an application under the procedure online; who only opened it has nothing to lose."""
    begun = Draft.objects.filter(
        version__procedure__code=message.payload["code"], submitted_at=None, channel="online", updated_at__gt=F("created_at")
    )
    for draft in begun:
        tell(draft, DRAFT_WITHDRAWN, key=f"{message.id}:{draft.id}", now=message.created_at)


@listen(audit.ANSWERED)
def tell_of_answered_look(message: Message) -> None:
    """Queue a notice to the person who asked why her file, or what else is hers, was looked at."""
    prefix, _, dossier_id = message.subject.partition(":")
    dossier = Dossier.objects.filter(pk=UUID(dossier_id)).first() if prefix == "dossier" else None
    if dossier is not None:
        recipient = notices.Recipient(
            name=dossier.applicant_name, phone=dossier.applicant_phone, email=dossier.applicant_email, language=dossier.language
        )
        _tell_of_look(message, LOOK_ANSWERED, dossier.commune_id, recipient, code=dossier.code, procedure=dossier.procedure_name)
        return
    asker = people.citizen(UUID(message.payload["citizen"])) if "citizen" in message.payload else None
    if asker is not None:
        recipient = notices.Recipient(name=asker.full_name, phone=asker.phone, email=asker.email)
        _tell_of_look(message, DATA_LOOK_ANSWERED, asker.commune_id, recipient)


def _tell_of_look(message: Message, template: str, commune_id: UUID, recipient: notices.Recipient, **params: str) -> None:
    notices.send(
        commune_id=commune_id,
        recipient=recipient,
        template=template,
        params={"commune": people.commune_of(commune_id).name, "link": f"{settings.PUBLIC_URL}/ai-da-xem/", **params},
        subject=message.subject,
        idempotency_key=str(message.id),
        now=message.created_at,
    )


@listen(signing.EXTENDED)
def keep_the_newer_form(message: Message) -> None:
    """Let results and signed copies name the newest form of a signed paper; told in any order, they end at the same."""
    newest = signing.newest_file_id(UUID(message.payload["paper"]))
    Result.objects.filter(file_id=message.payload["before"]).update(file_id=newest)
    Reading.objects.filter(signed_copy_id=message.payload["before"]).update(signed_copy_id=newest)


@listen(viruses.FOUND)
def write_down_infected(message: Message) -> None:
    """Write down in the cases that have the file what the virus scanner found in it after it had been taken."""
    note_found(UUID(message.subject.removeprefix(viruses.SUBJECT)), message.payload["finding"], now=message.created_at)


@listen(notices.ARRIVED)
def answer_who_asks(message: Message) -> None:
    """Answer an SMS that somebody sent to the commune."""
    answer_incoming(UUID(message.subject.removeprefix("incoming:")))


def _template(verb: str, dossier: Dossier, params: Mapping[str, Any]) -> str:
    if verb == "submit" and dossier.state == "held":
        return "dossiers.held"
    template = LIFE_EVENTS[verb]
    return HANDED_OVER_UNASKED if template == "dossiers.handed_over" and params["rate"] == params["link"] else template


def _is_news(verb: str, fact: dict[str, Any]) -> bool:
    """Tell whether the applicant learns something: a registration moves two flows, a fee paid at once stopped no work."""
    if verb == "register":
        return bool(fact["to"] == "submitted")
    return verb not in {"take_payment", "waive"} or bool(fact["from"] == "requested")


def _params(dossier: Dossier, at: datetime) -> dict[str, Any]:
    follow = f"{settings.PUBLIC_URL}/tra-cuu/?ma={dossier.code}"
    path = satisfaction.find_link(access.subject_of(dossier.id), at)
    return {
        "code": dossier.code,
        "national_code": dossier.national_code or "",
        "procedure": dossier.procedure_name,
        "commune": people.commune_of(dossier.commune_id).name,
        "due": _due_in_words(dossier),
        "new_due": _promised_instead(dossier),
        "fee": format_vnd(dossier.fee_vnd or 0),
        "link": follow,
        "system": _system_in_words(dossier),
        "tracking": _last_tracking_number(dossier),
        "rate": settings.PUBLIC_URL + path if path else follow,
    }


def _system_in_words(dossier: Dossier) -> dict[str, str]:
    """Return the filing place's name, short, by language: an SMS may be in another than its e-mail."""
    return {language: names.get(dossier.filing_place, "") for language, names in SYSTEMS.items()}


def _last_tracking_number(dossier: Dossier) -> str:
    posting = Posting.objects.filter(dossier=dossier).last()
    return posting.tracking_number if posting else ""


def _due_in_words(dossier: Dossier) -> str | dict[str, str]:
    """Return the appointment as form 01 printed it, for by the time the message is written the clock may stand; else that there is none."""
    slip = Slip.objects.filter(dossier=dossier, form="01").last()
    printed = slip.data.get("due_at") if slip else None
    if not printed:
        return NO_DAY_YET
    return datetime.fromisoformat(printed).astimezone(VN).strftime("%H:%M %d/%m/%Y")


def _promised_instead(dossier: Dossier) -> str:
    """Return the day that the last apology promised, as form 04 printed it; empty without one."""
    slip = Slip.objects.filter(dossier=dossier, form="04").last()
    return datetime.fromisoformat(slip.data["new_due_at"]).astimezone(VN).strftime("%d/%m/%Y") if slip else ""


def _was_taken_in_at_once(dossier: Dossier, message: Message) -> bool:
    return dossier.steps.filter(verb="accept", at=message.created_at).exists()
