"""What the acts of this room are called in the record of who looked."""

from django.utils.translation import gettext_lazy as _

from xaso.platform.acts import Fact, declare_acts, declare_facts

declare_acts(
    {
        "signing.evidence_added": _("Thêm bằng chứng vào giấy đã ký"),
        "signing.time_stamped": _("Thêm dấu thời gian vào giấy đã ký"),
    }
)
declare_facts(
    "signing", {"level": Fact(_("Mức chữ ký")), "sha256": None, "at": Fact(_("Dấu thời gian lúc")), "by": Fact(_("Máy chủ dấu thời gian"))}
)
