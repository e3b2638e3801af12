"""`…/thiet-bi/` and `…/tu-xa/`: certificates whose keys the server's device or a remote service keeps are taken into use."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from xaso.apps.people import facade as people
from xaso.apps.signing import administration
from xaso.apps.signing.actions.certificates import register_held_certificate
from xaso.apps.signing.keys import HeldKey, held_on_device, held_remotely
from xaso.kernel.errors import Refusal
from xaso.platform import clock
from xaso.platform.errors import words_for

LONGEST_USER = 100


@dataclass(frozen=True)
class Keeper:
    """Who keeps keys for us: the words of its page, its address below the holder's, and what to ask it."""

    title: Promise
    legend: Promise
    promise: Promise
    nothing: Promise
    path: str
    held: Callable[[str], list[HeldKey]]
    asks_user: bool = False


DEVICE = Keeper(
    title=gettext_lazy("Thiết bị ký của máy chủ"),
    legend=gettext_lazy("Dùng chứng thư số trên thiết bị ký của máy chủ"),
    promise=gettext_lazy("Khóa nằm trong thiết bị và không bao giờ ra khỏi đó. Chứng thư đang dùng, nếu có, thôi dùng ngay."),
    nothing=gettext_lazy("Trên thiết bị chưa có chứng thư số nào. Nhờ người vận hành nạp chứng thư do nơi cấp đưa vào thiết bị."),
    path="thiet-bi/",
    held=lambda _user: held_on_device(),
)
SERVICE = Keeper(
    title=gettext_lazy("Dịch vụ ký từ xa"),
    legend=gettext_lazy("Dùng chứng thư số ở dịch vụ ký từ xa"),
    promise=gettext_lazy(
        "Khóa nằm ở dịch vụ. Mỗi lần ký, dịch vụ hỏi người ký trên điện thoại. Chứng thư đang dùng, nếu có, thôi dùng ngay."
    ),
    nothing=gettext_lazy("Dịch vụ không có chứng thư số nào của người dùng này. Anh/chị xem lại mã người dùng."),
    path="tu-xa/",
    held=held_remotely,
    asks_user=True,
)


class UserForm(forms.Form):
    """Whose certificates the service is asked for."""

    nguoi = forms.CharField(
        label=gettext_lazy("Mã người dùng ở dịch vụ ký"),
        max_length=LONGEST_USER,
        error_messages={"required": gettext_lazy("Anh/chị ghi mã người dùng mà dịch vụ đã cấp.")},
    )


class HeldForm(forms.Form):
    """One of the certificates that the keeper has."""

    certificate = forms.ChoiceField(
        label=gettext_lazy("Chứng thư số"),
        error_messages={"required": gettext_lazy("Anh/chị chọn chứng thư số."), "invalid_choice": gettext_lazy("Anh/chị chọn lại.")},
    )
    name_was_checked = forms.BooleanField(
        label=gettext_lazy("Tên trong chứng thư số khác tên tài khoản, tôi đã đối chiếu và đúng là một người"), required=False
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], is_seal: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["certificate"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        if is_seal:
            del self.fields["name_was_checked"]


@require_http_methods(["GET", "POST"])
@people.for_administrators
def take_from_device(request: HttpRequest, account_id: UUID | None = None) -> HttpResponse:
    """Offer the certificates on the device; sent, take the chosen one into use for the holder."""
    return _take(request, account_id, DEVICE)


@require_http_methods(["GET", "POST"])
@people.for_administrators
def take_from_service(request: HttpRequest, account_id: UUID | None = None) -> HttpResponse:
    """Ask whose certificates, offer those that the service has; sent, take the chosen one into use for the holder."""
    return _take(request, account_id, SERVICE)


def _take(request: HttpRequest, account_id: UUID | None, keeper: Keeper) -> HttpResponse:
    actor = people.actor_who_asks(request)
    assert actor.commune_id is not None
    try:
        line = administration.get_holder_line(actor.commune_id, account_id, now=clock.now())
    except Refusal as refusal:
        raise Http404 from refusal
    page = {"line": line, "keeper": keeper}
    user = str(request.GET.get("nguoi", ""))[:LONGEST_USER].strip()
    if keeper.asks_user and not user:
        asking = UserForm({"nguoi": ""} if "nguoi" in request.GET else None)
        return render(request, "signing/admin/held.html", {**page, "user_form": asking, "form": asking if asking.errors else None})
    try:
        there = keeper.held(user)
    except Refusal as refusal:
        return render(request, "signing/admin/held.html", {**page, "refused": words_for(refusal), "user": user})
    choices = administration.choices_of(there)
    form = HeldForm(request.POST if request.method == "POST" else None, choices=choices, is_seal=account_id is None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        checked = typed.get("name_was_checked", False)
        try:
            register_held_certificate(actor, account_id, there, typed["certificate"], name_was_checked=checked, now=clock.now())
        except Refusal as refusal:
            form.add_error("name_was_checked" if refusal.code == "signing.p12_other_name" else "certificate", words_for(refusal))
        else:
            messages.success(request, _("Đã đăng ký chứng thư số."))
            return HttpResponseRedirect(line.url)
    context = {**page, "held_form": form, "form": form if form.errors else None, "choices": choices, "user": user}
    return render(request, "signing/admin/held.html", context, status=422 if form.errors else 200)
