"""The words of this room's refusals."""

from django.utils.translation import gettext_lazy as _

from xaso.platform.errors import declare_words

declare_words(
    {
        "speech.not_found": _("Không tìm thấy câu hoặc bản thu này, hoặc anh/chị không có quyền."),
        "speech.no_sound": _("Không nghe được tiếng trong tệp này. Anh/chị thu lại, hoặc gửi tệp WAV, FLAC, MP3 hay Ogg dưới một phút."),
        "speech.too_heavy": _("Tệp nặng hơn %(limit)s MB. Mỗi câu chỉ cần vài giây: anh/chị thu lại ngắn hơn."),
        "speech.own": _("Bản thu phải do người khác duyệt, không phải chính người đọc."),
        "speech.language_unknown": _("Chưa có ngôn ngữ này."),
        "speech.busy": _("Máy chủ đang đọc cho nhiều người. Anh/chị chờ vài giây rồi bấm lại."),
    }
)
