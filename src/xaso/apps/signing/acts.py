"""What the acts of this room are called in the record of who looked."""

from django.utils.translation import gettext_lazy as _

from xaso.platform.acts import declare_acts

ON_PAPERS = {
    "signing.evidence_added": _("Thêm bằng chứng vào giấy đã ký"),
    "signing.time_stamped": _("Thêm dấu thời gian vào giấy đã ký"),
}
declare_acts(ON_PAPERS)
