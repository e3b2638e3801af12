"""`/mot-cua/buu-chinh/`: results that go by public post, with labels to print."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from xaso.apps.dossiers import queries, words
from xaso.apps.dossiers.papers.labels import render_labels
from xaso.apps.people import facade as people
from xaso.apps.people.facade import Role
from xaso.platform.guard import actor_of, for_roles
from xaso.platform.paging import BoundedPaginator

ROWS_A_PAGE = 50
LABELS_AT_ONCE = 200
POSTERS = (Role.DESK.value, Role.CLERK.value)


@require_GET
@for_roles(*POSTERS)
def show(request: HttpRequest) -> HttpResponse:
    """Show what is to be posted, waits for its fee, is on its way or came back."""
    actor = actor_of(request)
    asked = request.GET.get("hang", "to_post")
    queue = asked if asked in queries.POST_QUEUES else "to_post"
    turned = {name: BoundedPaginator(queries.post_rows(actor, name), ROWS_A_PAGE, counted_by="commune_id") for name in queries.POST_QUEUES}
    queues = [(name, words.POST_QUEUES[name], pages.count) for name, pages in turned.items()]
    page = turned[queue].get_page(request.GET.get("trang"))
    return render(request, "dossiers/post.html", {"queues": queues, "queue": queue, "page": page, "query": f"hang={queue}"})


@require_GET
@for_roles(*POSTERS)
def labels(request: HttpRequest) -> HttpResponse:
    """Send the labels of what is to be posted, the oldest LABELS_AT_ONCE; with `ma` in the address, of those dossiers alone."""
    actor = actor_of(request)
    chosen = request.GET.getlist("ma")
    waiting = queries.post_rows(actor, "to_post")
    rows = list((waiting.filter(code__in=chosen) if chosen else waiting)[:LABELS_AT_ONCE])
    if not rows or actor.commune_id is None:
        raise Http404
    return HttpResponse(render_labels(people.commune_of(actor.commune_id), rows), content_type="application/pdf")
