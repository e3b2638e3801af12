"""`/quan-tri/thu-tuc-quoc-gia/`: editions of the national database, what each changes, what could not be read, and their approval."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from xaso.apps.people import facade as people
from xaso.apps.procedures import queries, words
from xaso.apps.procedures.actions.decide_edition import approve_edition, set_aside_edition
from xaso.apps.procedures.models import NationalEdition, NationalRecord, SentEdition
from xaso.apps.procedures.national.doubts import sentences
from xaso.apps.procedures.reading import read_national
from xaso.apps.procedures.shown_national import cells_in_words, channel_in_words
from xaso.kernel.errors import Refusal
from xaso.kernel.forms import in_language
from xaso.platform import clock
from xaso.platform.errors import words_for

EDITIONS = "/quan-tri/thu-tuc-quoc-gia/"
ROWS_A_PAGE = 50
LISTS = ("changed", "new", "withdrawn", "curated", "doubtful", "unread", "same")
"""The lists of a report, what needs eyes most first."""


@require_GET
@people.for_administrators
def show_editions(request: HttpRequest) -> HttpResponse:
    """Show the editions that were read, the waiting one first, and how a new one is read."""
    rows = [(edition, words.EDITION_STATES[edition.state]) for edition in queries.editions()]
    rows.sort(key=lambda row: row[0].state != "waiting")
    sent = [(one, words.SENT_STATES[one.state], why_not(one)) for one in queries.sent_editions()]
    return render(request, "procedures/admin/editions.html", {"rows": rows, "sent": sent})


@require_http_methods(["GET", "POST"])
@people.for_administrators
def show_edition(request: HttpRequest, edition_id: UUID) -> HttpResponse:
    """Show one edition's report, a list at a time; sent, approve it or set it aside."""
    edition = _edition(edition_id)
    if request.method == "POST":
        return _decide(request, edition)
    counted = [kind for kind in LISTS if edition.counts.get(kind)]
    asked = request.GET.get("loc", "")
    kind = asked if asked in LISTS else next(iter(counted), "new")
    page = Paginator(queries.records_of(edition, kind), ROWS_A_PAGE).get_page(request.GET.get("trang"))
    context = {
        "edition": edition,
        "state": words.EDITION_STATES[edition.state],
        "waits": edition.state == "waiting",
        "kinds": [(name, words.CHANGES[name], edition.counts.get(name, 0)) for name in LISTS],
        "kind": kind,
        "query": f"loc={kind}",
        "sheet_query": f"ban={edition.id}&loc={kind}",
        "page": page,
        "rows": [shown_record(record) for record in page],
        "changes": sum(edition.counts.get(name, 0) for name in ("new", "changed")),
        "withdrawn": edition.counts.get("withdrawn", 0),
        "differing": edition.counts.get("curated_differing", 0),
    }
    return render(request, "procedures/admin/edition.html", context)


@require_GET
@people.for_administrators
def show_record(request: HttpRequest, edition_id: UUID, record_id: UUID) -> HttpResponse:
    """Show what was read of one record beside every cell as printed."""
    edition = _edition(edition_id)
    record = queries.find_record(edition, record_id)
    if record is None:
        raise Http404
    document = record.document if record.document and "national" in record.document else _kept_document(record)
    national = read_national({**document["national"], "valid_from": None}) if document else None
    context = {
        "edition": edition,
        "row": shown_record(record),
        "channels": [channel_in_words(channel) for channel in national.channels] if national else [],
        "document": document,
        "cells": cells_in_words(national.cells) if national else [],
        "printed": (record.document or {}).get("printed", ""),
        "decides": national.decides if national else "",
    }
    return render(request, "procedures/admin/record.html", context)


def why_not(sent: SentEdition) -> str:
    """Return why a file that was sent was not taken; empty where nothing stands against it."""
    if sent.state == "failed":
        return _("Máy chủ chưa đọc được tệp này. Anh/chị gửi lại; nếu vẫn vậy thì báo người vận hành. Chưa có gì được ghi.")
    return words_for(Refusal(sent.refusal["code"], **sent.refusal["params"])) if sent.refusal else ""


def _decide(request: HttpRequest, edition: NationalEdition) -> HttpResponse:
    actor, now = people.actor_who_asks(request), clock.now()
    try:
        if request.POST.get("do") == "approve":
            approve_edition(actor, edition.id, withdraw=request.POST.get("withdraw") == "yes", now=now)
            messages.success(request, _("Đã duyệt. Người dân thấy nội dung mới trong vài giây."))
        elif request.POST.get("do") == "set_aside":
            set_aside_edition(actor, edition.id, now=now)
            messages.success(request, _("Đã bỏ qua bản này. Không có gì thay đổi."))
    except Refusal as refusal:
        messages.error(request, words_for(refusal))
    return HttpResponseRedirect(f"{EDITIONS}{edition.id}/")


def shown_record(record: NationalRecord) -> dict[str, Any]:
    """Return a record of an edition in words: what could not be read of it, and where it differs from what counts."""
    language = get_language() or "vi"
    return {
        "id": record.id,
        "code": record.code,
        "name": words.UNREAD.get(record.name, record.name) if record.change == "unread" else record.name,
        "line": record.line,
        "change": words.CHANGES[record.change],
        "has_page": record.change != "withdrawn",
        "doubts": [in_language(text, language) for _reason, text in sentences(record.doubts)],
        "differences": [{**one, "label": _difference(one["what"])} for one in record.differences],
        "reread": record.change == "changed" and not record.differences,
    }


def _difference(what: str) -> str:
    kind, _separator, of = what.partition(":")
    if kind == "cell":
        return str(words.CELLS.get(of, of))
    label = str(words.DIFFERENCES[kind])
    return f"{label} ({words.CHANNELS[of]})" if of else label


def _kept_document(record: NationalRecord) -> dict[str, Any] | None:
    """Return what counts of a record that did not change: its document lies with the version."""
    live = queries.live_national().get(record.code) if record.change == "same" else None
    stored = queries.documents([live.id]) if live and live.digest == record.digest else []
    return stored[0].document if stored else None


def _edition(edition_id: UUID) -> NationalEdition:
    found = queries.find_edition(edition_id)
    if found is None:
        raise Http404
    return found
