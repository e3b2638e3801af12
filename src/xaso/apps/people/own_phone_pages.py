"""`/may-cua-rieng/`: after a sign-in on a phone its person is asked, once, whether the phone is hers alone."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from xaso.apps.people.browsers import is_phone
from xaso.apps.people.locking import COMPUTER_COOKIE
from xaso.apps.people.signing_in import safe_next
from xaso.platform.cookies import cookie_name
from xaso.platform.guard import actor_of

ADDRESS = "/may-cua-rieng/"
ASKED_COOKIE = "may_rieng"
REMEMBERED_SECONDS = 365 * 86_400


def ask_once(request: HttpRequest, onward: HttpResponse) -> HttpResponse:
    """Return the way to the question before where a citizen's sign-in leads; that way itself on a computer, or once it was asked."""
    signed_in = isinstance(onward, HttpResponseRedirect) and request.user.is_authenticated
    known = {cookie_name(ASKED_COOKIE), cookie_name(COMPUTER_COOKIE)} & request.COOKIES.keys()
    if not signed_in or known or not is_phone(request.headers.get("User-Agent", "")):
        return onward
    return HttpResponseRedirect(f"{ADDRESS}?{urlencode({'next': onward['Location']})}")


@never_cache
@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Ask whether the phone is hers alone, and remember on the phone that it was asked. The key is made there, when she says so."""
    after = safe_next(request) or "/"
    if actor_of(request).citizen_id is None:
        return HttpResponseRedirect(after)
    said = {
        "tied": _("Máy này đã gắn với tên anh/chị. Hồ sơ gửi từ máy được nhận ngay, không phải xác nhận lại."),
        "signed_out": _("Anh/chị đăng nhập trước, rồi bấm lại."),
        "failed": _("Chưa làm được. Có sóng rồi anh/chị thử lại."),
    }
    answer = render(request, "people/own_phone.html", {"next": after, "said": said})
    secure = request.is_secure()
    answer.set_cookie(cookie_name(ASKED_COOKIE), "1", max_age=REMEMBERED_SECONDS, httponly=True, samesite="Lax", secure=secure)
    return answer
