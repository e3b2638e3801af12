"""Says how the time of a paper's signatures is proven, and why it is not yet, in words for officials and whoever holds the paper."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xaso.apps.signing.shapes import Level, ProofOfTime
from xaso.kernel.worktime import VN
from xaso.platform.badges import Badge

TROUBLES: dict[str, Any] = {
    "down": gettext_lazy("máy chủ dấu thời gian không trả lời"),
    "resting": gettext_lazy("máy chủ dấu thời gian không trả lời"),
    "refused": gettext_lazy("máy chủ dấu thời gian từ chối"),
    "unreadable": gettext_lazy("máy chủ dấu thời gian trả lời sai khuôn dạng"),
    "too_long": gettext_lazy("dấu thời gian dài quá mức"),
    "wrong_nonce": gettext_lazy("máy chủ dấu thời gian trả lời cho câu hỏi khác"),
    "wrong_imprint": gettext_lazy("máy chủ dấu thời gian đóng dấu cho giấy khác"),
    "wrong_signature": gettext_lazy("chữ ký trên dấu thời gian không đúng"),
    "clock": gettext_lazy("đồng hồ của máy chủ dấu thời gian lệch quá 10 phút so với máy của xã"),
    "not_for_stamps": gettext_lazy("chứng thư của máy chủ không được cấp để đóng dấu thời gian"),
    "expired": gettext_lazy("chứng thư của máy chủ dấu thời gian đã hết hạn"),
    "revoked": gettext_lazy("chứng thư của máy chủ dấu thời gian đã bị thu hồi"),
    "authority_unknown": gettext_lazy("máy của xã chưa tin nơi cấp của máy chủ dấu thời gian"),
    "files.missing": gettext_lazy("không mở được tệp đã lưu"),
    "paper_unreadable": gettext_lazy("không đọc được tệp đã ký"),
    "chain_failed": gettext_lazy("chứng thư của người ký hoặc của dấu thời gian không còn chứng minh được"),
    "revocation_untold": gettext_lazy("chưa có danh sách thu hồi của nơi cấp"),
}


def trouble_in_words(trouble: str) -> str:
    """Return why something could not be added, to stand after a colon."""
    return str(TROUBLES.get(trouble, TROUBLES["down"]))


def proof_in_words(proof: ProofOfTime) -> Badge:
    """Return how the paper's time is proven."""
    if proof.stamped_at is not None:
        at = proof.stamped_at.astimezone(VN)
        said = _("Dấu thời gian %(time)s") % {"time": f"{at:%H:%M %d/%m/%Y}"}
        return (
            Badge(said, "la")
            if proof.level == Level.STAMPED
            else Badge(_("%(stamp)s, kèm đủ bằng chứng để kiểm tra về sau") % {"stamp": said}, "la")
        )
    if not proof.is_wanted:
        return Badge(_("Giờ ký theo đồng hồ của máy, không có dấu thời gian"), "cham")
    if not proof.trouble:
        return Badge(_("Chưa có dấu thời gian, máy đang xin thêm"), "nghe")
    return Badge(_("Chưa có dấu thời gian: %(why)s. Máy tự xin lại.") % {"why": trouble_in_words(proof.trouble)}, "nghe")
