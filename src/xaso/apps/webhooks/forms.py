"""What an administrator types to connect a program, or to give one a token. The actions judge it again."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xaso.apps.webhooks import token_scopes, words
from xaso.apps.webhooks.rules import EVERYTHING
from xaso.platform.registries import outside_events

DAY_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%Y-%m-%d"]
NEEDED = {"required": _("Anh/chị ghi mục này.")}


class WebhookForm(forms.Form):
    """A program: what it is called here, where it listens, what it wants to hear."""

    name = forms.CharField(
        label=_("Tên phần mềm"),
        max_length=120,
        help_text=_("Ví dụ: Cổng thông tin của tỉnh"),
        error_messages=NEEDED,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    url = forms.CharField(
        label=_("Địa chỉ nhận tin"),
        max_length=500,
        help_text=_("Bắt đầu bằng https://. Bên làm phần mềm cho anh/chị địa chỉ này."),
        error_messages=NEEDED,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "url"}),
    )
    topics = forms.MultipleChoiceField(
        label=_("Báo khi nào"),
        error_messages={"required": _("Anh/chị chọn ít nhất một loại tin.")},
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = list(_choices())
        self.fields["topics"].choices = choices  # type: ignore[attr-defined]
        self.fields["topics"].initial = [value for value, _label in choices if value.endswith(EVERYTHING)]


class TokenForm(forms.Form):
    """A program that calls the API: what it is called here, until when, what it may do and in whose place."""

    name = forms.CharField(
        label=_("Tên phần mềm"),
        max_length=120,
        help_text=_("Ví dụ: Cổng thông tin của tỉnh"),
        error_messages=NEEDED,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    last_day = forms.DateField(
        label=_("Ngày dùng cuối cùng"),
        required=False,
        help_text=_("Ngày/tháng/năm, ví dụ 05/11/2026. Để trống thì dùng đến khi thu hồi."),
        input_formats=DAY_FORMATS,
        error_messages={"invalid": _("Ngày chưa đúng. Anh/chị viết như 05/11/2026.")},
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    scopes = forms.MultipleChoiceField(
        label=_("Được làm gì"), error_messages={"required": _("Anh/chị chọn ít nhất một việc.")}, widget=forms.CheckboxSelectMultiple
    )
    roles = forms.MultipleChoiceField(
        label=_("Thay vai nào"),
        required=False,
        help_text=_("Chỉ cần khi phần mềm chuyển bước hồ sơ. Mã truy cập không bao giờ ký thay ai."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = token_scopes.choices()  # type: ignore[attr-defined]
        self.fields["roles"].choices = token_scopes.role_choices()  # type: ignore[attr-defined]

    @property
    def all_scopes(self) -> list[str]:
        """Return what was chosen, as the token keeps it."""
        return [*self.cleaned_data["scopes"], *self.cleaned_data["roles"]]


def _choices() -> Iterator[tuple[str, Any]]:
    """Yield everything of each room, then what it is in particular."""
    rooms = dict.fromkeys(event.name.partition(".")[0] for event in outside_events)
    for room in rooms:
        yield f"{room}{EVERYTHING}", words.ALL_WORDS
        yield from ((event.name, event.label) for event in outside_events if event.name.startswith(f"{room}."))
