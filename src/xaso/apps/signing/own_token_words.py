"""What pages say while the program on the official's computer is asked for a signature, and what went wrong there."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from xaso.apps.signing import options

SCRIPT = "signing/own-token.js"
SAID: dict[str, Any] = {
    "looking": _("Đang tìm chương trình ký trên máy này…"),
    "preparing": _("Đang chuẩn bị giấy để ký…"),
    "asking": _("Mời anh/chị gõ mã PIN vào cửa sổ của chương trình ký. Đừng đóng trang này."),
    "sending": _("Token đã ký. Đang đóng dấu và lưu…"),
    "no_program": _(
        "Không gặp được chương trình ký trên máy này. Anh/chị mở chương trình “Ký bằng USB token” rồi bấm lại. "
        "Nếu đã mở: chương trình chưa được cho phép trang này, hoặc trình duyệt chặn; xem mục bên dưới."
    ),
    "busy": _("Chương trình ký đang hỏi việc khác. Anh/chị trả lời ở cửa sổ đó trước, rồi bấm lại."),
    "declined": _("Anh/chị đã chọn không ký, hoặc quá 3 phút chưa gõ PIN. Chưa có gì được ký."),
    "declined_rest": _("Anh/chị đã chọn không ký tiếp, hoặc quá 3 phút chưa gõ PIN."),
    "pin_wrong": _("Mã PIN sai 3 lần nên chương trình dừng lại. Token cũng đếm số lần sai: sai thêm nữa token có thể tự khóa."),
    "pin_locked": _("USB token đã tự khóa mã PIN. Anh/chị liên hệ nơi cấp chứng thư số để mở khóa."),
    "key_missing": _("Trên máy này chưa thấy USB token chứa chứng thư số của anh/chị. Anh/chị cắm đúng token rồi bấm lại."),
    "token_gone": _("USB token không trả lời. Anh/chị rút ra, cắm lại rồi bấm lại."),
    "no_module": _("Chương trình ký chưa được khai thư viện PKCS#11 của token. Anh/chị nhờ người cài máy khai giúp."),
    "bad_request": _("Chương trình ký không hiểu trang này. Anh/chị cài bản mới nhất của chương trình."),
    "no_signal": _("Không gặp được máy chủ của xã. Anh/chị xem lại mạng rồi bấm lại."),
    "gone": _("Kết quả này không còn chờ anh/chị ký."),
    "progress": _("Đã ký {signed} trên {papers} kết quả."),
    "left": _("Còn {left} kết quả chưa ký; số của chúng đã trả lại. Bấm nút để ký tiếp."),
    "stopping": _("Đang dừng: những giấy token vừa ký được đóng dấu và lưu nốt."),
    "ended": _("Đã xong."),
    "none_found": _("Trên USB token chưa thấy chứng thư số nào. Anh/chị cắm token rồi bấm lại."),
}

STEPS = (
    _("Nhờ người cài máy cài chương trình xaso-signer và khai thư viện PKCS#11 của token (theo tài liệu của xã)."),
    _("Cho phép trang này, chỉ một lần, bằng lệnh: xaso-signer allow %(origin)s"),
    _("Mở chương trình “Ký bằng USB token” và để nó chạy khi làm việc."),
    _("Nếu trình duyệt hỏi có cho trang này nối với ứng dụng trên máy không, chọn cho phép."),
    _("Mã PIN chỉ gõ vào cửa sổ của chương trình ký. Trang này không bao giờ hỏi mã PIN."),
)


@dataclass(frozen=True)
class LocalProgram:
    """The program as a page knows it: its address on her own computer, the words for what comes of asking it, how it is set up."""

    address: str
    said: dict[str, str]
    steps: tuple[str, ...]


def local_program(origin: str) -> LocalProgram:
    """Return what a page at the origin says and asks, in the user's language."""
    address = f"http://127.0.0.1:{options.SIGNER_PORT.value()}"
    steps = tuple(str(step) % {"origin": origin} for step in STEPS)
    return LocalProgram(address, {code: str(words) for code, words in SAID.items()}, steps)
