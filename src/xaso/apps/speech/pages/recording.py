"""`/quan-tri/giong-noi/`: people's voices by language: what is missing, recording in the browser or from a file, approval by another."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from xaso.apps.speech import access, queries
from xaso.apps.speech.actions import recording as acts
from xaso.apps.speech.foreign import MOST_BYTES
from xaso.apps.speech.words import LANGUAGES
from xaso.kernel.errors import Refusal
from xaso.platform import clock
from xaso.platform.errors import words_for
from xaso.platform.guard import actor_of, for_roles

PLACE = "/quan-tri/giong-noi/"
PAGES_A_PAGE = 50
MICROPHONE = "camera=(self), geolocation=(self), microphone=(self), payment=(), usb=(), browsing-topics=()"
for_voices = for_roles(*access.RECORDERS, *access.APPROVERS)


@require_GET
@never_cache
@for_voices
def show(request: HttpRequest) -> HttpResponse:
    """Show how much people have spoken by language, and the pages with what is missing in the chosen one."""
    language = chosen_language(request.GET)
    commune_id = _commune_of(request)
    page = Paginator(queries.list_pages(commune_id, language), PAGES_A_PAGE).get_page(request.GET.get("trang"))
    able, total = queries.made_share(commune_id)
    context = {
        "language": language,
        "language_name": LANGUAGES[language],
        "coverage": [(one, LANGUAGES[one.language]) for one in queries.coverage(commune_id)],
        "page": page,
        "query": f"tieng={language}",
        "able": able,
        "total": total,
        "percent": 100 * able // total if total else 0,
    }
    return render(request, "speech/voices.html", context)


@require_GET
@never_cache
@for_voices
def show_page(request: HttpRequest, language: str, page_id: UUID) -> HttpResponse:
    """Show the sentences of a page with what people have spoken of them in the language."""
    return _page_shown(request, language, page_id)


@require_POST
@for_voices
def record(request: HttpRequest, language: str, page_id: UUID, key: str) -> HttpResponse:
    """Take a recording of a sentence, from the browser's recorder or from a file."""
    upload = request.FILES.get("sound")
    if upload is None:
        return _page_shown(request, language, page_id, key, _("Anh/chị thu hoặc chọn tệp trước."))
    content = upload.read() if (upload.size or 0) <= MOST_BYTES else b"\0" * (MOST_BYTES + 1)
    try:
        acts.record(actor_of(request), key, language, content, now=clock.now())
    except Refusal as refusal:
        if refusal.code in {"speech.not_found", "speech.language_unknown"}:
            raise Http404 from refusal
        return _page_shown(request, language, page_id, key, words_for(refusal))
    messages.success(request, _("Đã nhận bản thu. Người khác nghe và duyệt thì người dân mới nghe thấy."))
    return HttpResponseRedirect(f"{PLACE}{language}/{page_id}/#cau-{key}")


@require_POST
@for_voices
def approve(request: HttpRequest, language: str, page_id: UUID, recording_id: UUID) -> HttpResponse:
    """Let citizens hear a recording."""
    try:
        acts.approve(actor_of(request), recording_id, now=clock.now())
    except Refusal as refusal:
        if refusal.code != "speech.own":
            raise Http404 from refusal
        messages.error(request, words_for(refusal))
    else:
        messages.success(request, _("Từ nay người dân nghe bản thu này."))
    return HttpResponseRedirect(f"{PLACE}{language}/{page_id}/")


@require_POST
@for_voices
def remove(request: HttpRequest, language: str, page_id: UUID, recording_id: UUID) -> HttpResponse:
    """Take a recording back."""
    try:
        acts.remove(actor_of(request), recording_id, now=clock.now())
    except Refusal as refusal:
        raise Http404 from refusal
    messages.success(request, _("Đã bỏ bản thu."))
    return HttpResponseRedirect(f"{PLACE}{language}/{page_id}/")


def _page_shown(request: HttpRequest, language: str, page_id: UUID, key: str = "", error: str = "") -> HttpResponse:
    """Show a page's sentences; an error stands beside the sentence that it is about."""
    if language not in LANGUAGES:
        raise Http404
    actor = actor_of(request)
    try:
        page = queries.get_page(_commune_of(request), page_id)
    except Refusal as refusal:
        raise Http404 from refusal
    context: dict[str, Any] = {
        "listened": page,
        "language": language,
        "language_name": LANGUAGES[language],
        "lines": queries.lines_of(page, language),
        "changed": queries.changed_on(page, language),
        "may_approve": access.may_approve(actor),
        "account_id": actor.account_id,
        "failed_key": key,
        "error": error,
        "base": f"{PLACE}{language}/{page.id}/",
    }
    response = render(request, "speech/voices_page.html", context, status=422 if error else 200)
    response.headers["Permissions-Policy"] = MICROPHONE
    return response


def chosen_language(query: QueryDict) -> str:
    """Return the language that the address asks for, else Hmong."""
    asked = query.get("tieng", "")
    return asked if asked in LANGUAGES else "hmn"


def _commune_of(request: HttpRequest) -> UUID:
    commune_id = actor_of(request).commune_id
    if commune_id is None:
        raise Http404
    return commune_id
