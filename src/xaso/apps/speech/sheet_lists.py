"""What people have spoken and what is missing, page by page in one language, as XLSX."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from xaso.apps.speech import access, queries
from xaso.apps.speech.pages.recording import chosen_language
from xaso.platform.actor import Actor
from xaso.platform.sheets import Column, Kind, Sheet, SheetSource, sheets


def _pages(actor: Actor, query: QueryDict, now: datetime) -> Sheet:
    assert actor.commune_id is not None
    pages: Iterable[Any] = queries.list_pages(actor.commune_id, chosen_language(query))
    rows = [(one.title, one.total, one.heard, one.waiting) for one in pages]
    return Sheet(rows, len(rows))


sheets.add(
    SheetSource(
        "giong-doc",
        _("Giọng đọc"),
        frozenset({*access.RECORDERS, *access.APPROVERS}),
        (
            Column(_("Trang"), width=60),
            Column(_("Số câu"), Kind.NUMBER, 12),
            Column(_("Nghe được"), Kind.NUMBER, 12),
            Column(_("Chờ duyệt"), Kind.NUMBER, 12),
        ),
        _pages,
    )
)
