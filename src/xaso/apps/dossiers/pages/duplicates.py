"""`/ho-so/<code>/trung/<other>/`: two dossiers that look alike, side by side."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from xaso.apps.dossiers import access, queries, words
from xaso.apps.dossiers.actions import looking
from xaso.apps.dossiers.actions.not_duplicate import MAY_SAY, say_not_duplicate
from xaso.apps.dossiers.duplicates import side_by_side
from xaso.apps.dossiers.looking_rules import covered
from xaso.apps.dossiers.models import Dossier
from xaso.apps.dossiers.papers.envelope import masked, phone
from xaso.apps.dossiers.papers.shown_answers import in_one_line
from xaso.apps.dossiers.queries import CaseFile, LookAlike
from xaso.apps.dossiers.shown import case_context
from xaso.kernel.errors import Refusal
from xaso.kernel.worktime import VN
from xaso.platform import clock
from xaso.platform.guard import actor_of, for_roles


@require_GET
@for_roles(*access.CASE_ROLES)
def compare(request: HttpRequest, code: str, other: str) -> HttpResponse:
    """Show both dossiers line by line, differences marked; sensitive answers only to who may see those of both."""
    one, another = _pair(request, code, other)
    now, language, actor = clock.now(), request.LANGUAGE_CODE, actor_of(request)
    seen = [looking.look(actor, case.dossier, now=now) for case in (one, another)]
    shown = [case_context(case, now=now, language=language) for case in (one, another)]
    lines = [list(_lines(case, context, sees_all=all(seen))) for case, context in zip((one, another), shown, strict=True)]
    compared = side_by_side(*lines)
    context = {
        "one": one.dossier,
        "other": another.dossier,
        "lines": compared,
        "differences": sum(line.differs for line in compared),
        "signs": signs_in_words(queries.signs_of(one.dossier, another.dossier)),
        "said": queries.said_not_duplicate(one.dossier, another.dossier),
        "may_say": actor.holds(*MAY_SAY),
        "covered": [case.dossier for case, sees in zip((one, another), seen, strict=True) if not sees],
    }
    return render(request, "dossiers/duplicates.html", context)


@require_POST
@for_roles(*MAY_SAY)
def not_duplicate(request: HttpRequest, code: str, other: str) -> HttpResponse:
    """Record that the two are no duplicates."""
    one, another = _pair(request, code, other)
    say_not_duplicate(actor_of(request), one.dossier.id, another.dossier.id, request.POST.get("note", ""), now=clock.now())
    messages.success(request, _("Đã ghi: %(code)s và %(other)s không trùng.") % {"code": one.dossier.code, "other": another.dossier.code})
    return HttpResponseRedirect(f"/ho-so/{one.dossier.code}/")


def look_alikes_shown(found: list[LookAlike]) -> list[dict[str, Any]]:
    """Return the dossiers that look alike as lines of a warning."""
    return [{"dossier": one.dossier, "state": words.STATES[one.dossier.state][0], "signs": signs_in_words(one.signs)} for one in found]


def signs_in_words(signs: tuple[str, ...]) -> str:
    """Say by what two dossiers look alike: “cùng số định danh, cùng điện thoại”."""
    return ", ".join(str(words.SIGNS[sign]) for sign in signs)


def _pair(request: HttpRequest, code: str, other: str) -> tuple[CaseFile, CaseFile]:
    """Return both, of which the actor may see each; what does not look alike is not compared."""
    actor = actor_of(request)
    try:
        one, another = queries.officer_case(actor, code), queries.officer_case(actor, other)
    except Refusal as refusal:
        raise Http404 from refusal
    if not queries.signs_of(one.dossier, another.dossier):
        raise Http404
    return one, another


def _lines(case: CaseFile, shown: dict[str, Any], *, sees_all: bool) -> Iterator[tuple[str, str]]:
    dossier: Dossier = case.dossier
    yield _("Họ tên"), dossier.applicant_name
    yield _("Số định danh"), masked(dossier.applicant_personal_number)
    yield _("Điện thoại"), phone(dossier.applicant_phone)
    yield _("Thôn"), dossier.village.name if dossier.village else ""
    yield _("Địa chỉ"), dossier.applicant_address
    yield _("Kênh nộp"), str(words.CHANNELS[dossier.channel])
    yield _("Nộp lúc"), dossier.submitted_at.astimezone(VN).strftime("%H:%M, %d/%m/%Y")
    yield _("Đang ở bước"), str(words.STATES[dossier.state][0])
    yield _("Mã quốc gia"), dossier.national_code or ""
    for section in shown["sections"] if sees_all else covered(shown["sections"]):
        for row in section.rows:
            yield row.label, in_one_line(row)
    for paper in shown["papers"]:
        files = ", ".join(attachment.name for attachment in paper["files"])
        yield paper["name"], files or (_("đã xem giấy") if paper["noted"].get("kind") else "")
