"""`/ngoai-tuyen/`: the forms as pages that belong to no person, which a phone keeps and fills without a signal."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xaso.apps.dossiers import contact, queries, words
from xaso.apps.dossiers.form_choices import form_choices
from xaso.apps.dossiers.options import POST_FEE_VND
from xaso.apps.dossiers.shapes import Applicant
from xaso.apps.procedures import facade as procedures
from xaso.kernel.forms.on_phone import blank_rows, conditions_on_phone, schema_on_phone, with_every_question
from xaso.kernel.worktime import VN
from xaso.platform import clock, person_less
from xaso.platform.forms import BoundForm, words_on_phone

KEPT_UNASKED = 20
STATICS = (
    "xaso/phone/phone.css",
    *(f"xaso/phone/{name}.js" for name in ("store", "outbox", "form", "papers")),
    "dossiers/offline.js",
    "xaso/photo.js",
)
"""What every form needs on the phone."""


@require_safe
def form(request: HttpRequest, procedure_code: str) -> HttpResponse:
    """Show the whole form of a procedure that is filed online; of others the page that shows the way."""
    commune, today = request.commune, clock.now().astimezone(VN).date()  # type: ignore[attr-defined]
    version = procedures.current(commune.id, procedure_code, today) if commune else None
    if version is None:
        raise Http404
    if not is_filed_online(commune.id, version):
        return HttpResponseRedirect(f"/thu-tuc/{version.code}/")
    return person_less.answer(request, "dossiers/offline_form.html", lambda: _context(commune.id, version), about=version.id, stamp=today)


def is_filed_online(commune_id: Any, version: procedures.ProcedureVersion) -> bool:
    """Tell whether citizens file this procedure here through the net."""
    offered = procedures.filing_place(commune_id, version, "online") != procedures.NOT_OFFERED
    return offered and version.has_form() and not procedures.is_guided(commune_id, version)


def addresses_to_keep(request: HttpRequest) -> list[str]:
    """Return the forms that phones keep unasked: those filed most in the commune, then those that people do most anywhere."""
    commune = request.commune  # type: ignore[attr-defined]
    if commune is None:
        return []
    today = clock.now().astimezone(VN).date()
    filed = (procedures.current(commune.id, code, today) for code in queries.most_filed(commune.id, KEPT_UNASKED))
    usual = sorted((one for one in procedures.versions_in_force(today) if one.popular), key=lambda one: one.popular or 0)
    wanted = {version.code: version for version in (*filed, *usual) if version is not None and is_filed_online(commune.id, version)}
    return [f"/ngoai-tuyen/{code}/" for code in list(wanted)[:KEPT_UNASKED]]


def _context(commune_id: Any, version: procedures.ProcedureVersion) -> dict[str, Any]:
    language = get_language() or "vi"
    papers = [paper for paper in version.papers if "online" in paper.channels]
    bound = BoundForm(with_every_question(version.form), blank_rows(version.form), language=language, choices=form_choices(commune_id))
    return {
        "version": version,
        "screens": bound.screens,
        "papers": papers,
        "always": [paper for paper in papers if paper.required and not paper.conditions],
        "sometimes": [paper for paper in papers if paper.conditions or not paper.required],
        "applicant": Applicant(name=""),
        "term": procedures.term_shown(commune_id, version, "online"),
        "post_fee": POST_FEE_VND.value(),
        "held_for": words.HELD_FOR.get(procedures.filing_place(commune_id, version, "online")),
        "known": {
            "procedure": version.code,
            "version": str(version.id),
            "name": version.name(language),
            "language": language,
            "today": clock.now().astimezone(VN).date().isoformat(),
            "schema": schema_on_phone(version.form, language),
            "papers": [{"id": paper.id, "required": paper.required, "when": conditions_on_phone(paper.conditions)} for paper in papers],
            "words": words_on_phone(),
            "contact": {name: str(text) for name, text in contact.WORDS.items()},
            "said": _said(),
        },
    }


def _said() -> dict[str, str]:
    """Return what the script of the form says, in the visitor's language."""
    return {
        "step": _("bước %(place)s trong %(count)s"),
        "saved": _("Đã lưu trên máy này lúc %(time)s"),
        "not_saved": _("Máy không lưu được. Xin giữ trang này mở."),
        "faults": _("Còn %(count)s chỗ cần sửa"),
        "empty": _("Chưa điền"),
        "mend": _("Sửa"),
        "files": _("%(count)s tệp"),
        "missing": _("chưa có"),
        "none": _("không có"),
        "later": _("Để sau"),
        "without": _("Tôi không có giấy này"),
        "next": _("Tiếp tục"),
        "drop": _("Bỏ"),
        "enlarge": _("Xem to"),
        "papers_missing": _("Còn thiếu ảnh giấy tờ: %(papers)s"),
        "must_agree": _("Anh/chị đánh dấu vào ô này để nộp."),
        "full": _("Máy sắp hết chỗ, chụp thêm sẽ không lưu được. Anh/chị xóa bớt ảnh, tệp trên máy rồi mở lại trang này."),
        "too_big": _("Tệp nặng quá 10 MB. Anh/chị chọn tệp nhẹ hơn."),
        "waiting": _("Đã lưu trên máy này, sẽ gửi khi có sóng"),
        "sending": _("Đang gửi %(percent)s %%"),
        "received": _("Xã đã nhận, mã %(code)s"),
        "waiting_for_person": _("Xã đã nhận, chờ xác nhận người nộp"),
        "cannot": _("Trình duyệt này không giữ được gì trên máy (có thể đang mở ẩn danh). Anh/chị vẫn nộp qua mạng được."),
        "sealed": _("Hồ sơ này đã được niêm lại lúc đăng xuất. Chủ máy đăng nhập rồi mở lại ở đây, hoặc hỏi ở quầy một cửa của xã."),
        "locked": _("Bản này đang khóa bằng mã PIN. Anh/chị mở khóa ở trang “Trên máy này”."),
        "put_back": _("Những gì anh/chị gõ lúc còn sóng đã chuyển sang đây."),
        "gone": _("Bản này không còn trên máy."),
        "look": _("Xã xem chưa nhận được. Anh/chị sửa chỗ được nêu rồi nộp lại, những gì đã khai vẫn còn."),
        "yes": _("Có"),
        "no": _("Không"),
    }
