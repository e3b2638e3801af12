"""What an application costs: pure rules over the procedure's fees, the answers, the day and the province's amounts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from xaso.apps.procedures.shapes import Exemptions, Fee, FeeLine, FeeRule, ProcedureVersion, ProvincialFee, Tier, all_hold
from xaso.kernel.errors import Refusal
from xaso.kernel.forms import Texts
from xaso.kernel.partial_dates import PartialDate


def fee_of(
    rules: Iterable[FeeRule],
    exemptions: Exemptions | None,
    answers: Mapping[str, Any],
    provincial: Sequence[ProvincialFee],
    *,
    on: date,
) -> Fee:
    """Return the fee of an application filed on the day.

    Who belongs to an exempt group pays no fee that the law opens to exemption; other fees, such as those for copies, stay.
    A fee that is unknown, whose amount the province has not been entered for, or whose answers are missing, leaves the total open.
    """
    group = _exempt_group(exemptions, answers)
    charged = []
    for rule in rules:
        is_due = _is_due(rule, answers, on)
        line = _line(rule, answers, provincial, on, exempt=rule.exemptible and group is not None)
        if is_due is None and not line.exempt:
            line = replace(line, amount_vnd=None)
        if is_due is not False and line.quantity:
            charged.append((rule, line))
    lines = tuple(line for _, line in charged)
    return Fee(
        lines,
        total_vnd=total_of(lines),
        exempt_reason=group if any(line.exempt for line in lines) else None,
        confirm=any(line.amount_vnd is None for line in lines) or any(rule.confirm and not line.exempt for rule, line in charged),
    )


def fees_on(version: ProcedureVersion, channel: str) -> tuple[FeeRule, ...]:
    """Return the fees of the procedure on a channel.

    The curated catalogue knows no fee that hangs on the channel. The national database prints one for each: where channels disagree
    the procedure's own fee is unknown, but the one printed for this channel counts, still to be confirmed.
    """
    printed = {(one.amount_vnd, one.per) for one in version.national.channels if one.channel == channel} if version.national else set()
    amount_vnd, per = printed.pop() if len(printed) == 1 else (None, "")
    if amount_vnd is None or per or [rule.kind for rule in version.fees] != ["unknown"]:
        return version.fees
    return (replace(version.fees[0], kind="fixed" if amount_vnd else "free", amount_vnd=amount_vnd, confirm=True),)


def total_of(lines: Iterable[FeeLine]) -> int | None:
    """Return the sum in đồng; None as soon as one line is unknown."""
    amounts = [line.amount_vnd for line in lines]
    return None if None in amounts else sum(amount for amount in amounts if amount is not None)


def page_fee(pages: int, tiers: Sequence[Tier], max_vnd: int | None) -> int:
    """Return the price of one copy of an original with so many pages: each page by the last tier that it reaches, at most `max_vnd`.

    Source: Circular 226/2016/TT-BTC as shown with procedure 2.000815 (2,000 đ for pages 1–2, 1,000 đ from page 3, at most 200,000 đ).
    """
    rising = sorted(tiers, key=lambda tier: tier.from_page)
    starts = [tier.from_page for tier in rising[1:]] + [pages + 1]
    price = sum(
        tier.amount_vnd * max(0, min(pages, next_start - 1) - tier.from_page + 1) for tier, next_start in zip(rising, starts, strict=True)
    )
    return price if max_vnd is None else min(price, max_vnd)


def is_late(since: str, days: int, on: date) -> bool | None:
    """Tell whether more than `days` days have passed since the date; None if the partial date leaves that open.

    The day of the event itself does not count (Civil Code 91/2015/QH13, art. 147(2)).
    """
    event = PartialDate.from_iso(since)
    if (on - event.latest).days > days:
        return True
    return False if (on - event.earliest).days <= days else None


def provincial_amount(provincial: Iterable[ProvincialFee], fee_id: str, on: date) -> ProvincialFee | None:
    """Return what the province has set for the fee as of the day: the latest that is in force."""
    in_force = [one for one in provincial if one.fee_id == fee_id and one.valid_from <= on]
    return max(in_force, key=lambda one: one.valid_from, default=None)


def _is_due(rule: FeeRule, answers: Mapping[str, Any], on: date) -> bool | None:
    """Tell whether the fee is due; None while the answer that decides is missing or only partly known."""
    if not all_hold(rule.conditions, answers):
        return False
    if rule.late is None:
        return True
    try:
        return is_late(str(answers.get(rule.late.since, "")), rule.late.days, on)
    except Refusal:
        return None


def _line(rule: FeeRule, answers: Mapping[str, Any], provincial: Iterable[ProvincialFee], on: date, *, exempt: bool) -> FeeLine:
    quantity, amount = _charge(rule, answers)
    basis = rule.legal_basis or rule.source
    if rule.kind == "provincial":
        known = provincial_amount(provincial, rule.id, on)
        amount = known.amount_vnd if known else None
        basis = known.decision if known else rule.source
    elif rule.kind == "unknown":
        amount = None
    return FeeLine(rule.id, rule.name, 0 if exempt else amount, quantity, exempt, basis)


def _charge(rule: FeeRule, answers: Mapping[str, Any]) -> tuple[int, int | None]:
    """Return how many are charged and the sum; the sum is None while no row or number has been given."""
    rows = _rows(rule, answers)
    if not rows:
        return 1, None
    counts = [_whole(row.get(rule.copies), 0) if rule.copies else 1 for row in rows]
    if rule.kind != "per_page":
        return sum(counts), rule.amount_vnd * sum(counts)
    prices = [page_fee(_whole(row.get(rule.pages), 1), rule.tiers, rule.max_vnd_per_copy) for row in rows]
    return sum(counts), sum(count * price for count, price in zip(counts, prices, strict=True))


def _rows(rule: FeeRule, answers: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    if not rule.rows:
        return [answers]
    rows = answers.get(rule.rows)
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def _whole(value: Any, default: int) -> int:
    """Read a number out of answers that may not be checked yet."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else default


def _exempt_group(exemptions: Exemptions | None, answers: Mapping[str, Any]) -> Texts | None:
    return exemptions.groups.get(str(answers.get(exemptions.field))) if exemptions else None
