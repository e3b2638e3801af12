"""What an administrator types to connect a program. The actions judge it again."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xaso.apps.webhooks import words
from xaso.apps.webhooks.rules import EVERYTHING
from xaso.platform.registries import outside_events

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


def _choices() -> Iterator[tuple[str, Any]]:
    """Yield everything of each room, then what it is in particular."""
    rooms = dict.fromkeys(event.name.partition(".")[0] for event in outside_events)
    for room in rooms:
        yield f"{room}{EVERYTHING}", words.ALL_WORDS
        yield from ((event.name, event.label) for event in outside_events if event.name.startswith(f"{room}."))
