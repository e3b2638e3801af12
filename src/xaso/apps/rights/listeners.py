"""Tells people what happened to their requests and to their data, from the facts in the outbox."""

from uuid import UUID

from django.conf import settings

from xaso.apps.notices import facade as notices
from xaso.apps.people import facade as people
from xaso.apps.rights.actions.breaches import TELL_PERSON
from xaso.apps.rights.actions.requests import FACT
from xaso.apps.rights.models import BreachPerson, DataRequest
from xaso.apps.rights.notices import BREACH, TOLD
from xaso.kernel.worktime import VN
from xaso.platform.outbox import Message, listen


@listen(*(f"{FACT}{verb}" for verb in TOLD))
def tell_person(message: Message) -> None:
    """Queue the notice that belongs to the move; who has neither phone nor e-mail is told at the desk."""
    request = DataRequest.objects.select_related("guardian").get(pk=UUID(message.subject.removeprefix("data_request:")))
    name = request.guardian.full_name if request.guardian else request.name
    notices.send(
        commune_id=request.commune_id,
        recipient=notices.Recipient(name=name, phone=request.phone, email=request.email, language=request.language),
        template=TOLD[message.topic.removeprefix(FACT)],
        params={
            "code": request.code,
            "due": request.due_at.astimezone(VN).strftime("%d/%m/%Y"),
            "commune": people.commune_of(request.commune_id).name,
            "link": f"{settings.PUBLIC_URL}/du-lieu-cua-toi/",
        },
        subject=message.subject,
        idempotency_key=str(message.id),
        now=message.created_at,
    )


@listen(TELL_PERSON)
def tell_person_of_breach(message: Message) -> None:
    """Queue the notice to one person whose data a breach is about; who has neither phone nor e-mail reads it on her own page."""
    line = BreachPerson.objects.select_related("breach", "citizen").get(pk=UUID(message.payload["person"]))
    person = line.citizen
    notices.send(
        commune_id=line.breach.commune_id,
        recipient=notices.Recipient(name=person.full_name, phone=person.phone, email=person.email, language="vi"),
        template=BREACH,
        params={
            "code": line.breach.code,
            "commune": people.commune_of(line.breach.commune_id).name,
            "link": f"{settings.PUBLIC_URL}/du-lieu-cua-toi/",
        },
        subject=message.subject,
        idempotency_key=str(message.id),
        now=message.created_at,
    )
