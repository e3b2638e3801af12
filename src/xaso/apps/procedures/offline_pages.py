"""`/ngoai-tuyen/`: the catalogue for the phone, found without a signal with the ranking of the search that has one."""

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xaso.apps.procedures import finding
from xaso.apps.procedures.finding import LINES_A_PAGE, Listed, Place
from xaso.kernel.forms.fields import InVietnamese
from xaso.kernel.search import LIGHT_WORDS
from xaso.platform import guides, person_less
from xaso.platform.kept_pages import PHONE_MAY_KEEP
from xaso.platform.registries import on_phone

PAGE, CATALOGUE = "/ngoai-tuyen/", "/ngoai-tuyen/danh-muc.json"
SHELL = ("/chua-co-song/", "/may-nay/")
TEXTS = ("names", "synonyms", "legal_names", "life_events", "keywords")


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Show the search; a script fills it from the catalogue that the phone keeps."""
    return person_less.answer(request, "procedures/offline.html", lambda: {"said": _said(), "besides": _besides()})


@require_safe
def catalogue(request: HttpRequest) -> JsonResponse:
    """Return what procedures are found by, those apart that others decide by the national database: they may be thousands."""
    place = finding.place_of(request)
    found = place.snapshot.once(("on_phone", place.commune_id, place.language, place.on), lambda: _catalogue(place))
    found = {**found, "guides": guides.on_phone(place.language)}
    return JsonResponse(found, headers={"Cache-Control": "private, no-cache", PHONE_MAY_KEEP: "1"})


def _catalogue(place: Place) -> dict[str, Any]:
    listed = {one.code: one for one in finding.by_use(place)}
    documents = finding.first_documents(place)
    return {
        "light": sorted(LIGHT_WORDS),
        "documents": [
            {"key": one.key, "rank": one.rank, **{name: texts for name in TEXTS if (texts := asdict(one)[name])}} for one in documents
        ],
        "lines": {
            code: {"name": one.name, "summary": one.summary, "guided": str(one.guided_in_words), **_in_vietnamese(one)}
            for code, one in listed.items()
            if code in {document.key for document in documents}
        },
    }


def _in_vietnamese(one: Listed) -> dict[str, list[str]]:
    """Return which texts of a line stand in Vietnamese though another language was asked for: JSON carries no such mark by itself."""
    marked = [name for name in ("name", "summary") if isinstance(getattr(one, name), InVietnamese)]
    return {"in_vietnamese": marked} if marked else {}


def _besides() -> list[str]:
    """Return what a phone keeps with its first form: the pages that say what it holds, and what forms need."""
    return [*SHELL, *(static(name) for plug in on_phone for name in plug.statics)]


def _said() -> dict[str, str | int]:
    return {
        "a_page": LINES_A_PAGE,
        "previous": _("Trang trước"),
        "next": _("Trang sau"),
        "found": _("%(count)s thủ tục"),
        "none": _("Chưa tìm thấy"),
        "try": _("Anh/chị thử gõ ít chữ hơn, không dấu cũng được, ví dụ “khai sinh”, “sao y”."),
        "saved": _("Đã lưu, khai được khi chưa có sóng"),
        "kept": _("Đã lưu trên máy"),
        "save": _("Lưu về máy"),
        "save_size": _("Nặng %(size)s KB. Bấm lần nữa để lưu"),
        "not_online": _("Thủ tục này không nộp qua mạng"),
        "looking": _("Đang hỏi xem nặng bao nhiêu…"),
        "saving": _("Đang lưu…"),
        "not_saved": _("Chưa lưu được. Có sóng rồi anh/chị thử lại."),
        "no_catalogue": _("Máy này chưa lưu danh mục thủ tục. Có sóng, anh/chị mở trang này một lần."),
        "most_used": _("Đã lưu trên máy"),
        "no_worker": _("Trình duyệt này không lưu được. Anh/chị vẫn nộp qua mạng được."),
    }
