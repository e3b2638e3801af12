"""Signing in and out, and what to do when that fails."""

from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.contrib.auth import logout, update_session_auth_hash
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods
from requests import RequestException

from xaso.apps.people.actions.accounts import change_password
from xaso.apps.people.actions.sessions import forget_session
from xaso.apps.people.actions.sign_in import check_password
from xaso.apps.people.adapters.openid import IdentityClient, IdentityProvider
from xaso.apps.people.adapters.sign_in import END_SESSION, IdentityAccountAdapter, trouble
from xaso.apps.people.forms import ChangePasswordForm, SignInForm
from xaso.apps.people.known_browsers import tried_from
from xaso.apps.people.locking import resting_here
from xaso.apps.people.own_phone_pages import ask_once
from xaso.apps.people.rules import as_username
from xaso.apps.people.second_factor_queries import has_second_factor
from xaso.apps.people.signing_in import (
    HOME,
    NEW_APP,
    NEXT,
    NO_FACTOR,
    OWN_PASSWORD,
    first_page,
    follow_session,
    know_this_browser,
    official_signed_in,
    open_second_step,
    safe_next,
    sign_in_as,
    sign_in_of,
)
from xaso.kernel.errors import Refusal
from xaso.platform import clock
from xaso.platform.actor import Actor
from xaso.platform.errors import words_for

TROUBLES = {
    "cancelled": (_("Việc đăng nhập đã dừng giữa chừng"), _("Những gì anh/chị đã ghi vẫn còn. Anh/chị thử lại lúc nào cũng được.")),
    "unreachable": (
        _("Hệ thống định danh điện tử đang không trả lời"),
        _("Lỗi không ở máy của anh/chị. Anh/chị thử lại sau vài phút. Những gì anh/chị đã ghi vẫn còn."),
    ),
    "incomplete": (
        _("Thông tin định danh chưa đủ"),
        _("Hệ thống định danh chưa cho biết họ tên hoặc số định danh cá nhân 12 chữ số của anh/chị."),
    ),
    "closed": (_("Tài khoản này đã khóa"), _("Anh/chị đến quầy một cửa để được mở lại.")),
    "failed": (
        _("Chưa đăng nhập được"),
        _("Lần đăng nhập này đã quá lâu hoặc không khớp. Anh/chị thử lại từ đầu. Những gì anh/chị đã ghi vẫn còn."),
    ),
}


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Offer the electronic identity to citizens, and below it user name and password to officials."""
    after = safe_next(request)
    if request.method == "GET" and request.actor.kind in {"staff", "citizen"}:  # type: ignore[attr-defined]
        return redirect(after or _home(request))
    if request.method == "GET" and (first := _must_do_first(request, after)):
        return redirect(first)
    form = SignInForm(request.POST or None)
    if form.is_valid():
        try:
            return _sign_official_in(request, form, after)
        except Refusal as refusal:
            form.add_error(None, words_for(refusal))
    context = {"form": form, "next": after, "has_identity": bool(settings.EID_ISSUER), "identity_url": _identity_url(after)}
    context["rests_here"] = any(one.opens_by_pin for one in resting_here(request, now=clock.now()))
    return render(request, "people/sign_in.html", context, status=422 if form.errors else 200)


def _must_do_first(request: HttpRequest, after: str) -> str:
    """Return the page of what keeps an official out who has signed in; empty for all others, also for who holds no post any more."""
    account = official_signed_in(request)
    if account is None:
        return ""
    page = first_page(request, account, after)
    return page if page in {OWN_PASSWORD, NEW_APP} else ""


@never_cache
@require_http_methods(["GET", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session; a GET only asks. Whoever came by electronic identity is offered to end that session too."""
    if request.method == "GET":
        return render(request, "people/sign_out.html")
    end_session = request.session.get(END_SESSION)
    if own_id := sign_in_of(request):
        forget_session(own_id)
    logout(request)
    answer = render(request, "people/signed_out.html", {"end_session_url": _end_session_url(request, end_session)})
    answer.headers["Clear-Site-Data"] = '"cache"'  # the next person at this browser goes “back” to nothing; what waits unsent stays
    return answer


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def own_password(request: HttpRequest) -> HttpResponse:
    """Let an official change the password, as he must after the first sign-in."""
    account = official_signed_in(request)
    if account is None:
        return redirect(f"{settings.LOGIN_URL}?{urlencode({'next': request.path})}")
    form = ChangePasswordForm(request.POST or None)
    if form.is_valid():
        try:
            change_password(request.actor, form.cleaned_data["current"], form.cleaned_data["new"], now=clock.now())  # type: ignore[attr-defined]
        except Refusal as refusal:
            form.add_error(None, words_for(refusal))
        else:
            account.refresh_from_db()
            update_session_auth_hash(request, account)
            follow_session(request, now=clock.now())
            know_this_browser(request, account, now=clock.now())
            return redirect(first_page(request, account, ""))
    return render(request, "people/own_password.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_GET
def identity_begin(request: HttpRequest) -> HttpResponse:
    """Send the citizen to the provider of electronic identities; `?muc=2` asks it for that level."""
    after, level = safe_next(request), request.GET.get("muc", "")
    request.session[NEXT] = after
    try:
        return _provider(request).begin(request, after, int(level) if level in {"1", "2"} else 0)
    except SocialApp.DoesNotExist:
        return redirect("people_sign_in")
    except (RequestException, KeyError, ValueError):
        return trouble("unreachable")


@never_cache
@require_GET
def identity_return(request: HttpRequest) -> HttpResponse:
    """Take the citizen back from the provider, to where she was. A return that was used already does no harm."""
    if request.actor.kind == "citizen" and "state" in request.GET and not _awaited(request):  # type: ignore[attr-defined]
        return redirect(request.session.get(NEXT) or "/")
    try:
        client = IdentityClient(request, settings.EID_PROVIDER)
        answer: HttpResponse = OAuth2CallbackView.adapter_view(client)(request)
    except SocialApp.DoesNotExist:
        return redirect("people_sign_in")
    except (KeyError, ValueError, TypeError, IntegrityError):
        return trouble("failed")
    return ask_once(request, answer)


@never_cache
@require_GET
def identity_trouble(request: HttpRequest, reason: str) -> HttpResponse:
    """Say what went wrong at the provider and what to do now."""
    title, text = TROUBLES.get(reason, TROUBLES["failed"])
    again = _identity_url(request.session.get(NEXT, ""))
    return render(request, "people/identity_trouble.html", {"title": title, "text": text, "again": again, "reason": reason})


def _sign_official_in(request: HttpRequest, form: SignInForm, after: str) -> HttpResponse:
    commune = request.commune  # type: ignore[attr-defined]
    if commune is None:
        raise Refusal("people.no_post")
    now, username, password = clock.now(), as_username(form.cleaned_data["username"]), form.cleaned_data["password"]
    actor = Actor.anonymous(commune.id, request.META.get("REMOTE_ADDR", ""))
    account = check_password(actor, username, password, tried_from=tried_from(request, username, now=now), now=now)
    if has_second_factor(account.pk):
        open_second_step(request, account, after, now=now)
        return redirect("people_second_step")
    sign_in_as(request, account, NO_FACTOR, now=now)
    return HttpResponseRedirect(first_page(request, account, after))


def _home(request: HttpRequest) -> str:
    return HOME if request.actor.kind == "staff" else "/"  # type: ignore[attr-defined]


def _identity_url(after: str) -> str:
    return "/dang-nhap/dinh-danh/" + (f"?{urlencode({'next': after})}" if after else "")


def _provider(request: HttpRequest) -> IdentityProvider:
    return IdentityAccountAdapter(request).get_provider(request, settings.EID_PROVIDER)


def _awaited(request: HttpRequest) -> bool:
    return request.GET["state"] in request.session.get("socialaccount_states", {})


def _end_session_url(request: HttpRequest, end_session: dict[str, str] | None) -> str:
    if not end_session:
        return ""
    asked = {"id_token_hint": end_session["id_token"], "post_logout_redirect_uri": request.build_absolute_uri("/")}
    return f"{end_session['url']}?{urlencode(asked)}"
