"""`/khoa-may/`: a shared computer is locked by one press, and opened by PIN by her or by a colleague who has signed in on it in full."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from xaso.apps.people.actions.desk_lock import check_pin
from xaso.apps.people.desk_queries import Resting
from xaso.apps.people.forms import PinForm
from xaso.apps.people.locking import LEFT_ALONE, PLACE, PRESSED, account_resting, fetch_back, keep, own_address, park, resting_here
from xaso.apps.people.roles import Role
from xaso.apps.people.signing_in import HOME, official_of
from xaso.kernel.errors import Refusal
from xaso.platform import clock
from xaso.platform.errors import words_for
from xaso.platform.guard import LOCK, actor_of, for_roles


@never_cache
@require_http_methods(["GET", "POST"])
def lock(request: HttpRequest) -> HttpResponse:
    """Lock the computer; a GET by who works at it only asks. On a locked one, show whose work rests there and ask for a PIN."""
    actor, now = actor_of(request), clock.now()
    if actor.kind == "staff" and request.method == "POST":
        page = own_address(request, request.POST.get("page", ""))
        request.session[PLACE] = page
        keep(request, actor, page, request.POST.get("typed", "[]"), now=now)
        park(request, actor, LEFT_ALONE if request.POST.get("why") == LEFT_ALONE else PRESSED, now=now)
        return HttpResponseRedirect(LOCK)
    if actor.kind == "staff":
        return render(request, "people/lock.html", {"page": HOME})
    people = resting_here(request, now=now)
    if not people:
        return redirect("people_sign_in")
    return _locked(request, people, _chosen(people, request.GET.get("ai", "")), PinForm())


@never_cache
@sensitive_post_parameters("pin")
@require_POST
def open_by_pin(request: HttpRequest) -> HttpResponse:
    """Give an official her session back, if the PIN is hers and she began it in full on this computer."""
    now = clock.now()
    if actor_of(request).kind != "anonymous":
        return redirect(HOME)
    people = resting_here(request, now=now)
    chosen = _chosen(people, request.POST.get("ai", ""))
    if chosen is None:
        return redirect("people_lock")
    form = PinForm(request.POST)
    if form.is_valid():
        try:
            return HttpResponseRedirect(_open(request, chosen, form.cleaned_data["pin"]) or HOME)
        except Refusal as refusal:
            form.add_error("pin", words_for(refusal))
    people = resting_here(request, now=now)
    return _locked(request, people, _chosen(people, str(chosen.sign_in_id)), form)


@never_cache
@require_POST
@for_roles(*(role.value for role in Role))
def keep_page(request: HttpRequest) -> HttpResponse:
    """Keep what stands typed on a page before the computer locks; an empty list only says that somebody is working."""
    page, typed = own_address(request, request.POST.get("page", "")), request.POST.get("typed", "[]")
    is_kept = keep(request, actor_of(request), page, typed, now=clock.now())
    return JsonResponse({"kept": is_kept}, status=200 if is_kept else 400)


def _open(request: HttpRequest, chosen: Resting, pin: str) -> str:
    now, account = clock.now(), account_resting(chosen)
    if account is None:
        raise Refusal("people.pin_closed")
    actor = official_of(request, account)
    if actor.kind != "staff":
        raise Refusal("people.no_post")
    check_pin(actor, chosen.sign_in_id, pin, now=now)
    return own_address(request, fetch_back(request, actor, chosen, now=now))


def _locked(request: HttpRequest, people: list[Resting], chosen: Resting | None, form: PinForm) -> HttpResponse:
    others = [one for one in people if chosen is None or one.sign_in_id != chosen.sign_in_id]
    context = {"chosen": chosen, "others": others, "form": form}
    return render(request, "people/locked.html", context, status=422 if form.errors else 200)


def _chosen(people: list[Resting], wanted: str) -> Resting | None:
    """Return whom the page asks for her PIN: who was chosen, else whom the computer was locked for last."""
    found = next((one for one in people if str(one.sign_in_id) == wanted), None)
    return found or (people[0] if people and not wanted else None)
