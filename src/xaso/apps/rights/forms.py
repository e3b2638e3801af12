"""What people and officials type about requests."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _

from xaso.apps.rights.words import KINDS
from xaso.platform.personal_data import consent_purposes

SAY_MORE = {"required": _("Anh/chị viết rõ hơn một chút, ít nhất năm chữ cái.")}


class AskForm(forms.Form):
    """What a person asks about her data."""

    kind = forms.ChoiceField(
        label=_("Anh/chị muốn gì?"),
        choices=[("", _("Chọn một việc")), *((kind, words[0]) for kind, words in KINDS.items())],
        error_messages={
            "required": _("Anh/chị chọn một việc trong danh sách."),
            "invalid_choice": _("Anh/chị chọn một việc trong danh sách."),
        },
    )
    person = forms.ChoiceField(label=_("Dữ liệu của ai?"), required=False)
    words = forms.CharField(
        label=_("Nói rõ thêm"),
        help_text=_("Dữ liệu nào, ở hồ sơ nào, vì sao."),
        min_length=5,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={**SAY_MORE, "min_length": SAY_MORE["required"]},
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        """Let one of `people` be chosen (an empty value is oneself); alone she is not asked."""
        super().__init__(*args, **kwargs)
        if len(people) < 2:
            del self.fields["person"]
        else:
            self.fields["person"].choices = people  # type: ignore[attr-defined]

    @property
    def other_id(self) -> UUID | None:
        """Return whom the form names besides oneself."""
        chosen = self.cleaned_data.get("person", "")
        return UUID(chosen) if chosen else None


class DeskForm(AskForm):
    """The same, taken in at the desk: `person` is who speaks."""

    shown_paper = forms.CharField(
        label=_("Giấy tờ đã xem"),
        help_text=_("Để biết đúng người: thẻ căn cước, VNeID …"),
        max_length=200,
        error_messages={"required": _("Ghi giấy tờ đã xem để biết đúng người, như thẻ căn cước.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "person" in self.fields:
            self.fields["person"].label = _("Ai đến hỏi?")


class ConsentForm(forms.Form):
    """What somebody said at the desk about one purpose."""

    purpose = forms.ChoiceField(label=_("Về việc gì"))
    agrees = forms.ChoiceField(
        label=_("Người ấy nói"), choices=[("", _("Chọn một việc")), ("yes", _("Đồng ý")), ("no", _("Rút lại, không đồng ý"))]
    )
    guardian = forms.ChoiceField(label=_("Ai nói"), required=False)
    child_agrees = forms.BooleanField(label=_("Con từ 7 tuổi trở lên đã được hỏi và cũng đồng ý"), required=False)
    evidence = forms.CharField(
        label=_("Giấy tờ làm chứng"),
        help_text=_("Phiếu đồng ý đã ký: số, ngày, để ở đâu."),
        max_length=300,
        error_messages={"required": _("Ghi giấy tờ làm chứng: phiếu đồng ý đã ký, số mấy, ngày nào.")},
    )

    def __init__(self, *args: Any, guardians: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = [("", _("Chọn một việc")), *((one.name, one.label) for one in consent_purposes)]  # type: ignore[attr-defined]
        self.fields["guardian"].choices = guardians  # type: ignore[attr-defined]


class ConfirmForm(forms.Form):
    """Who is responsible from now on."""

    responsible = forms.ChoiceField(label=_("Ai chịu trách nhiệm"))
    by_processor = forms.BooleanField(label=_("Phải nhờ bên xử lý dữ liệu (như nhà cung cấp phần mềm), nên được thêm ngày"), required=False)

    def __init__(self, *args: Any, holders: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible"].choices = holders  # type: ignore[attr-defined]


class SayForm(forms.Form):
    """One text: a reason or an answer."""

    words = forms.CharField(
        min_length=5,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={**SAY_MORE, "min_length": SAY_MORE["required"]},
    )

    def __init__(self, *args: Any, label: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = lazystr(label)
