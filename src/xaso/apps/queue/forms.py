"""What people type into this room's pages. The actions judge it again."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xaso.apps.procedures import facade as procedures
from xaso.apps.queue import words
from xaso.apps.queue.actions.setting_up import GroupFacts
from xaso.apps.queue.models import ServiceGroup
from xaso.kernel.worktime import VN

NEEDED = {"required": _("Anh/chị ghi mục này.")}
CLOCK_FORMATS = ["%H:%M", "%Hh%M", "%H.%M", "%Hh"]
WRONG_CLOCK = {"invalid": _("Giờ viết như 07:30.")}
WHOLE = {**NEEDED, "invalid": _("Anh/chị ghi một số."), "min_value": _("Số này quá nhỏ."), "max_value": _("Số này quá lớn.")}


def line(label: Any, most: int, *, required: bool = True, hint: Any = "", **attributes: str) -> forms.CharField:
    """Return a field for one line of text."""
    shown = forms.TextInput(attrs={"autocomplete": "off", **attributes})
    return forms.CharField(label=label, max_length=most, required=required, help_text=hint, error_messages=NEEDED, widget=shown)


def whole(label: Any, least: int, most: int, hint: Any = "") -> forms.IntegerField:
    """Return a field for a whole number."""
    shown = forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=least, max_value=most, help_text=hint, error_messages=WHOLE, widget=shown)


def clock(label: Any, hint: Any = "") -> forms.TimeField:
    """Return a field for a time of day that may be left out."""
    shown = forms.TimeInput(format="%H:%M", attrs={"autocomplete": "off", "inputmode": "numeric", "placeholder": "07:30"})
    return forms.TimeField(
        label=label, required=False, input_formats=CLOCK_FORMATS, help_text=hint, error_messages=WRONG_CLOCK, widget=shown
    )


def ticks(label: Any, choices: list[tuple[Any, Any]], *, required: bool = True, hint: Any = "") -> forms.MultipleChoiceField:
    """Return a field with boxes to tick."""
    said = {"required": _("Anh/chị chọn ít nhất một mục.")}
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=required, help_text=hint, error_messages=said, widget=forms.CheckboxSelectMultiple
    )


class GroupForm(forms.Form):
    """What people queue for, and when."""

    name = line(_("Tên dịch vụ"), 80, hint=_("Như bà con gọi, ví dụ: Khai sinh, kết hôn"))
    letter = line(_("Chữ đầu số"), 1, hint=_("Số phát ra có dạng A001"))
    covers = ticks(_("Lĩnh vực thủ tục"), list(procedures.FIELDS.items()), required=False)
    weekdays = ticks(_("Ngày phục vụ"), [(str(number), name) for number, name in enumerate(words.WEEKDAYS)])
    open_from = clock(_("Phục vụ từ"), _("Bỏ trống thì theo giờ làm việc của xã"))
    open_until = clock(_("Phục vụ đến"), _("Bỏ trống thì theo giờ làm việc của xã"))
    by_phone = forms.BooleanField(label=_("Cho lấy số từ điện thoại"), required=False)
    slot_minutes = whole(_("Mỗi lượt hẹn dài (phút)"), 5, 240)
    slot_capacity = whole(_("Số người mỗi lượt hẹn"), 0, 100, _("0 là không nhận đặt lịch"))

    @staticmethod
    def typed_before(group: ServiceGroup | None) -> dict[str, Any]:
        """Return what the form shows first."""
        if group is None:
            return {"weekdays": ["0", "1", "2", "3", "4"], "by_phone": True, "slot_minutes": 30, "slot_capacity": 0}
        names = ("name", "letter", "open_from", "open_until", "by_phone", "slot_minutes", "slot_capacity")
        chosen = {"covers": group.fields, "weekdays": [str(day) for day in group.weekdays]}
        return chosen | {name: getattr(group, name) for name in names}

    def facts(self) -> GroupFacts:
        """Return what was typed."""
        typed = dict(self.cleaned_data)
        fields, weekdays = tuple(typed.pop("covers")), tuple(int(day) for day in typed.pop("weekdays"))
        return GroupFacts(fields=fields, weekdays=weekdays, **typed)


class CounterForm(forms.Form):
    """A counter with what is served there."""

    number = whole(_("Số quầy"), 1, 99, _("Số trên biển của quầy, được đọc trên loa"))
    name = line(_("Tên quầy"), 80, required=False)
    groups = ticks(_("Dịch vụ của quầy"), [])

    def __init__(self, *args: Any, groups: list[ServiceGroup], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups"].choices = [(str(group.id), f"{group.letter} · {group.name}") for group in groups]  # type: ignore[attr-defined]


class KioskForm(forms.Form):
    """A machine at the door."""

    name = line(_("Tên máy"), 80, hint=_("Ví dụ: Máy ở cửa chính"))


class BookingForm(forms.Form):
    """Who comes, and when."""

    slot = forms.TypedChoiceField(
        label=_("Giờ hẹn"),
        coerce=datetime.fromisoformat,
        widget=forms.RadioSelect,
        error_messages={"required": _("Anh/chị chọn một giờ."), "invalid_choice": _("Giờ này vừa hết chỗ. Anh/chị chọn giờ khác.")},
    )
    name = line(_("Họ và tên"), 200, autocomplete="name")
    phone = line(_("Số điện thoại"), 20, autocomplete="tel", inputmode="tel")

    def __init__(self, *args: Any, slots: list[tuple[datetime, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slot"].choices = [(at.isoformat(), at.astimezone(VN).strftime("%H:%M")) for at, _left in slots]  # type: ignore[attr-defined]
