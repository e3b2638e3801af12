"""`/y-kien/…`: a person's answer. `/hai-long/`: the tablet at the desk, and what leaders see."""

from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xaso.apps.satisfaction import access, queries, rules, words
from xaso.apps.satisfaction.actions import answering, asking
from xaso.apps.satisfaction.models import AskingScreen, Question
from xaso.apps.satisfaction.options import LEAST_ANSWERS
from xaso.apps.satisfaction.shown import faces_shown
from xaso.kernel.errors import Refusal
from xaso.platform import clock
from xaso.platform.errors import words_for
from xaso.platform.guard import actor_of, for_roles
from xaso.platform.sheets import pages as sheet_pages

ANSWERED, SCREEN = "answered_questions", "asking_screen"
SCREEN_ADDRESS = "/hai-long/man-hinh/quay/"
MOST_ANSWERED = 20
RESTING_SECONDS, THANKS_SECONDS, ASKING_SECONDS = 4, 12, 60
"""After how long the tablet looks for news: often while it rests, seldom while somebody reads the question."""


@never_cache
@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, key: str) -> HttpResponse:
    """Ask; sent, keep the face or the remark. What was chosen is shown to the browser that chose it, and to nobody else."""
    actor, now = actor_of(request), clock.now()
    try:
        asked = queries.get_question(actor, key)
    except Refusal as refusal:
        return _closed(request, words_for(refusal), status=404)
    if request.method == "POST":
        try:
            if "remark" in request.POST:
                answering.add_remark(actor, _own(request, asked), request.POST["remark"], now=now)
                messages.success(request, _("Xã đã nhận góp ý của anh/chị."))
            else:
                answering.answer(actor, key, _face(request), now=now)
        except Refusal as refusal:
            return _closed(request, words_for(refusal), status=409)
        answered = [*request.session.get(ANSWERED, []), str(asked.id)]
        request.session[ANSWERED] = list(dict.fromkeys(answered))[-MOST_ANSWERED:]
        return HttpResponseRedirect(request.path)
    standing = "staff" if actor.kind == "staff" else rules.standing(asked.asked_at, asked.answered_at, now)
    if standing in words.CLOSED:
        return _closed(request, words.CLOSED[standing], status=410 if standing == rules.EXPIRED else 200)
    own = str(asked.id) in request.session.get(ANSWERED, [])
    context = {"question": asked, "standing": standing, "faces": faces_shown(), "chosen": _chosen(asked) if own else None, "own": own}
    return render(request, "satisfaction/question.html", context)


@require_POST
@for_roles(access.DESK)
def ask_at_desk(request: HttpRequest) -> HttpResponse:
    """Show the question about a result on the official's tablet."""
    back = request.POST.get("ve", "")
    try:
        asking.show_on_screens(actor_of(request), request.POST.get("subject", ""), now=clock.now())
    except Refusal as refusal:
        if refusal.code == "satisfaction.not_found":
            raise Http404 from refusal
        messages.error(request, words_for(refusal))
        if refusal.code == "satisfaction.no_screen":
            return HttpResponseRedirect("/hai-long/man-hinh/")
    else:
        messages.success(request, _("Câu hỏi đang hiện trên màn hình ở quầy. Mời bà con chạm một mặt."))
    return HttpResponseRedirect(back if back.startswith("/ho-so/") else "/can-bo/")


@require_http_methods(["GET", "POST"])
@for_roles(access.DESK)
def open_screen(request: HttpRequest) -> HttpResponse:
    """Turn this device into the screen of the official's desk: she is signed out on it, so that nobody who uses it is an official."""
    if request.method == "GET":
        return render(request, "satisfaction/open_screen.html")
    now = clock.now()
    screen = asking.open_screen(actor_of(request), now=now)
    logout(request)
    request.session[SCREEN] = str(screen.id)
    request.session.set_expiry(int(rules.SCREEN_LASTS.total_seconds()))
    return HttpResponseRedirect(SCREEN_ADDRESS)


@never_cache
@require_http_methods(["GET", "POST"])
def screen(request: HttpRequest) -> HttpResponse:
    """What the tablet shows: a rest, the question of the person at the desk, thanks. It looks for news by itself."""
    now = clock.now()
    opened = _opened(request, now)
    if opened is None:
        return _closed(request, _("Màn hình này chưa mở. Cán bộ một cửa đăng nhập rồi mở ở trang “Màn hình hỏi ý kiến”."))
    if request.method == "POST":
        said = ""
        try:
            answering.answer_on_screen(actor_of(request), opened.id, _uuid(request.POST.get("question", "")), _face(request), now=now)
            said = "?cam-on=1"
        except Refusal:
            pass
        return HttpResponseRedirect(f"{SCREEN_ADDRESS}{said}")
    shows = opened.question if opened.shown_until and opened.shown_until > now else None
    thanked = "cam-on" in request.GET
    seconds = ASKING_SECONDS if shows else THANKS_SECONDS if thanked else RESTING_SECONDS
    context = {"question": shows, "faces": faces_shown(), "thanks": thanked, "reload_seconds": seconds}
    return render(request, "satisfaction/screen.html", context)


@require_GET
@for_roles(*access.LEADERS)
def report(request: HttpRequest) -> HttpResponse:
    """Show the shares of each month and procedure; with a month and procedure in the address, what people wrote."""
    actor, now = actor_of(request), clock.now()
    rows = queries.list_shares(actor, now)
    wanted = next(
        (row for row in rows if f"{row.month:%Y-%m}" == request.GET.get("thang") and row.code == request.GET.get("thu-tuc")), None
    )
    months = [(month, [_shown(row) for row in of_month]) for month, of_month in groupby(rows, key=lambda row: row.month)]
    context = {
        "months": months,
        "heads": [words.FACES[face][0] for face in rules.FACES],
        "least": LEAST_ANSWERS.value(),
        "last": rules.last_month_shown(now),
        "wanted": wanted,
        "remarks": queries.list_remarks(actor, wanted.month, wanted.code) if wanted and wanted.code else [],
    }
    return render(request, "satisfaction/report.html", context)


@require_GET
@for_roles(*access.LEADERS)
def export(request: HttpRequest) -> HttpResponseBase:
    """Send the shares as a workbook, at the address it always had."""
    return sheet_pages.send(request, "hai-long")


def _own(request: HttpRequest, asked: Question) -> str:
    """Return the token for who tapped in this browser; a remark from another one is nobody's."""
    if str(asked.id) not in request.session.get(ANSWERED, []):
        raise Refusal("satisfaction.not_found")
    return asked.token


def _opened(request: HttpRequest, now: datetime) -> AskingScreen | None:
    screen_id = _uuid(request.session.get(SCREEN, ""))
    return queries.screen_of(actor_of(request), screen_id, now)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def _face(request: HttpRequest) -> int:
    text = request.POST.get("face", "")
    return int(text) if len(text) == 1 and text.isascii() and text.isdigit() else 0


def _closed(request: HttpRequest, text: Any, *, status: int = 200) -> HttpResponse:
    return render(request, "satisfaction/closed.html", {"text": text}, status=status)


def _chosen(asked: Question) -> dict[str, Any] | None:
    return next((face for face in faces_shown() if face["face"] == asked.face), None)


def _shown(row: rules.Share) -> dict[str, Any]:
    return {"row": row, "counts": [row.counts[face] for face in rules.FACES], "percent": f"{row.percent:.1f}".replace(".", ",")}
