"""The words of this room's refusals."""

from django.utils.translation import gettext_lazy as _

from xaso.platform.errors import declare_words

declare_words({"notices.not_found": _("Không tìm thấy tin nhắn này, hoặc anh/chị không có quyền xem.")})
