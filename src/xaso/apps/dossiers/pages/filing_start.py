"""`/nop-ho-so/<code>/`: what to have at hand and, on the same page, how to reach the applicant. Typing begins with the first page."""

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from xaso.apps.dossiers import queries
from xaso.apps.dossiers.actions import drafts
from xaso.apps.dossiers.cards import citizen_values
from xaso.apps.dossiers.models import Draft
from xaso.apps.dossiers.pages import filing_screens as screens
from xaso.apps.dossiers.pages.filing import take_typed, to_stop
from xaso.apps.dossiers.pages.journey import Journey
from xaso.apps.dossiers.shapes import Applicant
from xaso.apps.people import facade as people
from xaso.apps.procedures import facade as procedures
from xaso.kernel.forms import prefill
from xaso.kernel.worktime import VN
from xaso.platform import clock
from xaso.platform.actor import Actor
from xaso.platform.guard import actor_of, to_sign_in
from xaso.platform.one_trip import in_one_trip


@require_http_methods(["GET", "POST"])
@in_one_trip
def start(request: HttpRequest, procedure_code: str) -> HttpResponse:
    """Show what to have at hand with the first questions, and begin or go on; a visitor signs in first and comes back here.

    What the commune does not take leads to the page that shows the way to who does.
    """
    actor, now = actor_of(request), clock.now()
    today = now.astimezone(VN).date()
    version = procedures.current(actor.commune_id, procedure_code, today) if actor.commune_id else None
    if version is None:
        raise Http404
    if procedures.is_guided(request.commune.id, version):  # type: ignore[attr-defined]
        return HttpResponseRedirect(f"/thu-tuc/{version.code}/")
    if procedures.filing_place(request.commune.id, version, "online") == procedures.NOT_OFFERED:  # type: ignore[attr-defined]
        return screens.only_at_the_desk(request, version)
    if actor.citizen_id is None:
        return to_sign_in(request) if actor.kind == "anonymous" else screens.not_for_officials(request, version)
    if request.method == "GET":
        begun = [draft for draft in queries.my_drafts(actor) if draft.version_id == version.id]
        return screens.beginning(request, version, _applicant(actor), begun)
    return _take(request, actor, version, now)


def _take(request: HttpRequest, actor: Actor, version: procedures.ProcedureVersion, now: datetime) -> HttpResponse:
    """Begin, with what was typed on this page if anything was; sent twice it goes on with the same draft."""
    draft_id = screens.uuid_or_none(request.POST.get("draft", ""))
    if draft_id is None:
        draft = queries.untouched_draft(actor, version.id) or _begin(actor, version, now)
        return to_stop(draft, version.code, Journey(draft, version, "vi").stops[0])
    if code := queries.code_of(actor, draft_id):
        return HttpResponseRedirect(f"/ho-so-cua-toi/{code}/?moi=1")
    draft = queries.find_draft(actor, draft_id) or _begin(actor, version, now, draft_id)
    journey = Journey(draft, version, request.LANGUAGE_CODE)
    return take_typed(request, draft, journey, journey.stops[0])


def _begin(actor: Actor, version: procedures.ProcedureVersion, now: datetime, draft_id: UUID | None = None) -> Draft:
    applicant, today = _applicant(actor), now.astimezone(VN).date()
    free = draft_id if draft_id and queries.is_free(draft_id) else None
    draft = drafts.start_draft(actor, version.code, applicant, channel="online", on=today, now=now, draft_id=free)
    known = prefill(version.form, {"citizen": citizen_values(_citizen(actor))})
    return drafts.save_answers(actor, draft.id, known, screen="", now=now)


def _applicant(actor: Actor) -> Applicant:
    citizen = _citizen(actor)
    return Applicant(
        name=citizen.full_name,
        personal_number=citizen.personal_number,
        phone=citizen.phone,
        email=citizen.email,
        address=citizen.address,
        village_id=citizen.village_id,
        citizen_id=citizen.id,
    )


def _citizen(actor: Actor) -> people.Citizen:
    assert actor.citizen_id is not None
    citizen = people.citizen(actor.citizen_id)
    assert citizen is not None
    return citizen
