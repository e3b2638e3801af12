"""What each kind of screen of an application shows."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from xaso.apps.dossiers import queries, words
from xaso.apps.dossiers.form_choices import form_choices
from xaso.apps.dossiers.models import Attachment, Draft
from xaso.apps.dossiers.pages.journey import CHECK, Journey, Stop, begun_shown
from xaso.apps.dossiers.shapes import Applicant
from xaso.apps.procedures import facade as procedures
from xaso.kernel.errors import Refusal
from xaso.kernel.forms import in_language
from xaso.kernel.identifiers import uuid7
from xaso.kernel.worktime import VN
from xaso.platform import clock
from xaso.platform.errors import words_for
from xaso.platform.forms import BoundForm
from xaso.platform.guard import actor_of
from xaso.platform.one_trip import with_ahead

Extra = dict[str, Any]
Show = Callable[[HttpRequest, Draft, Journey, Stop, Extra], HttpResponse]


def beginning(request: HttpRequest, version: procedures.ProcedureVersion, applicant: Applicant, begun: list[Draft]) -> HttpResponse:
    """Show what to have at hand, and drafts to go on with or the first questions, under the id of the draft that they will begin."""
    place = procedures.filing_place(request.commune.id, version, "online")  # type: ignore[attr-defined]
    papers = [paper for paper in version.papers if "online" in paper.channels]
    context = {
        "version": version,
        "begun": [begun_shown(draft, request.LANGUAGE_CODE) for draft in begun],
        "held_for": words.HELD_FOR.get(place),
        "always": [paper for paper in papers if paper.required and not paper.conditions],
        "sometimes": [paper for paper in papers if paper.conditions or not paper.required],
        "level_needed": level_needed(request, version),
        "new_id": uuid7(),
        "applicant": applicant,
        "post_charge": queries.post_charge(request.commune.id),  # type: ignore[attr-defined]
    }
    return render(request, "dossiers/filing_start.html", context)


def level_needed(request: HttpRequest, version: procedures.ProcedureVersion) -> int:
    """Return the level of identity that filing online needs and this sign-in does not have; 0 when it has."""
    actor = actor_of(request)
    assert actor.commune_id is not None
    needed = procedures.identity_level(actor.commune_id, version)
    return needed if actor.identity_level < needed else 0


def only_at_the_desk(request: HttpRequest, version: procedures.ProcedureVersion) -> HttpResponse:
    """Say that this procedure is not taken in online, and where it is."""
    return render(request, "dossiers/filing_at_desk.html", {"version": version})


def not_for_officials(request: HttpRequest, version: procedures.ProcedureVersion) -> HttpResponse:
    """Tell an official that citizens apply here, and that the desk is the place to do it for them."""
    return render(request, "dossiers/filing_for_citizens.html", {"version": version})


def show_applicant(request: HttpRequest, draft: Draft, journey: Journey, stop: Stop, extra: Extra) -> HttpResponse:
    """Ask how to reach the applicant."""
    applicant = Applicant.from_json(draft.applicant)
    return _render(
        request,
        "dossiers/filing_applicant.html",
        draft,
        journey,
        stop,
        {"applicant": applicant, "post_charge": queries.post_charge(draft.commune_id), **extra},
        faulty=bool(extra),
    )


def show_questions(request: HttpRequest, draft: Draft, journey: Journey, stop: Stop, extra: Extra) -> HttpResponse:
    """Ask the questions of one screen of the form."""
    spec = procedures.get_version(draft.version_id).form
    screen = spec.screen(stop.key)
    assert screen is not None
    bound = BoundForm(
        spec,
        draft.answers,
        errors=extra.get("errors", ()),
        language=request.LANGUAGE_CODE,
        choices=form_choices(draft.commune_id),
    )
    return _render(
        request,
        "dossiers/filing_questions.html",
        draft,
        journey,
        stop,
        {"screen": bound.screen(screen), "form": bound, **extra},
        faulty=bool(extra),
    )


def show_paper(request: HttpRequest, draft: Draft, journey: Journey, stop: Stop, extra: Extra) -> HttpResponse:
    """Ask for one paper: photos taken so far, and another one."""
    refusal: Refusal | None = extra.get("refusal")
    context = {
        "paper": next(paper for paper in procedures.get_version(draft.version_id).papers if paper.id == stop.key),
        "attachments": Attachment.objects.filter(draft=draft, paper_id=stop.key, removed_at=None).select_related("file"),
        "required": is_required(draft, stop.key),
        "offer": _offer(draft, stop.key),
        "error": words_for(refusal) if refusal else "",
    }
    return _render(request, "dossiers/filing_paper.html", draft, journey, stop, {**context, **extra}, faulty=bool(extra))


def _offer(draft: Draft, paper_id: str) -> queries.GivenPaper | None:
    """Return what the applicant gave before for this paper, unless it is in the draft already."""
    offers = queries.papers_given_before(draft, on=clock.now().astimezone(VN).date())
    offer = next((one for one in offers if one.paper_id == paper_id), None)
    taken = offer and Attachment.objects.filter(draft=draft, taken_from=offer.attachment, removed_at=None).exists()
    return None if taken else offer


def show_check(request: HttpRequest, draft: Draft, journey: Journey, stop: Stop, extra: Extra) -> HttpResponse:
    """Show everything once more, with what it costs and where it goes."""
    language: str = request.LANGUAGE_CODE
    version = procedures.get_version(draft.version_id)
    today = clock.now().astimezone(VN).date()
    choices = form_choices(draft.commune_id)
    refusal: Refusal | None = extra.get("refusal")
    given: dict[str, list[Attachment]] = {}
    for attachment in Attachment.objects.filter(draft=draft, removed_at=None):
        given.setdefault(attachment.paper_id, []).append(attachment)
    context = {
        "applicant": Applicant.from_json(draft.applicant),
        "sections": version.form.summary(draft.answers, language, choices=choices, yes_no=(_("Có"), _("Không")), today=today),
        "papers": [
            {
                "id": paper.id,
                "name": in_language(paper.name, language),
                "files": given.get(paper.id, []),
                "required": is_required(draft, paper.id),
            }
            for paper in version.papers_asked(draft.answers, draft.channel)
        ],
        "faults": version.form.validate(draft.answers, today=today, choices=choices),
        "unfinished": version.form.first_unfinished(draft.answers, today=today, choices=choices),
        "fee": procedures.compute_fee(draft.commune_id, version, draft.answers, on=today, channel=draft.channel),
        "held_for": words.HELD_FOR.get(procedures.filing_place(draft.commune_id, version, "online")),
        "level_needed": level_needed(request, version),
        "error": words_for(refusal) if refusal else "",
        "missing": next(iter(refusal.params.get("paper_ids", ())), "") if refusal else "",
    }
    return _render(request, "dossiers/filing_check.html", draft, journey, stop, {**context, **extra}, faulty=bool(extra))


def back_url(request: HttpRequest, draft: Draft, journey: Journey, stop: Stop) -> str:
    """Return where “Quay lại” leads: to the check when the person came from there, else to the screen before."""
    start = f"/nop-ho-so/{procedures.get_version(draft.version_id).code}/"
    before = journey.stops[-1] if request.GET.get("ve") == CHECK else journey.before(stop)
    return f"{start}{draft.id}/{before.slug}/" if before else start


def is_required(draft: Draft, paper_id: str) -> bool:
    """Tell whether the draft can't be submitted without this paper."""
    version = procedures.get_version(draft.version_id)
    return paper_id in {paper.id for paper in version.papers_needed(draft.answers, draft.channel)}


def uuid_or_none(text: str) -> UUID | None:
    """Read an id from a button; None for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None


def address(request: HttpRequest, draft: Draft, stop: Stop) -> str:
    """Return where a screen of a draft stands; who came from the check to mend one thing stays on the way back to it."""
    way = f"?ve={CHECK}" if request.GET.get("ve") == CHECK else ""
    return f"/nop-ho-so/{procedures.get_version(draft.version_id).code}/{draft.id}/{stop.slug}/{way}"


def _render(request: HttpRequest, template: str, draft: Draft, journey: Journey, stop: Stop, extra: Extra, *, faulty: bool) -> HttpResponse:
    version = procedures.get_version(draft.version_id)
    base, here = f"/nop-ho-so/{version.code}/{draft.id}/", address(request, draft, stop)
    context = {
        "draft": draft,
        "version": version,
        "withdrawn": procedures.is_withdrawn(version),
        "stop": stop,
        "progress": journey.progress(stop),
        "base": base,
        "here": here,
        "back_url": back_url(request, draft, journey, stop),
        "to_check": request.GET.get("ve") == CHECK,
    }
    response = render(request, template, {**context, **extra}, status=422 if faulty else 200)
    response.headers["Content-Location"] = here
    if not context["to_check"]:
        with_ahead(response, [address(request, draft, one) for one in journey.ahead(stop)])
    return response


SHOW: dict[str, Show] = {"applicant": show_applicant, "questions": show_questions, "paper": show_paper, "check": show_check}
