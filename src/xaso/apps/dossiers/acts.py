"""What the acts of this room are called in the record of who looked."""

from django.utils.translation import gettext_lazy as _

from xaso.apps.dossiers import words
from xaso.apps.dossiers.actions import admitting, confirming, looking, searching
from xaso.apps.dossiers.looking_rules import PURPOSES
from xaso.platform.acts import Fact, declare_acts, declare_facts

ACTS = {
    looking.LOOKED: _("Mở xem hồ sơ để giải quyết"),
    looking.LOOKED_BESIDE: _("Mở xem hồ sơ, không phải việc đang được giao; thông tin nhạy cảm bị che"),
    looking.UNCOVERED: _("Xem thông tin nhạy cảm"),
    looking.FILE_OPENED: _("Mở giấy tờ"),
    looking.CARD_READ: _("Đọc thẻ căn cước ở quầy, lấy địa chỉ và điện thoại xã đã biết"),
    searching.FOUND: _("Tìm theo số định danh hoặc số điện thoại, ra hồ sơ này"),
    searching.EXPLAINED: _("Ghi vì sao tìm theo một số"),
    looking.EXPORTED: _("Tải danh sách hồ sơ thành bảng; có thể có hồ sơ của anh/chị"),
    admitting.REFUSED: _("Tệp có mã độc, không nhận"),
    admitting.FOUND: _("Tìm thấy mã độc trong tệp đã nhận; không ai mở được tệp"),
    "dossiers.attach": _("Thêm giấy tờ vào hồ sơ"),
    "dossiers.remove_attachment": _("Bỏ giấy tờ khỏi hồ sơ"),
    "dossiers.carry_over": _("Chuyển bản đang làm sang bản mới của thủ tục"),
    "dossiers.add_paper": _("Thêm giấy tờ vào hồ sơ"),
    "dossiers.remove_paper": _("Bỏ giấy tờ khỏi hồ sơ"),
    "dossiers.confirm_person": _("Xác nhận người nộp"),
    "dossiers.used_again": _("Dùng lại giấy tờ cho hồ sơ khác"),
    "dossiers.use_again": _("Dùng lại giấy tờ đã có"),
    "dossiers.ask_to_read": _("Cho máy đọc chữ trên giấy tờ"),
    "dossiers.write_by_hand": _("Tự ghi chữ trên giấy tờ"),
    "dossiers.confirm_reading": _("Đối chiếu chữ máy đọc được"),
    "dossiers.sign_copy": _("Ký số bản đã số hóa"),
    "dossiers.not_duplicate": _("So với hồ sơ giống nó"),
    looking.SEARCHED: _("Tìm trong hồ sơ của xã"),
    "dossiers.start_round": _("Ký nhiều kết quả một lượt"),
    "dossiers.stop_round": _("Dừng lượt ký"),
    "dossiers.resume_round": _("Ký tiếp lượt ký"),
    "dossiers.number_voided": _("Bỏ số của kết quả"),
    "dossiers.number_given_back": _("Trả lại số chưa dùng vì thôi ký"),
    "dossiers.erase_unconfirmed": _("Xóa hồ sơ không ai xác nhận"),
    "dossiers.set_post_charge": _("Đặt cước bưu chính"),
}
declare_acts({**ACTS, **{f"dossiers.{verb}": said for verb, said in words.VERBS.items()}})
STANDINGS = {code: said for table in (words.STATES, words.DELIVERY, words.MONEY, words.SYNC) for code, (said, _tone) in table.items()}
declare_facts(
    "dossiers",
    {
        "code": Fact(_("Hồ sơ")),
        "from": Fact(_("Từ"), STANDINGS),
        "to": Fact(_("Sang"), STANDINGS),
        "purpose": Fact(_("Để làm gì"), PURPOSES),
        "words": Fact(_("Lời ghi")),
        "name": Fact(_("Tên tệp")),
        "other": Fact(_("Hồ sơ giống nó")),
        "agreed": Fact(_("Đồng ý"), {"pressed": _("Tự bấm trên máy"), "said_at_the_desk": _("Nói tại quầy")}),
        "how": Fact(_("Xác nhận bằng"), {confirming.BY_SIGN_IN: _("Định danh điện tử"), confirming.BY_DESK: _("Giấy tờ ở quầy")}),
        "as_own": None,
        "number": Fact(_("Số")),
        "series": None,
        "year": Fact(_("Năm")),
        "reason": None,
        "finding": Fact(_("Mã độc")),
        "paper": None,
        "attachment": None,
        "for": None,
        "before": None,
        "after": None,
    },
)
declare_facts("dossiers.confirm_person", {"paper": Fact(_("Giấy tờ đã xem"))})
