"""`/thu-tuc/`: finding a procedure, and the page of one.

Strangers get lists and procedures from the pages that each process keeps; for whoever has signed in the middle of a procedure's page, which
depends on nothing but catalogue, commune, language and day, is drawn once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from xaso.apps.procedures import decided, finding, memory, words
from xaso.apps.procedures.shapes import ProcedureVersion
from xaso.apps.procedures.shown import page_context
from xaso.kernel.worktime import VN
from xaso.platform import clock, kept_pages

LONGEST_QUERY = 100


@dataclass(frozen=True)
class Seen:
    """What a page is drawn from: the catalogue, the commune, the language, the day."""

    snapshot: memory.Snapshot
    commune_id: UUID
    language: str
    today: date

    @classmethod
    def by(cls, request: HttpRequest) -> "Seen":
        """Return what the visitor sees now."""
        return cls(memory.snapshot(), finding.commune_id_of(request), get_language() or "vi", clock.now().astimezone(VN).date())


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """List what fits the words typed, or a life event, or a field; without any of them all, by field."""
    seen = Seen.by(request)
    text = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    event = _known(request.GET.get("viec", ""), words.LIFE_EVENTS)
    field = _known(request.GET.get("linh-vuc", ""), words.FIELDS)
    if text:
        return render(request, "procedures/find.html", _found(seen, text, event, field))
    return _kept(request, seen, "procedures/find.html", lambda: _found(seen, text, event, field))


@require_safe
def show(request: HttpRequest, name: str) -> HttpResponse:
    """Show one procedure; its slug leads to the address with its code."""
    seen = Seen.by(request)
    version = finding.by_address(seen.snapshot, name, seen.today)
    if version is None:
        raise Http404
    if version.code != name:
        return HttpResponseRedirect(f"/thu-tuc/{version.code}/")
    return _kept(request, seen, "procedures/one.html", lambda: _one(seen, version))


def _kept(request: HttpRequest, seen: Seen, template: str, context: Callable[[], dict[str, Any]]) -> HttpResponse:
    """Answer from the kept pages, unless the visitor has a session or the address brings a query that is not ours."""
    if not kept_pages.is_stranger(request) or set(request.GET) - {"viec", "linh-vuc"}:
        return render(request, template, context())
    commune = request.commune  # type: ignore[attr-defined]
    key = ("procedures", request.get_full_path(), commune.id if commune else None, seen.language)
    stamp = (commune, seen.snapshot.stamp, seen.today)
    return kept_pages.answer(request, key, stamp, lambda: render_to_string(template, context(), request))


def _one(seen: Seen, version: ProcedureVersion) -> dict[str, Any]:
    guided = decided.is_guided(seen.snapshot, seen.commune_id, version, seen.today)
    return {"title": version.name(seen.language), "body": _body(seen, version), "guided": guided}


def _body(seen: Seen, version: ProcedureVersion) -> SafeString:
    """Return the middle of a procedure's page, drawn once under one stamp of the catalogue."""

    def draw() -> SafeString:
        context = page_context(seen.snapshot, seen.commune_id, version, seen.language, seen.today)
        return mark_safe(render_to_string("procedures/one_body.html", context))  # noqa: S308 - drawn by a template that escapes

    return seen.snapshot.once(("body", version.id, seen.commune_id, seen.language, seen.today), draw)


def _found(seen: Seen, text: str, event: str, field: str) -> dict[str, Any]:
    found = [
        one
        for one in finding.search(seen.snapshot, text, seen.language, seen.today, seen.commune_id)
        if (not event or event in one.life_events) and (not field or one.field == field)
    ]
    everything = finding.by_use(seen.snapshot, seen.language, seen.today, seen.commune_id)
    return {
        "text": text,
        "event": event,
        "field": field,
        "found": found,
        "narrowed": bool(text or event or field),
        "groups": [(words.FIELDS[name], listed) for name, listed in finding.grouped(everything).items()],
        "events": [(name, label) for name, label in words.LIFE_EVENTS.items() if any(name in one.life_events for one in everything)],
        "heading": words.LIFE_EVENTS.get(event) or words.FIELDS.get(field),
    }


def _known(name: str, allowed: dict[str, Any]) -> str:
    return name if name in allowed else ""
