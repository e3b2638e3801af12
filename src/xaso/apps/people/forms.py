"""What people type to sign in."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _


class SignInForm(forms.Form):
    """User name and password of an official."""

    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=60,
        error_messages={"required": _("Anh/chị ghi tên đăng nhập.")},
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Mật khẩu"),
        max_length=200,
        strip=False,
        error_messages={"required": _("Anh/chị ghi mật khẩu.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class CodeForm(forms.Form):
    """The code of the second step: six digits of the app, or a recovery code."""

    one_time_code = forms.CharField(
        label=_("Mã 6 chữ số"),
        max_length=20,
        error_messages={"required": _("Anh/chị ghi mã.")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True, "class": "ma-so"}),
    )


class RecoveryCodeForm(forms.Form):
    """A recovery code in place of the app's."""

    one_time_code = forms.CharField(
        label=_("Mã dự phòng"),
        max_length=20,
        help_text=_("Một trong mười mã anh/chị đã ghi lại. Mỗi mã dùng một lần."),
        error_messages={"required": _("Anh/chị ghi mã dự phòng.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}),
    )


class PasswordForm(forms.Form):
    """The own password, before something about the account is changed."""

    current = forms.CharField(
        label=_("Mật khẩu đang dùng"),
        max_length=200,
        strip=False,
        error_messages={"required": _("Anh/chị ghi mật khẩu đang dùng.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class NewAppForm(PasswordForm):
    """The own password and a code that proves that the new phone holds the secret."""

    one_time_code = forms.CharField(
        label=_("Mã 6 chữ số"),
        max_length=20,
        error_messages={"required": _("Anh/chị ghi mã.")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class FirstPasskeyForm(forms.Form):
    """What the browser made, and how its owner calls it."""

    label = forms.CharField(
        label=_("Tên để nhận ra"),
        max_length=60,
        help_text=_("Ví dụ: điện thoại của tôi, máy tính ở quầy, thẻ USB."),
        error_messages={"required": _("Anh/chị đặt tên để nhận ra.")},
    )
    passkey = forms.CharField(widget=forms.HiddenInput, error_messages={"required": _("Trình duyệt chưa gửi passkey. Anh/chị thử lại.")})


class PasskeyForm(FirstPasskeyForm):
    """The same with the own password, for who has signed in fully."""

    current = PasswordForm.base_fields["current"]


class PinForm(forms.Form):
    """The PIN that opens the locked computer."""

    pin = forms.CharField(
        label=_("Mã PIN"),
        max_length=20,
        error_messages={"required": _("Anh/chị ghi mã PIN.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "inputmode": "numeric", "autofocus": True, "class": "ma-so"}),
    )


class NewPinForm(PasswordForm):
    """The own password and a new PIN, twice."""

    pin = forms.CharField(
        label=_("Mã PIN mới"),
        max_length=20,
        help_text=_("6 đến 12 chữ số. Không dùng ngày sinh, số điện thoại, số liền nhau hay lặp lại."),
        error_messages={"required": _("Anh/chị ghi mã PIN mới.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    pin_again = forms.CharField(
        label=_("Ghi lại mã PIN mới"),
        max_length=20,
        error_messages={"required": _("Anh/chị ghi lại mã PIN mới.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )

    def clean_pin_again(self) -> str:
        """Refuse two PINs that differ."""
        again: str = self.cleaned_data["pin_again"]
        if again != self.cleaned_data.get("pin"):
            raise forms.ValidationError(_("Hai lần ghi mã PIN chưa giống nhau."))
        return again


class AskRecoveryForm(forms.Form):
    """Who lost her second factor, and how."""

    account = forms.ChoiceField(label=_("Cán bộ"), error_messages={"required": _("Anh/chị chọn cán bộ.")})
    reason = forms.CharField(
        label=_("Lý do"),
        max_length=300,
        help_text=_("Ví dụ: mất điện thoại, mã dự phòng cũng mất."),
        error_messages={"required": _("Anh/chị ghi lý do.")},
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["account"]).choices = [("", _("Chọn…")), *people]


class ChangePasswordForm(forms.Form):
    """The password in use and a new one, twice."""

    current = forms.CharField(
        label=_("Mật khẩu đang dùng"),
        max_length=200,
        strip=False,
        error_messages={"required": _("Anh/chị ghi mật khẩu đang dùng.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("Mật khẩu mới"),
        max_length=200,
        strip=False,
        help_text=_("Ít nhất 10 ký tự. Nên ghép vài từ dễ nhớ với anh/chị và khó đoán với người khác."),
        error_messages={"required": _("Anh/chị ghi mật khẩu mới.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Ghi lại mật khẩu mới"),
        max_length=200,
        strip=False,
        error_messages={"required": _("Anh/chị ghi lại mật khẩu mới.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_again(self) -> str:
        """Refuse two new passwords that differ."""
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("new"):
            raise forms.ValidationError(_("Hai lần ghi mật khẩu mới chưa giống nhau."))
        return again
