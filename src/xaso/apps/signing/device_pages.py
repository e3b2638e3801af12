"""`/quan-tri/chung-thu/…/thiet-bi/`: certificates whose keys lie on the server's signing device are taken into use."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from xaso.apps.people import facade as people
from xaso.apps.signing import administration
from xaso.apps.signing.actions.certificates import register_device_certificate
from xaso.kernel.errors import Refusal
from xaso.platform import clock
from xaso.platform.errors import words_for


class DeviceForm(forms.Form):
    """One of the certificates on the device."""

    certificate = forms.ChoiceField(
        label=gettext_lazy("Chứng thư số trên thiết bị"),
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
    actor = people.actor_who_asks(request)
    assert actor.commune_id is not None
    try:
        line = administration.get_holder_line(actor.commune_id, account_id, now=clock.now())
    except Refusal as refusal:
        raise Http404 from refusal
    try:
        choices = administration.device_choices()
    except Refusal as refusal:
        return render(request, "signing/admin/device.html", {"line": line, "refused": words_for(refusal)})
    form = DeviceForm(request.POST if request.method == "POST" else None, choices=choices, is_seal=account_id is None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        checked = typed.get("name_was_checked", False)
        try:
            register_device_certificate(actor, account_id, typed["certificate"], name_was_checked=checked, now=clock.now())
        except Refusal as refusal:
            form.add_error("name_was_checked" if refusal.code == "signing.p12_other_name" else "certificate", words_for(refusal))
        else:
            messages.success(request, _("Đã đăng ký chứng thư số."))
            return HttpResponseRedirect(line.url)
    context = {"line": line, "device_form": form, "form": form if form.errors else None, "choices": choices}
    return render(request, "signing/admin/device.html", context, status=422 if form.errors else 200)
