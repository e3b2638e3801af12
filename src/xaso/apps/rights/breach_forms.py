"""What officials type about a data breach."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _

from xaso.apps.rights.actions.breaches import BreachFacts
from xaso.apps.rights.breach_words import BREACH_FACTS
from xaso.apps.rights.models import Breach
from xaso.kernel.worktime import VN

SHAPES = ("%H:%M %d/%m/%Y", "%d/%m/%Y %H:%M")
MOMENT_WRONG = _("Anh/chị viết giờ và ngày như 14:30 30/11/2026.")
SAY_MORE = {"required": _("Anh/chị viết rõ hơn một chút, ít nhất năm chữ cái.")}


class MomentField(forms.CharField):
    """A moment in Vietnam's time, typed as `14:30 30/11/2026`; None where it was left empty."""

    def clean(self, value: Any) -> Any:
        """Return the instant. Raises ValidationError for what is no moment."""
        typed = " ".join(str(super().clean(value)).split())
        if not typed:
            return None
        for shape in SHAPES:
            try:
                return datetime.strptime(typed, shape).replace(tzinfo=VN)
            except ValueError:
                continue
        raise forms.ValidationError(MOMENT_WRONG)


def _text(name: str, *, rows: int = 3, longest: int = 4000, help_text: Any = "", required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=BREACH_FACTS[name],
        max_length=longest,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={**SAY_MORE},
    )


class BreachForm(forms.Form):
    """What is known of a breach."""

    what = _text("what", required=True, help_text=_("Ví dụ: mất điện thoại có ảnh giấy tờ, gửi nhầm danh sách, máy bị mã độc."))
    known_at = MomentField(
        label=BREACH_FACTS["known_at"],
        max_length=20,
        help_text=_("Giờ và ngày, như 14:30 30/11/2026. 72 giờ tính từ lúc này."),
        error_messages={"required": MOMENT_WRONG},
    )
    happened_at = MomentField(label=BREACH_FACTS["happened_at"], max_length=20, required=False, help_text=_("Chưa rõ thì để trống."))
    data_kinds = _text("data_kinds", rows=2, longest=2000, help_text=_("Ví dụ: họ tên, số định danh, điện thoại, ảnh thẻ căn cước."))
    is_sensitive = forms.BooleanField(
        label=BREACH_FACTS["is_sensitive"], required=False, help_text=_("Dân tộc, sức khỏe, hộ nghèo, khuyết tật, ảnh giấy tờ, mật khẩu.")
    )
    people_count = forms.IntegerField(
        label=BREACH_FACTS["people_count"], required=False, min_value=0, max_value=2_000_000_000, help_text=_("Chưa rõ thì để trống.")
    )
    consequences = _text("consequences")
    measures = _text("measures")

    @property
    def facts(self) -> BreachFacts:
        """What was typed, as the action takes it."""
        return BreachFacts(**self.cleaned_data)


def shown_in_form(breach: Breach) -> dict[str, Any]:
    """Return the facts of a breach as the form shows them."""
    facts = {name: getattr(breach, name) for name in BREACH_FACTS}
    moments = {name: facts[name].astimezone(VN).strftime(SHAPES[0]) if facts[name] else "" for name in ("known_at", "happened_at")}
    return facts | moments


class ToldForm(forms.Form):
    """By which paper and when the authority was told."""

    paper = forms.CharField(
        label=_("Số văn bản đã gửi"), max_length=200, error_messages={"required": _("Ghi số văn bản đã gửi cơ quan chức năng.")}
    )
    told_at = MomentField(
        label=_("Gửi lúc"), max_length=20, help_text=_("Giờ và ngày, như 14:30 30/11/2026."), error_messages={"required": MOMENT_WRONG}
    )
    late_why = forms.CharField(
        label=_("Vì sao báo muộn, nếu đã quá 72 giờ"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class BreachSayForm(forms.Form):
    """One text: why it was no breach, what was done in the end, what people are told."""

    words = forms.CharField(
        min_length=5,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={**SAY_MORE, "min_length": SAY_MORE["required"]},
    )

    def __init__(self, *args: Any, label: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = lazystr(label)
