"""The pages of the stand-in: pick a person, authorize, and the control of its behaviour."""

import json
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from oauth2_provider.models import Application
from oauth2_provider.views import AuthorizationView, TokenView

from xaso_standins.eid import settings
from xaso_standins.eid.misbehaviour import MODES, WRONGS, conduct
from xaso_standins.eid.models import Person
from xaso_standins.eid.people import People

people = People(settings.CITIZENS_FILE)
used_codes: list[str] = []


@never_cache
def pick(request: HttpRequest) -> HttpResponse:
    """List people to sign in as; take the one who was picked back to the authorization that asked."""
    after = request.GET.get("next") or request.POST.get("next") or ""
    if not after.startswith("/authorize/?"):
        return render(request, "eid/pick.html", {"lost": True}, status=400)
    if request.method == "POST" and "cancel" in request.POST:
        return _deny(after)
    if request.method == "POST":
        return _sign_in(request, after)
    words = request.GET.get("q", "")
    asked = dict(parse_qsl(urlsplit(after).query)).get("acr_values", "")
    context = {"asked": asked, "next": after, "words": words, "people": people.search(words), "total": f"{len(people):,}".replace(",", ".")}
    return _with_policy(render(request, "eid/pick.html", context))


class AuthorizePage(AuthorizationView):
    """Gives the client a code for the person just picked, and forgets her: the next sign-in picks anew."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if conduct.mode == "denied":
            return _deny(request.get_full_path())
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        if request.user.is_authenticated:
            logout(request)
            if conduct.mode == "twice" and used_codes:
                response["Location"] = _with_query(response["Location"], code=used_codes[-1])
        return response


class TokenPage(TokenView):
    """Exchanges a code for tokens; breaks the signature where it was told to."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post(request, *args, **kwargs)
        used_codes[:] = [request.POST.get("code", "")]
        if conduct.is_wrong("key") and response.status_code == 200:
            answer = json.loads(response.content)
            head, body, mark = answer["id_token"].split(".")
            answer["id_token"] = ".".join([head, body, mark[::-1]])
            response.content = json.dumps(answer).encode()
        return response


@csrf_exempt
def control(request: HttpRequest) -> HttpResponse:
    """Show the behaviour, or change it: POST mode=…, what=…, seconds=…"""
    mode, what = request.POST.get("mode", conduct.mode), request.POST.get("what", conduct.what)
    if mode not in MODES or what not in WRONGS:
        return HttpResponseBadRequest(f"mode: {', '.join(MODES)}; what: {', '.join(WRONGS)}\n")
    if request.method == "POST":
        conduct.mode, conduct.what = mode, what
        conduct.seconds = float(request.POST.get("seconds", conduct.seconds))
    return JsonResponse({"mode": conduct.mode, "what": conduct.what, "seconds": conduct.seconds, "people": len(people)})


def home(request: HttpRequest) -> HttpResponse:
    """Say what this is."""
    return render(request, "eid/pick.html", {"lost": True})


def _sign_in(request: HttpRequest, after: str) -> HttpResponse:
    found = people.find(request.POST.get("person", ""))
    if found is None:
        return redirect(f"{settings.LOGIN_URL}?{urlencode({'next': after})}")
    level = "1" if "low" in request.POST else str(found["identity_level"])
    person, _made = Person.objects.update_or_create(sub=found["sub"], defaults={"facts": found | {"acr": level}})
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    return redirect(after)


def _deny(authorize_path: str) -> HttpResponse:
    asked = dict(parse_qsl(urlsplit(authorize_path).query))
    client = Application.objects.filter(client_id=asked.get("client_id", "")).first()
    back = asked.get("redirect_uri", "")
    if client is None or not client.redirect_uri_allowed(back):
        return HttpResponseBadRequest("redirect_uri\n")
    return redirect(f"{back}?{urlencode({'error': 'access_denied', 'state': asked.get('state', '')})}")


def _with_query(url: str, **changed: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(query=urlencode(dict(parse_qsl(parts.query)) | changed)))


def _with_policy(response: HttpResponse) -> HttpResponse:
    """Let the form go to ourselves and, after the redirects, to the clients; nothing else loads."""
    origins = " ".join(settings.CLIENT_ORIGINS)
    response["Content-Security-Policy"] = f"default-src 'none'; style-src 'unsafe-inline'; form-action 'self' {origins}; base-uri 'none'"
    return response
