"""`/thong-ke/`: how the dossiers of a period stand. Each figure leads to the rows of the register that make it up."""

from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from xaso.apps.dossiers import access, groups, queries, words
from xaso.apps.dossiers.pages.days import day_or_none
from xaso.apps.dossiers.pages.register_choices import UNKNOWN
from xaso.apps.dossiers.queries import Line, RegisterFilter, Statistics
from xaso.apps.people import facade as people
from xaso.apps.procedures import facade as procedures
from xaso.kernel.worktime import VN
from xaso.platform import clock
from xaso.platform.actor import Actor
from xaso.platform.guard import actor_of, for_roles

REGISTER = "/so-theo-doi/"
COLUMNS = ("early", "on_time", "late", "open_in_term", "open_late", "paused", "refused", "withdrawn")
"""The groups that have a column of their own in the tables; the others are summed up as the rest."""


@require_GET
@for_roles(*access.STATISTICS_ROLES)
def show(request: HttpRequest) -> HttpResponse:
    """Show the statistics of the period in the address, else of this year."""
    actor, now = actor_of(request), clock.now()
    period = read_period(request.GET)
    found = queries.statistics(actor, period, now=now)
    link = _Links(period)
    total = found.total
    context = {
        "period": period,
        "query": urlencode(link.days),
        "unread_days": any(request.GET.get(name) and not day_or_none(request.GET[name]) for name in ("tu", "den")),
        "total": total,
        "all_url": link.to(),
        "channels": [(label, total.channels[name], link.to(kenh=name)) for name, label in words.CHANNELS.items()],
        "groups": [(label, total.groups[name], link.to(nhom=name), groups.MEANINGS[name]) for name, label in groups.WORDS.items()],
        "online_share": total.share(total.channels["online"]),
        "digitised_share": total.share(total.marks["digitised"]),
        "online_url": link.to(kenh="online"),
        "digitised_url": link.to(nhom="digitised"),
        "paid_url": link.to(nhom="fee_paid"),
        "heads": [groups.WORDS[name] for name in COLUMNS],
        "tables": [
            {"title": title, "head": head, "rows": [_row(name, line, key, value, link) for name, line, key, value in lines]}
            for title, head, lines in tables(actor, found)
        ],
    }
    return render(request, "dossiers/statistics.html", context)


def read_period(get: QueryDict) -> RegisterFilter:
    """Read the period from the address; without any it is this year so far."""
    today = clock.now().astimezone(VN).date()
    since, until = day_or_none(get.get("tu", "")), day_or_none(get.get("den", ""))
    return RegisterFilter(since=since or date((until or today).year, 1, 1), until=until or today)


def tables(actor: Actor, found: Statistics) -> list[tuple[str, str, list[tuple[Any, Line, str, str]]]]:
    """Return the tables: title, what a line is, and the lines with their names and the part of an address that narrows to them."""
    assert actor.commune_id is not None
    names = {one.code: one.name for one in procedures.listed(actor.commune_id, "vi")}
    villages = {str(village.id): village.label for village in people.villages(actor.commune_id)}
    return [
        (_("Theo thủ tục"), _("Thủ tục"), [(names.get(one.key, one.key), one, "thu-tuc", one.key) for one in found.by_procedure]),
        (
            _("Theo lĩnh vực"),
            _("Lĩnh vực"),
            [(procedures.field_words(one.key), one, "linh-vuc", one.key) for one in found.by_field],
        ),
        (
            _("Theo thôn"),
            _("Thôn"),
            [(villages.get(one.key, one.key) or _("Chưa rõ thôn"), one, "thon", one.key or UNKNOWN) for one in found.by_village],
        ),
        (_("Theo tháng nộp"), _("Tháng"), [(_month(one.key), one, "thang", one.key) for one in found.by_month]),
    ]


def _month(key: str) -> str:
    year, month = key.split("-")
    return f"{month}/{year}"


def rest_of(line: Line) -> int:
    """Return how many are in the groups that have no column."""
    return line.received - sum(line.groups[name] for name in COLUMNS)


def _row(name: Any, line: Line, key: str, value: str, link: "_Links") -> dict[str, Any]:
    narrowed = link.in_month(value) if key == "thang" else link.narrowed(key, value)
    return {
        "name": name,
        "received": (line.received, narrowed.to()),
        "online": (line.channels["online"], narrowed.to(kenh="online")),
        "counts": [(line.groups[group], narrowed.to(nhom=group)) for group in COLUMNS],
        "rest": rest_of(line),
        "median_days": line.median_days,
        "has_median": key in {"thu-tuc", "linh-vuc"},
    }


class _Links:
    """Addresses of the register that keep to the period."""

    def __init__(self, period: RegisterFilter, **narrowed: str) -> None:
        self._period = period
        self._narrowed = narrowed
        assert period.since is not None
        assert period.until is not None
        self.days = {"tu": f"{period.since:%d/%m/%Y}", "den": f"{period.until:%d/%m/%Y}"}

    def narrowed(self, key: str, value: str) -> "_Links":
        """Return links that also keep to one procedure, field or village."""
        return _Links(self._period, **{key: value})

    def in_month(self, month: str) -> "_Links":
        """Return links to the part of the period that lies in the month."""
        first = date.fromisoformat(f"{month}-01")
        last = date.fromordinal(date(first.year + first.month // 12, first.month % 12 + 1, 1).toordinal() - 1)
        assert self._period.since is not None
        assert self._period.until is not None
        return _Links(replace(self._period, since=max(first, self._period.since), until=min(last, self._period.until)))

    def to(self, **more: str) -> str:
        """Return the address of the rows."""
        return f"{REGISTER}?{urlencode(self.days | self._narrowed | more)}"
