"""What the acts of this room are called in the record of who looked."""

from django.utils.translation import gettext_lazy as _

from xaso.apps.rights import words
from xaso.apps.rights.actions.breaches import ACT, TELL_PERSON
from xaso.apps.rights.actions.consents import GIVEN, WITHDRAWN
from xaso.apps.rights.actions.copying import COPIED
from xaso.apps.rights.actions.finding import OPENED, SEARCHED
from xaso.apps.rights.actions.requests import FACT
from xaso.apps.rights.actions.retention import VERBS
from xaso.apps.rights.breach_words import BREACH_VERBS
from xaso.platform.acts import Fact, declare_acts, declare_facts

declare_acts({SEARCHED: _("Tìm người để ghi yêu cầu, sự đồng ý tại quầy")})
declare_acts({OPENED: _("Mở trang ghi yêu cầu, sự đồng ý của anh/chị tại quầy")})
declare_acts({GIVEN: _("Ghi sự đồng ý"), WITHDRAWN: _("Ghi việc rút lại đồng ý")})
declare_acts({VERBS[verb]: said for verb, said in words.STEPS.items()})
declare_acts({COPIED: _("Tải bản sao dữ liệu"), **{f"{FACT}{verb}": said for verb, said in words.VERBS.items()}})
declare_acts({TELL_PERSON: BREACH_VERBS["tell_people"], **{f"{ACT}{verb}": said for verb, said in BREACH_VERBS.items()}})
declare_facts(
    "rights",
    {
        "code": Fact(_("Mã yêu cầu")),
        "kind": Fact(_("Yêu cầu"), {kind: said for kind, (said, _meaning) in words.KINDS.items()}),
        "form": Fact(_("Dạng tệp"), {"json": "JSON", "pdf": "PDF"}),
        "consent": None,
        "version": None,
    },
)
