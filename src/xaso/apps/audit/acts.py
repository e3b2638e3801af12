"""What the acts of this room are called in the record of who looked."""

from django.utils.translation import gettext_lazy as _

from xaso.apps.audit.actions.recording import LIST_TAKEN
from xaso.platform.acts import Fact, declare_acts, declare_facts

declare_acts(
    {
        "audit.question_asked": _("Hỏi về một dòng ở đây"),
        "audit.question_answered": _("Trả lời câu hỏi của anh/chị"),
        LIST_TAKEN: _("Tải hoặc in một danh sách; có thể có anh/chị"),
    }
)
declare_facts("audit", {"entry": None, "question": None, "due_on": Fact(_("Hạn trả lời"))})
