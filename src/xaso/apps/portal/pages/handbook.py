"""`/cam-nang/`: the citizen handbook, the same for everybody, so that a phone may keep it."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xaso.apps.portal import handbook
from xaso.apps.portal.articles import VIETNAMESE, Article
from xaso.apps.portal.handbook import TOPICS, Shelf
from xaso.kernel.forms import in_language
from xaso.platform import person_less
from xaso.platform.language import LOCAL_LANGUAGES


@require_safe
def contents(request: HttpRequest) -> HttpResponse:
    """List the articles by topic."""
    shelf, language = handbook.shelf(), _interface()
    return person_less.answer(request, "portal/handbook.html", lambda: _contents(shelf, language), stamp=shelf.seen)


@require_safe
def show(request: HttpRequest, article: str) -> HttpResponse:
    """Show one article in the visitor's language, or in that of `?tieng=` where the article has more than the interface."""
    shelf = handbook.shelf()
    found = shelf.find(article)
    if found is None:
        raise Http404
    wanted = request.GET.get("tieng", "")
    language = found.language_for(wanted if wanted in found.languages else _interface())
    about = (found.slug, language)
    return person_less.answer(request, "portal/article.html", lambda: _context(shelf, found, language), about=about, stamp=shelf.seen)


def _context(shelf: Shelf, found: Article, language: str) -> dict[str, Any]:
    interface = _interface()
    before, after = shelf.beside(found)
    return {
        "article": found,
        "text": found.read_in(language),
        "lang": "" if language == interface else language,
        "is_untranslated": interface not in found.languages and language == VIETNAMESE,
        "languages": _choice(found) if set(found.languages) - {code for code, _name in settings.LANGUAGES} else [],
        "before": before and _line(before, interface),
        "after": after and _line(after, interface),
        "said": _said(_("Lưu về máy")),
        "see": [_line(other, interface) for slug in found.see if (other := shelf.find(slug))],
    }


def _contents(shelf: Shelf, language: str) -> dict[str, Any]:
    return {
        "topics": [(TOPICS[topic], [_line(one, language) for one in articles]) for topic, articles in shelf.by_topic()],
        "pages": " ".join((handbook.ADDRESS, *(one.address for one in shelf.articles))),
        "said": _said(_("Lưu cả cẩm nang về máy")),
    }


def _said(save: str) -> dict[str, str]:
    """Return what the script says that keeps articles on the phone."""
    return {
        "save": save,
        "looking": _("Đang hỏi xem nặng bao nhiêu…"),
        "words": _("Lưu chữ, %(size)s KB"),
        "sounds": _("Lưu chữ và tiếng, %(size)s KB"),
        "saving": _("Đang lưu bài %(number)s trong %(count)s"),
        "kept": _("Đã lưu, đọc được khi chưa có sóng."),
        "heard": _("Đã lưu, đọc và nghe được khi chưa có sóng."),
        "failed": _("Chưa lưu được. Có sóng rồi anh/chị thử lại."),
    }


def _line(one: Article, language: str) -> dict[str, str]:
    return {"address": one.address, "title": in_language(one.title, language), "summary": in_language(one.summary, language)}


def _choice(found: Article) -> list[tuple[str, str]]:
    """Return code and name of each language of the article; one that the interface does not know goes by its code."""
    names = {**dict(settings.LANGUAGES), **LOCAL_LANGUAGES}
    return [(code, str(names.get(code, code))) for code in found.languages]


def _interface() -> str:
    return get_language() or VIETNAMESE
