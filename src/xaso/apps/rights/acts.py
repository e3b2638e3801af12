"""What the acts of this room are called in the record of who looked."""

from django.utils.translation import gettext_lazy as _

from xaso.apps.rights import words
from xaso.apps.rights.actions.copying import COPIED
from xaso.apps.rights.actions.requests import FACT
from xaso.platform.acts import declare_acts

declare_acts({COPIED: _("Tải bản sao dữ liệu"), **{f"{FACT}{verb}": said for verb, said in words.VERBS.items()}})
