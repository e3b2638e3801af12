"""The reason of an apology (form 04) as the records have it: a draft that the official mends. Pure."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import override

from xaso.kernel.worktime import VN


class Done(Protocol):
    """A step as this module needs it."""

    @property
    def verb(self) -> str:
        """The move."""

    @property
    def at(self) -> datetime:
        """When it happened."""


@override("vi")
def drafted_reason(steps: Iterable[Done], waits_for: Iterable[str] = ()) -> str:
    """Say in Vietnamese what the records know of why it takes so long; only what happened, never whose fault.

    `waits_for` names the other offices that have a part of it and have not answered.
    """
    last = {step.verb: step.at for step in steps}
    said = [_("Hồ sơ còn chờ %(office)s trả lời.") % {"office": office} for office in waits_for]
    if "add_supplement" in last:
        said.append(_("Giấy tờ bổ sung đến ngày %(day)s.") % _day(last["add_supplement"]))
    if "pass_on" in last:
        said.append(_("Hồ sơ được chuyển cho cán bộ khác giải quyết ngày %(day)s.") % _day(last["pass_on"]))
    return " ".join([*said, _where_it_stands(last)]).strip()


def _where_it_stands(last: dict[str, datetime]) -> str:
    if "prepare_result" in last and last["prepare_result"] >= last.get("send_back", last["prepare_result"]):
        return _("Kết quả đã trình ký ngày %(day)s, chưa ký xong.") % _day(last["prepare_result"])
    if "take" in last:
        return _("Hồ sơ được xem xét từ ngày %(day)s, chưa xong.") % _day(last["take"])
    return _("Hồ sơ nhận ngày %(day)s, chưa xem xét xong.") % _day(last["accept"]) if "accept" in last else ""


def _day(at: datetime) -> dict[str, str]:
    return {"day": at.astimezone(VN).strftime("%d/%m/%Y")}
