"""Sample data with which this room's parts stand on `/kieu-mau/`: nobody's dossier, and nothing that can be opened or moved."""

from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.utils.translation import gettext as _

from xaso.apps.dossiers import words
from xaso.apps.dossiers.duplicates import Compared
from xaso.apps.dossiers.extending import RULE
from xaso.apps.dossiers.pages.desk_papers import PAPER_KINDS
from xaso.apps.dossiers.scans import Scan
from xaso.apps.notices.facade import MessageLine
from xaso.apps.procedures.facade import Fee, FeeLine
from xaso.kernel.errors import Refusal
from xaso.kernel.identifiers import uuid7
from xaso.platform.errors import words_for

AT = datetime(2026, 11, 23, 7, 32, tzinfo=UTC)
CODE = "XS-000000-0000"
"""A code that is never given out."""
OTHER_CODE = "XS-000000-0001"
LONG_NAME = "Hoàng Nguyễn Phương Thảo Trang Thanh Mỹ Duyên Ngọc Bích Trâm"
ALIKE = {"code": OTHER_CODE, "applicant_name": LONG_NAME, "submitted_at": AT}
VERBS = frozenset({"ask_for_more", "refuse", "stop"})


def citizens() -> dict[str, Any]:
    """Return what the citizens' parts show: a draft, a file that was taken, a fee known, unknown and none."""
    draft = {"id": uuid7(), "code": "1.001193", "name": _("Đăng ký khai sinh"), "about": _("Thẻ căn cước"), "updated_at": AT}
    file = SimpleNamespace(media_type="application/pdf", size_bytes=1_240_000)
    return {
        "drafts": [draft],
        "attachments": [{"id": uuid7(), "name": "giay-chung-sinh-cua-chau.pdf", "file": file}],
        "base": "/kieu-mau/",
        "fee": _fee(),
        "unknown_fee": Fee((), None, None, confirm=True),
        "free": Fee((), 0, None, confirm=False),
    }


def officials() -> dict[str, Any]:
    """Return what the desk's and the case's parts show: a card misread, papers, a scan, a fee, moves that ask for words."""
    return {
        "long_name": LONG_NAME,
        "applicant": {"name": LONG_NAME},
        "card_error": words_for(Refusal("dossiers.card_unreadable")),
        "phone_of": LONG_NAME,
        "draft": {"id": uuid7()},
        "papers": [_paper("card", _("Thẻ căn cước"), missing=False), _paper("more", _("Giấy tờ khác"), missing=True)],
        "paper_kinds": PAPER_KINDS,
        "scans": [{"scan": Scan("mau", Path("ban-quet-so-0007.pdf"), 1_240_000, AT), "field": "from-scanner-mau"}],
        "fee": _fee(),
        "said": {},
        "dossier": {"code": CODE, "applicant_name": LONG_NAME, "money_state": "due", "state": "examining", "due_at": AT},
        "case": {"verbs": VERBS},
        "told": [MessageLine("sms", "0912345678", _("Xã đã nhận hồ sơ."), "sent", _("Đã gửi"), "la", AT, AT)],
        "verb_words": words.VERBS,
        "gaps": [{"id": "card", "name": _("Thẻ căn cước"), "checked": True, "why": ""}],
        "failed": "ask_for_more",
        "may_extend": True,
        "opened": "xin-loi",
        "extension_rule": RULE,
        "soonest": AT,
        "one": {"code": CODE},
        "other": {"code": OTHER_CODE},
        "lines": [Compared(_("Họ tên"), LONG_NAME, LONG_NAME), Compared(_("Thôn"), "Nậm Khắp Trong", "Cốc Sâm")],
        "look_alikes": [{"dossier": ALIKE, "state": words.STATES["accepted"][0], "signs": words.SIGNS["number"]}],
        "other_moves": ["refuse", "stop"],
        "typed": {},
    }


def _fee() -> Fee:
    copies = FeeLine("copies", {"vi": "Chứng thực bản sao", "en": "Certified copies"}, 10_000, 2, exempt=False, basis="")
    extract = FeeLine("extract", {"vi": "Trích lục", "en": "Extract"}, 8_000, 1, exempt=False, basis="")
    return Fee((copies, extract), 18_000, None, confirm=False)


def _paper(paper_id: str, name: str, *, missing: bool) -> dict[str, Any]:
    file = {"id": uuid7(), "name": "can-cuoc-mat-truoc.jpg"}
    return {
        "id": paper_id,
        "name": name,
        "required": True,
        "is_asked": True,
        "is_missing": missing,
        "noted": {"kind": "" if missing else "shown", "count": 1},
        "files": [] if missing else [file],
    }
