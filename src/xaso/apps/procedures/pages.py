"""`/thu-tuc/`: finding a procedure, and the page of one.

Strangers get lists and procedures from the pages that each process keeps; for whoever has signed in the middle of a procedure's page, which
depends on nothing but catalogue, commune, language and day, is drawn once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from xaso.apps.procedures import decided, finding, words
from xaso.apps.procedures.finding import LINES_A_PAGE, Listed, Place
from xaso.apps.procedures.shapes import ProcedureVersion
from xaso.apps.procedures.shown import page_context, successors
from xaso.apps.procedures.shown_national import cells_in_words, national_context
from xaso.platform import guides, kept_pages

LONGEST_QUERY = 100


@dataclass(frozen=True)
class Asked:
    """What a visitor looks for; empty is everything."""

    text: str
    event: str
    field: str
    national_field: str
    page: str

    def in_address(self) -> dict[str, str]:
        """Return what the address of each page of the list says besides its number."""
        said = {"q": self.text, "viec": self.event, "linh-vuc": self.field, "muc": self.national_field}
        return {name: value for name, value in said.items() if value}


class Found(NamedTuple):
    """What a list shows, best first."""

    procedures: tuple[Listed, ...]


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """List what fits the words typed, or a life event, or a field; without any of them all, by field."""
    place = finding.place_of(request)
    asked = Asked(
        text=request.GET.get("q", "").strip()[:LONGEST_QUERY],
        event=_known(request.GET.get("viec", ""), words.LIFE_EVENTS),
        field=_known(request.GET.get("linh-vuc", ""), words.FIELDS),
        national_field=request.GET.get("muc", "").strip()[:LONGEST_QUERY],
        page=request.GET.get("trang", ""),
    )
    if asked.text:
        return render(request, "procedures/find.html", _found(place, asked))
    return _kept(request, place, "procedures/find.html", lambda: _found(place, asked))


@require_safe
def show(request: HttpRequest, name: str) -> HttpResponse:
    """Show one procedure; its slug leads to the address with its code."""
    place = finding.place_of(request)
    version = finding.by_address(place.snapshot, name, place.on)
    if version is None:
        return _ended(request, place, name)
    if version.code != name:
        return HttpResponseRedirect(f"/thu-tuc/{version.code}/")
    return _kept(request, place, "procedures/one.html", lambda: _one(place, version))


def _ended(request: HttpRequest, place: Place, name: str) -> HttpResponse:
    """Say of a procedure that was in force until when it was, and what has taken its place; of any other that there is none."""
    version = finding.ended(place.snapshot, name, place.on)
    if version is None:
        raise Http404
    context = {
        "version": version,
        "name": version.name(place.language),
        "successors": successors(place.snapshot, version, place.language, place.on),
    }
    return render(request, "procedures/ended.html", context, status=HTTPStatus.GONE)


@require_safe
def show_source(request: HttpRequest, name: str) -> HttpResponse:
    """Show every cell of an imported procedure word for word."""
    place = finding.place_of(request)
    version = finding.by_address(place.snapshot, name, place.on)
    if version is None or version.national is None:
        raise Http404
    context = {"version": version, "name": version.name(place.language), "cells": cells_in_words(version.national.cells)}
    return render(request, "procedures/source.html", context)


def _kept(request: HttpRequest, place: Place, template: str, context: Callable[[], dict[str, Any]]) -> HttpResponse:
    """Answer from the kept pages, unless the visitor has a session or the address brings a query that is not ours."""
    if not kept_pages.is_stranger(request) or set(request.GET) - {"viec", "linh-vuc", "muc", "trang"}:
        return render(request, template, context())
    commune = request.commune  # type: ignore[attr-defined]
    key = ("procedures", request.get_full_path(), commune.id if commune else None, place.language)
    stamp = (commune, place.snapshot.stamp, place.on)
    return kept_pages.answer(request, key, stamp, lambda: render_to_string(template, context(), request))


def _one(place: Place, version: ProcedureVersion) -> dict[str, Any]:
    guided = decided.is_guided(place.snapshot, place.commune_id, version, place.on)
    return {"title": version.name(place.language), "body": _body(place, version), "guided": guided}


def _body(place: Place, version: ProcedureVersion) -> SafeString:
    """Return the middle of a procedure's page, drawn once under one stamp of the catalogue."""

    def draw() -> SafeString:
        drawn = "procedures/national_body.html" if version.national else "procedures/one_body.html"
        context = (national_context if version.national else page_context)(
            place.snapshot, place.commune_id, version, place.language, place.on
        )
        return mark_safe(render_to_string(drawn, context))  # noqa: S308 - drawn by a template that escapes

    return place.snapshot.once(("body", version.id, place.commune_id, place.language, place.on), draw)


def _found(place: Place, asked: Asked) -> dict[str, Any]:
    listed = finding.of_national_field(place, asked.national_field) if asked.national_field else finding.search(place, asked.text)
    found = [one for one in listed if (not asked.event or asked.event in one.life_events) and (not asked.field or one.field == asked.field)]
    page = Paginator(found, LINES_A_PAGE).get_page(asked.page)
    narrowed = bool(asked.text or asked.event or asked.field or asked.national_field)
    return {
        "text": asked.text,
        "event": asked.event,
        "found": Found(tuple(page)),
        "page": page,
        "query": urlencode(asked.in_address()),
        "narrowed": narrowed,
        "guides": guides.find(asked.text, place.language),
        **({} if narrowed and found else _everything(place)),
        "heading": words.LIFE_EVENTS.get(asked.event) or words.FIELDS.get(asked.field) or asked.national_field,
    }


def _everything(place: Place) -> dict[str, Any]:
    """Return what there is to choose from, for whoever looks for nothing or found nothing."""
    everything, national = finding.of_catalogue(place), finding.national_fields(place)
    return {
        "groups": [(words.FIELDS[name], listed) for name, listed in finding.grouped(everything).items()],
        "events": [(name, label) for name, label in words.LIFE_EVENTS.items() if any(name in one.life_events for one in everything)],
        "national_fields": national,
        "national_total": sum(count for _, count in national),
    }


def _known(name: str, allowed: dict[str, Any]) -> str:
    return name if name in allowed else ""
