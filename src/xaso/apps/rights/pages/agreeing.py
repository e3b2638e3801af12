"""`/du-lieu-cua-toi/dong-y/`: what a citizen agrees to, for herself and for those she acts for; `/yeu-cau-du-lieu/dong-y/`: at the desk."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xaso.apps.people import facade as people
from xaso.apps.rights import access
from xaso.apps.rights.actions import consents
from xaso.apps.rights.consents import purposes_shown
from xaso.apps.rights.forms import ConsentForm
from xaso.apps.rights.pages.handling import found_people, opened_citizen, speakers_for
from xaso.apps.rights.pages.own import for_citizens
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN
from xaso.platform import clock
from xaso.platform.errors import words_for
from xaso.platform.guard import actor_of, for_roles
from xaso.platform.personal_data import CONSENT

ADDRESS = "/du-lieu-cua-toi/dong-y/"


@never_cache
@require_http_methods(["GET", "POST"])
@for_citizens
def own(request: HttpRequest) -> HttpResponse:
    """Show each purpose with its text and the citizen's word; sent, write her word down."""
    actor, now = actor_of(request), clock.now()
    if request.method == "POST":
        return _say(request)
    assert actor.citizen_id is not None
    herself = people.citizen(actor.citizen_id)
    others = people.list_represented(actor.citizen_id, on=now.astimezone(VN).date())
    shown = [(one, purposes_shown(one, now), one.id == actor.citizen_id) for one in (herself, *others) if one is not None]
    return render(request, "rights/consents.html", {"people": shown, "law": CONSENT})


def _say(request: HttpRequest) -> HttpResponse:
    actor, posted = actor_of(request), request.POST
    try:
        citizen_id = UUID(posted.get("citizen", ""))
        agrees = {"yes": True, "no": False}[posted.get("agrees", "")]
        consents.say(
            actor, citizen_id, posted.get("purpose", ""), agrees=agrees, child_agrees=posted.get("child_agrees") == "yes", now=clock.now()
        )
    except (ValueError, KeyError) as error:
        raise Http404 from error
    except Refusal as refusal:
        if refusal.code == "rights.not_found":
            raise Http404 from refusal
        messages.error(request, words_for(refusal))
    else:
        messages.success(request, _("Đã ghi: anh/chị đồng ý.") if agrees else _("Đã ghi: anh/chị không đồng ý nữa."))
    return HttpResponseRedirect(ADDRESS)


@never_cache
@require_http_methods(["GET", "POST"])
@for_roles(*access.TAKE_IN)
def at_desk(request: HttpRequest) -> HttpResponse:
    """Look up what somebody agreed to, and write down what she says at the desk."""
    actor, now = actor_of(request), clock.now()
    chosen = opened_citizen(actor, request.GET.get("nguoi", ""))
    wanted = request.GET.get("q", "").strip()[:100]
    found = found_people(actor, wanted)
    if chosen is None:
        return render(request, "rights/consent_desk.html", {"wanted": wanted, "found": found})
    form = ConsentForm(request.POST or None, guardians=speakers_for(chosen, now))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            consents.take_down(
                actor,
                chosen.id,
                typed["purpose"],
                agrees=typed["agrees"] == "yes",
                evidence=typed["evidence"],
                guardian_id=UUID(typed["guardian"]) if typed["guardian"] else None,
                child_agrees=typed["child_agrees"],
                now=now,
            )
        except Refusal as refusal:
            form.add_error("evidence" if refusal.code == "rights.evidence_missing" else "guardian", words_for(refusal))
        else:
            messages.success(request, _("Đã ghi lời của người ấy."))
            return HttpResponseRedirect(f"{request.path}?nguoi={chosen.id}")
    context = {"chosen": chosen, "form": form, "purposes": purposes_shown(chosen, now)}
    return render(request, "rights/consent_desk.html", context, status=422 if form.errors else 200)
