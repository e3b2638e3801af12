"""`/dang-nhap/buoc-hai/`: the code that an official is asked for after the password."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from xaso.apps.people.actions.sign_in import check_code
from xaso.apps.people.adapters.passkeys import site_of, wish_to_sign
from xaso.apps.people.forms import CodeForm, RecoveryCodeForm
from xaso.apps.people.known_browsers import tried_from
from xaso.apps.people.second_factor_queries import credentials_at, protection_of, shown_code
from xaso.apps.people.signing_in import PASSKEY_WISH, account_in_second_step, first_page, official_of, sign_in_as
from xaso.kernel.errors import Refusal
from xaso.platform import clock
from xaso.platform.errors import words_for

RECOVERY = "du-phong"


@never_cache
@sensitive_post_parameters("one_time_code")
@require_http_methods(["GET", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """Ask for the app's code, or with `?cach=du-phong` for a recovery code; then the official is signed in."""
    now = clock.now()
    found = account_in_second_step(request, now=now)
    if found is None:
        return redirect("people_sign_in")
    account, after = found
    is_recovery = request.GET.get("cach") == RECOVERY
    form = (RecoveryCodeForm if is_recovery else CodeForm)(request.POST or None)
    if form.is_valid():
        try:
            place = tried_from(request, account.get_username(), now=now)
            factor = check_code(official_of(request, account), form.cleaned_data["one_time_code"], tried_from=place, now=now)
        except Refusal as refusal:
            form.add_error("one_time_code", words_for(refusal))
        else:
            sign_in_as(request, account, factor, now=now)
            if factor == "recovery":
                left = protection_of(account.pk).recovery_codes_left
                messages.warning(
                    request, _("Anh/chị vừa dùng một mã dự phòng, còn %(left)s mã. Làm mã mới ở mục “Tài khoản”.") % {"left": left}
                )
            return HttpResponseRedirect(first_page(request, account, after))
    context = {
        "form": form,
        "is_recovery": is_recovery,
        "name": account.full_name,
        "shown_code": shown_code(account.pk, now),
        "has_app": protection_of(account.pk).totp_since is not None,
        "wish": "" if is_recovery else wish_of(request, account.pk),
    }
    return render(request, "people/second_step.html", context, status=422 if form.errors else 200)


def wish_of(request: HttpRequest, account_id: UUID) -> str:
    """Return what the browser is asked to sign, which the session remembers; empty where no passkey of hers works here."""
    site = site_of(request)
    known = credentials_at(account_id, site.host) if site else []
    if site is None or not known:
        return ""
    wish, request.session[PASSKEY_WISH] = wish_to_sign(site, known)
    return wish
