"""`/mot-cua/buu-chinh/`: results that go by public post, with labels to print."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from xaso.apps.dossiers import queries, words
from xaso.apps.dossiers.papers.labels import render_labels
from xaso.apps.people import facade as people
from xaso.apps.people.facade import Role
from xaso.platform.guard import actor_of, for_roles

POSTERS = (Role.DESK.value, Role.CLERK.value)


@require_GET
@for_roles(*POSTERS)
def show(request: HttpRequest) -> HttpResponse:
    """Show what is to be posted, waits for its fee, is on its way or came back."""
    actor = actor_of(request)
    asked = request.GET.get("hang", "to_post")
    lists = {queue: queries.post_list(actor, queue) for queue in queries.POST_QUEUES}
    queue = asked if asked in lists else "to_post"
    queues = [(name, words.POST_QUEUES[name], len(rows)) for name, rows in lists.items()]
    return render(request, "dossiers/post.html", {"queues": queues, "queue": queue, "rows": lists[queue]})


@require_GET
@for_roles(*POSTERS)
def labels(request: HttpRequest) -> HttpResponse:
    """Send the labels of what is to be posted; with `ma` in the address, of those dossiers alone."""
    actor = actor_of(request)
    chosen = request.GET.getlist("ma")
    rows = [dossier for dossier in queries.post_list(actor, "to_post") if not chosen or dossier.code in chosen]
    if not rows or actor.commune_id is None:
        raise Http404
    return HttpResponse(render_labels(people.commune_of(actor.commune_id), rows), content_type="application/pdf")
