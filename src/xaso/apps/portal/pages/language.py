"""`/ngon-ngu/`: remembers the language that somebody chose and goes back to where she was."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xaso.platform.language import languages_offered

REMEMBERED_SECONDS = 365 * 24 * 3600


@never_cache
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Set the cookie to `?ma=` and return to `?ve=`; an unknown language changes nothing."""
    wanted, back = request.GET.get("ma", ""), request.GET.get("ve", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    if wanted in dict(languages_offered()):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, wanted, max_age=REMEMBERED_SECONDS, samesite="Lax", secure=request.is_secure(), httponly=True
        )
    return response
