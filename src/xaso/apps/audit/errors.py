"""The words of this room's refusals."""

from django.utils.translation import gettext_lazy as _

from xaso.platform.errors import declare_words

declare_words(
    {
        "audit.not_found": _("Không tìm thấy dòng này, hoặc dòng này không nói về anh/chị."),
        "audit.words_missing": _("Anh/chị viết rõ hơn một chút, ít nhất năm chữ cái."),
        "audit.asked_already": _("Anh/chị đã hỏi về dòng này rồi. Xã trả lời ngay dưới dòng ấy."),
        "audit.answered_already": _("Câu hỏi này đã được trả lời."),
        "audit.own_look": _("Câu hỏi này nói về việc của chính anh/chị, nên người khác trả lời."),
    }
)
