"""What makes Xã Số an app of the phone: its manifest, its service worker, and the pages that work without a signal."""

import hashlib
import json
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xaso.platform.person_less import answer
from xaso.platform.registries import on_phone

WORKER = Path(__file__).resolve().parents[1] / "worker" / "worker.js"
SCRIPTS = ("xaso/phone/store.js", "xaso/phone/outbox.js")
SHELL = ("/chua-co-song/", "/may-nay/")
STATICS = ("xaso/xaso.css", "xaso/xaso.js", "xaso/sprite.svg", "xaso/icon.svg")


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Return the service worker. Its bytes change with whatever the phone is to keep anew, which is how a browser learns of it."""
    statics = [static(name) for name in (*STATICS, *(name for plug in on_phone for name in plug.statics))]
    setting = {"scripts": [static(name) for name in SCRIPTS], "statics": statics, "pages": list(SHELL), "list": "/may-nay/trang.json"}
    setting["version"] = hashlib.sha256((json.dumps(setting) + _source()).encode()).hexdigest()[:12]
    script = f"const XASO = {json.dumps(setting)};\n{_source()}"
    return HttpResponse(script, content_type="text/javascript", headers={"Cache-Control": "no-cache"})


@require_safe
def pages_to_keep(request: HttpRequest) -> JsonResponse:
    """List the pages that a phone keeps unasked, the most needed first."""
    pages = [address for plug in on_phone for address in plug.pages(request)]
    return JsonResponse({"pages": pages}, headers={"Cache-Control": "no-cache"})


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """Return the manifest by which a phone puts the commune's Xã Số among its programs."""
    commune = request.commune  # type: ignore[attr-defined]
    icons = [{"src": static("xaso/icon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}]
    icons += [
        {"src": static(f"xaso/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": "any maskable"}
        for size in (192, 512)
    ]
    name = _("Xã Số %(commune)s") % {"commune": commune.name} if commune else _("Xã Số")
    shown = {
        "id": "/",
        "name": name,
        "short_name": commune.name if commune else name,
        "description": _("Làm thủ tục của xã trên điện thoại, cả khi chưa có sóng."),
        "lang": get_language() or "vi",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#FBF9F4",
        "theme_color": "#12263F",
        "icons": icons,
        "shortcuts": [{"name": _("Trên máy này"), "url": "/may-nay/"}, {"name": _("Thủ tục"), "url": "/thu-tuc/"}],
    }
    return JsonResponse(shown, content_type="application/manifest+json", headers={"Cache-Control": "no-cache"})


@require_safe
def no_signal(request: HttpRequest) -> HttpResponse:
    """Say honestly that a page needs a signal, and what can be done here without one."""
    return answer(request, "portal/no_signal.html", dict)


@require_safe
def my_phone(request: HttpRequest) -> HttpResponse:
    """Show what this phone keeps: what waits to be sent, saved procedures, its key, its lock. The phone itself fills it in."""
    return answer(request, "portal/my_phone.html", lambda: {"said": said_on_my_phone()})


def said_on_my_phone() -> dict[str, str]:
    """Return what the script of “Trên máy này” says, in the visitor's language."""
    return {
        "draft": _("Đang ghi dở, chưa nộp"),
        "asked": _("Xã xin thêm giấy tờ"),
        "add": _("Bổ sung ngay trên máy này"),
        "supplement_received": _("Xã đã nhận bổ sung, mã %(code)s"),
        "needs_sign_in": _("Chờ anh/chị đăng nhập để gửi"),
        "sign_in_to_send": _("Đăng nhập để gửi"),
        "waiting": _("Chờ sóng. Có sóng sẽ tự gửi"),
        "sending": _("Đang gửi %(percent)s %%"),
        "received": _("Xã đã nhận, mã %(code)s"),
        "waiting_for_person": _("Xã đã nhận, chờ xác nhận người nộp"),
        "look": _("Cần anh/chị xem"),
        "see": _("Cần anh/chị xem"),
        "erased": _("Xã đã bỏ"),
        "nameless": _("Hồ sơ ghi trên máy này"),
        "sign_in": _("Đăng nhập để đọc"),
        "slip": _("Giấy hẹn của xã"),
        "late": _(
            "Đã hơn một ngày chưa gửi được. Anh/chị mang máy đến chỗ có sóng rồi bấm “Gửi ngay”, hoặc mang máy đến quầy một cửa của xã."
        ),
        "saved_at": _("lưu lúc %(time)s ngày %(day)s"),
        "go_on": _("Làm tiếp"),
        "open": _("Xem hồ sơ"),
        "mend": _("Xem và sửa"),
        "confirm": _("Đăng nhập để xác nhận"),
        "drop": _("Xóa"),
        "drop_sure": _("Xóa bản này khỏi máy? Những gì chưa gửi sẽ mất."),
        "empty": _("Máy này chưa giữ hồ sơ nào."),
        "size": _("Đang dùng %(used)s, còn trống %(free)s."),
        "size_unknown": _("Máy không cho biết còn trống bao nhiêu."),
        "wiped": _("Đã xóa hết khỏi máy này."),
        "wipe_sure": _("Máy còn %(count)s hồ sơ chưa gửi. Xóa bây giờ thì mất hẳn. Anh/chị vẫn xóa?"),
        "pin_wrong": _("Mã PIN chưa đúng. Anh/chị thử lại."),
        "pin_short": _("Mã PIN cần ít nhất 4 chữ số."),
        "pin_twice": _("Hai lần gõ chưa giống nhau. Anh/chị gõ lại."),
        "pin_set": _("Đã khóa. Lần sau mở bản đang ghi dở thì gõ mã PIN."),
        "pin_off": _("Đã bỏ mã PIN."),
        "tied": _("Máy này đã gắn với tên anh/chị. Hồ sơ gửi từ máy được nhận ngay, không phải xác nhận lại."),
        "not_signed_in": _("Anh/chị đăng nhập trước, rồi bấm lại."),
        "failed": _("Chưa làm được. Có sóng rồi anh/chị thử lại."),
        "cannot": _("Trình duyệt này không giữ được gì trên máy (có thể đang mở ẩn danh). Anh/chị vẫn nộp qua mạng được."),
        "nothing_saved": _("Chưa lưu thủ tục nào."),
        "looking": _("Đang hỏi xem nặng bao nhiêu…"),
        "save_all_size": _("Lưu %(count)s trang, khoảng %(size)s KB"),
        "saving": _("Đang lưu…"),
        "not_all_saved": _("Chưa lưu hết. Bấm để lưu tiếp"),
        "all_saved": _("Đã lưu các biểu mẫu thường dùng. Từ giờ khai được cả khi chưa có sóng."),
    }


@cache
def _source() -> str:
    return WORKER.read_text(encoding="utf-8")
