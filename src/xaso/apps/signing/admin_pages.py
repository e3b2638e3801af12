"""`/quan-tri/chung-thu/`: the commune's seal and who may sign, each with its certificate."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xaso.apps.people import facade as people
from xaso.apps.signing import administration
from xaso.apps.signing.actions.certificates import issue_knowingly, register_certificate, revoke
from xaso.apps.signing.actions.offers import LONGEST_REASON, approve, decline
from xaso.apps.signing.administration import HolderLine
from xaso.apps.signing.keys import has_device, has_remote_service
from xaso.kernel.errors import Refusal
from xaso.platform import clock
from xaso.platform.actor import Actor
from xaso.platform.errors import words_for

BYTES_READ_AT_MOST = 256 * 1024
"""More is refused by its length anyway; the rest of a huge file is not even read."""

FIELD_OF_REFUSAL = {"signing.p12_passphrase": "passphrase", "signing.p12_other_name": "name_was_checked"}


class KeyFileForm(forms.Form):
    """A PKCS#12 file and its passphrase, which is never shown again."""

    key_file = forms.FileField(
        label=gettext_lazy("Tệp chứng thư số"),
        help_text=gettext_lazy("Tệp .p12 hoặc .pfx có cả khóa riêng và chuỗi chứng thư của nơi cấp, nhiều nhất 128 KB"),
        error_messages={"required": gettext_lazy("Anh/chị chọn tệp."), "empty": gettext_lazy("Tệp rỗng. Anh/chị chọn tệp khác.")},
        widget=forms.FileInput(attrs={"accept": ".p12,.pfx,application/x-pkcs12"}),
    )
    passphrase = forms.CharField(
        label=gettext_lazy("Mật khẩu của tệp"),
        required=False,
        strip=False,
        max_length=200,
        help_text=gettext_lazy("Chỉ dùng để mở tệp lúc này, không lưu lại"),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    name_was_checked = forms.BooleanField(
        label=gettext_lazy("Tên trong chứng thư số khác tên tài khoản, tôi đã đối chiếu và đúng là một người"), required=False
    )

    def __init__(self, *args: Any, is_seal: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_seal:
            del self.fields["name_was_checked"]


class TestForm(forms.Form):
    """The choice of a certificate without legal value, made with open eyes."""

    __test__ = False

    understood = forms.BooleanField(
        label=gettext_lazy("Tôi hiểu: giấy tờ ký bằng bản thử không có giá trị pháp lý và mang dấu “BẢN THỬ”"),
        error_messages={"required": gettext_lazy("Anh/chị đánh dấu ô này thì mới cấp được bản thử.")},
    )


class ReasonForm(forms.Form):
    """Why an offered certificate is declined."""

    reason = forms.CharField(
        label=gettext_lazy("Lý do không duyệt"),
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("Người gửi đọc được lý do này"),
        error_messages={"required": gettext_lazy("Anh/chị ghi lý do để người gửi biết phải làm gì.")},
    )


@require_GET
@people.for_administrators
def show_holders(request: HttpRequest) -> HttpResponse:
    """Show the seal and everybody who may sign, with their certificates."""
    commune_id, now = _commune(people.actor_who_asks(request)), clock.now()
    lines = administration.holder_lines(commune_id, now=now)
    offers = [line for line in lines if line.offer]
    context = {"lines": lines, "signers": lines[1:], "offers": offers, "share": administration.share_of_staff(commune_id, now=now)}
    context["stamps"] = administration.stamps_of(commune_id)
    return render(request, "signing/admin/certificates.html", context)


@sensitive_post_parameters("passphrase")
@require_http_methods(["GET", "POST"])
@people.for_administrators
def show_holder(request: HttpRequest, account_id: UUID | None = None) -> HttpResponse:
    """Show one holder's certificates; sent, register the one in the file."""
    line = _line(request, account_id)
    form = KeyFileForm(request.POST or None, request.FILES or None, is_seal=account_id is None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            register_certificate(
                people.actor_who_asks(request),
                account_id,
                typed["key_file"].read(BYTES_READ_AT_MOST),
                typed["passphrase"],
                name_was_checked=typed.get("name_was_checked", False),
                now=clock.now(),
            )
        except Refusal as refusal:
            field = FIELD_OF_REFUSAL.get(refusal.code, "key_file")
            form.add_error(field if refusal.code.startswith("signing.p12") else None, words_for(refusal))
        else:
            messages.success(request, _("Đã đăng ký chứng thư số."))
            return HttpResponseRedirect(line.url)
    return _page(request, line, form=form)


@require_POST
@people.for_administrators
def issue_test(request: HttpRequest, account_id: UUID | None = None) -> HttpResponse:
    """Issue a certificate without legal value, for whoever knows what that means."""
    line = _line(request, account_id)
    form = TestForm(request.POST)
    if form.is_valid():
        try:
            issue_knowingly(people.actor_who_asks(request), account_id, now=clock.now())
        except Refusal as refusal:
            form.add_error(None, words_for(refusal))
        else:
            messages.success(request, _("Đã cấp chứng thư số bản thử. Giấy tờ ký bằng bản này không có giá trị pháp lý."))
            return HttpResponseRedirect(line.url)
    return _page(request, line, test_form=form)


@require_POST
@people.for_administrators
def withdraw(request: HttpRequest, certificate_id: UUID, account_id: UUID | None = None) -> HttpResponse:
    """End a certificate and delete its key."""
    line = _line(request, account_id)
    try:
        revoke(people.actor_who_asks(request), certificate_id, now=clock.now())
    except Refusal as refusal:
        return _page(request, line, refused=refusal)
    elsewhere = line.card is not None and line.card.id == certificate_id and line.card.is_kept_elsewhere
    said = _("Đã rút chứng thư số. Khóa còn ở nơi giữ nó.") if elsewhere else _("Đã rút chứng thư số và xóa khóa ký trên máy chủ.")
    messages.success(request, said)
    return HttpResponseRedirect("/quan-tri/chung-thu/" if not line.may_sign else line.url)


@require_POST
@people.for_administrators
def approve_offer(request: HttpRequest, account_id: UUID, offer_id: UUID) -> HttpResponse:
    """Take into use what the official offered from her own computer."""
    line = _line(request, account_id)
    try:
        approve(people.actor_who_asks(request), offer_id, now=clock.now())
    except Refusal as refusal:
        return _page(request, line, refused=refusal)
    messages.success(request, _("Đã duyệt. %(name)s ký được bằng USB token của mình từ giờ.") % {"name": line.name})
    return HttpResponseRedirect(line.url)


@require_POST
@people.for_administrators
def decline_offer(request: HttpRequest, account_id: UUID, offer_id: UUID) -> HttpResponse:
    """Answer an offer with a reason that the official reads."""
    line = _line(request, account_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, line, reason_form=form)
    try:
        decline(people.actor_who_asks(request), offer_id, form.cleaned_data["reason"], now=clock.now())
    except Refusal as refusal:
        return _page(request, line, refused=refusal)
    messages.success(request, _("Đã trả lời không duyệt. %(name)s được báo lý do.") % {"name": line.name})
    return HttpResponseRedirect(line.url)


def _page(
    request: HttpRequest,
    line: HolderLine,
    *,
    form: KeyFileForm | None = None,
    test_form: TestForm | None = None,
    reason_form: ReasonForm | None = None,
    refused: Refusal | None = None,
) -> HttpResponse:
    card = line.card
    wrong = next((one for one in (form, test_form, reason_form) if one is not None and one.errors), None)
    context = {
        "line": line,
        "card": card,
        "past": administration.past_cards(_commune(people.actor_who_asks(request)), line, now=clock.now()),
        "key_form": form or KeyFileForm(is_seal=line.account_id is None),
        "test_form": test_form or TestForm(),
        "reason_form": reason_form or ReasonForm(),
        "is_own": people.actor_who_asks(request).account_id == line.account_id,
        "has_device": has_device(),
        "has_remote_service": has_remote_service(),
        "offers_test": line.may_sign and not (card and card.works),
        "form": wrong,
        "refused": words_for(refused) if refused else "",
    }
    return render(request, "signing/admin/certificate.html", context, status=409 if refused else 422 if wrong else 200)


def _line(request: HttpRequest, account_id: UUID | None) -> HolderLine:
    try:
        return administration.get_holder_line(_commune(people.actor_who_asks(request)), account_id, now=clock.now())
    except Refusal as refusal:
        raise Http404 from refusal


def _commune(actor: Actor) -> UUID:
    assert actor.commune_id is not None
    return actor.commune_id
