"""`/du-lieu-cua-toi/`: a citizen's copy of her data."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from xaso.apps.people import facade as people
from xaso.apps.rights.access import person_of
from xaso.apps.rights.actions.copying import copy_own
from xaso.apps.rights.copies import as_json
from xaso.apps.rights.papers import copy_paper
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN
from xaso.platform import clock
from xaso.platform.guard import actor_of, to_sign_in

ADDRESS = "/du-lieu-cua-toi/"


@never_cache
@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """Show a citizen what she can do about her data."""
    actor = actor_of(request)
    if actor.kind == "anonymous":
        return to_sign_in(request)
    if person_of(actor) is None:
        raise Http404
    return render(request, "rights/own.html")


@never_cache
@require_GET
def copy_json(request: HttpRequest) -> HttpResponse:
    """Send the copy as JSON."""
    return _copy(request, "json")


@never_cache
@require_GET
def copy_pdf(request: HttpRequest) -> HttpResponse:
    """Send the copy as PDF."""
    return _copy(request, "pdf")


def _copy(request: HttpRequest, form: str) -> HttpResponse:
    actor, now = actor_of(request), clock.now()
    if actor.kind == "anonymous":
        return to_sign_in(request)
    try:
        parts = copy_own(actor, form, now=now)
    except Refusal as refusal:
        raise Http404 from refusal
    assert actor.commune_id is not None
    commune = people.commune_of(actor.commune_id)
    name = f"du-lieu-{slugify(actor.name.replace('Đ', 'D').replace('đ', 'd'))}-{now.astimezone(VN):%Y-%m-%d}.{form}"
    if form == "json":
        answer: HttpResponse = JsonResponse(
            as_json(parts, {"made_at": now.astimezone(VN).isoformat(timespec="seconds"), "commune": commune.name, "person": actor.name}),
            json_dumps_params={"ensure_ascii": False, "indent": 1},
        )
    else:
        answer = HttpResponse(copy_paper(parts, commune, actor.name, now=now), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
