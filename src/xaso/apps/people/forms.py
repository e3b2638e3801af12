"""What people type to sign in."""

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
