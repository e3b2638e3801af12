"""`/xac-minh/tep/`: anyone may bring a PDF and ask whose signatures it bears, and whether they hold. The file is not kept."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xaso.apps.signing import check_words
from xaso.apps.signing.checking import check_foreign, overall
from xaso.apps.signing.shapes import SignatureCheck
from xaso.kernel.errors import Refusal
from xaso.platform import clock, ratelimit
from xaso.platform.admission import content_of
from xaso.platform.errors import words_for
from xaso.platform.guard import actor_of

CHECKS_PER_ADDRESS, CHECKS_IN_ALL, WINDOW_SECONDS = 20, 120, 600
LONGEST_NAME = 120


class CheckForm(forms.Form):
    """The file to be checked."""

    pdf = forms.FileField(
        label=gettext_lazy("Tệp PDF đã ký số"),
        help_text=gettext_lazy("Nặng nhất 10 MB. Xã chỉ đọc chữ ký trong tệp, không giữ tệp lại."),
        error_messages={"required": gettext_lazy("Anh/chị chọn tệp."), "empty": gettext_lazy("Tệp rỗng. Anh/chị chọn tệp khác.")},
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
    )


@never_cache
@require_http_methods(["GET", "POST"])
def check_file(request: HttpRequest) -> HttpResponse:
    """Ask for a PDF; sent, tell of each of its signatures who made it, when, whether it holds, and what the file got afterwards."""
    form = CheckForm(request.POST or None, request.FILES or None)
    if request.method == "GET" or not form.is_valid():
        return _page(request, {"form": form}, HTTPStatus.OK if request.method == "GET" else HTTPStatus.UNPROCESSABLE_ENTITY)
    upload = form.cleaned_data["pdf"]
    try:
        _count(request)
        checks = check_foreign(content_of(upload), now=clock.now())
    except Refusal as refusal:
        form.add_error("pdf", words_for(refusal))
        is_held = refusal.code == "platform.too_many"
        return _page(request, {"form": form}, HTTPStatus.TOO_MANY_REQUESTS if is_held else HTTPStatus.UNPROCESSABLE_ENTITY)
    return _page(request, {"form": CheckForm(), "name": (upload.name or "")[:LONGEST_NAME], **_shown(checks)}, HTTPStatus.OK)


def _count(request: HttpRequest) -> None:
    now = clock.now()
    ratelimit.count(f"check-pdf:{actor_of(request).address}", limit=CHECKS_PER_ADDRESS, window_seconds=WINDOW_SECONDS, now=now)
    ratelimit.count("check-pdf", limit=CHECKS_IN_ALL, window_seconds=WINDOW_SECONDS, now=now)


def _shown(checks: list[SignatureCheck]) -> dict[str, Any]:
    names = {one.field: one.signer for one in checks if one.signer}
    signatures = [check_words.shown(one, names) for one in checks]
    return {"checked": True, "answer": check_words.answer(overall(checks), checks), "signatures": signatures}


def _page(request: HttpRequest, context: dict[str, Any], status: HTTPStatus) -> HttpResponse:
    response = render(request, "signing/check.html", context, status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
