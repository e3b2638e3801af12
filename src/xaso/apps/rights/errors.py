"""The words of this room's refusals."""

from django.utils.translation import gettext_lazy as _

from xaso.platform.errors import declare_words

declare_words({"rights.not_found": _("Không tìm thấy, hoặc không phải của anh/chị.")})
