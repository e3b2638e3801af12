"""What this room adds to pages that collect from all rooms."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from xaso.apps.procedures import administration, finding, listening, offline_pages, words
from xaso.apps.procedures.actions.send_edition import read_next
from xaso.platform import registries as r
from xaso.platform.acts import declare_values
from xaso.platform.listening import ListenSource, sources
from xaso.platform.worker import WorkerStep, steps

SHOWN_ON_HOME = 3


def _most_used(request: HttpRequest) -> dict[str, Any]:
    return {"procedures": finding.most_used(finding.place_of(request), SHOWN_ON_HOME)}


r.tiles.add(r.Tile("file", _("Nộp hồ sơ"), "file", "/thu-tuc/", order=10))
r.home_blocks.add(r.HomeBlock("most_used", "procedures/most_used.html", _most_used, order=10))
FEE_ACTS = {"procedures.provincial_fee_set": _("Ghi phí của tỉnh")}
FILING_ACTS = {
    "procedures.filing_place_set": _("Đặt nơi nộp"),
    "procedures.issuer_set": _("Đặt nơi cấp"),
    "procedures.identity_level_set": _("Đặt mức định danh"),
    "procedures.term_set": _("Ghi thời hạn"),
}
EDITION_ACTS = {
    "procedures.edition_sent": _("Gửi bản công bố thủ tục của quốc gia"),
    "procedures.edition_approved": _("Duyệt bản công bố thủ tục của quốc gia"),
    "procedures.edition_set_aside": _("Bỏ qua bản công bố thủ tục của quốc gia"),
}
FEES, FILING, EDITIONS = "/quan-tri/phi/", "/quan-tri/noi-nop/", "/quan-tri/thu-tuc-quoc-gia/"
r.set_up.add(r.SetUpPart("fees", _("Phí, lệ phí do tỉnh quy định"), "money", FEES, administration.fees_standing, order=40, acts=FEE_ACTS))
r.set_up.add(r.SetUpPart("filing", _("Nơi nộp và nơi cấp"), "flag", FILING, administration.filing_standing, order=60, acts=FILING_ACTS))
r.set_up.add(
    r.SetUpPart("editions", _("Thủ tục của quốc gia"), "list", EDITIONS, administration.editions_standing, order=65, acts=EDITION_ACTS)
)
r.on_phone.add(r.OnPhone("search", lambda _request: [offline_pages.PAGE, offline_pages.CATALOGUE], order=10))
steps.add(WorkerStep("editions of the national database", read_next, order=86))
sources.add(ListenSource("procedures", listening.pages, order=30))
AS_LAW = {"": _("theo quy định chung")}
declare_values("procedures.filing_place_set", words.PLACES | words.CHANNELS | AS_LAW)
declare_values("procedures.issuer_set", words.ISSUERS | AS_LAW)
declare_values("procedures.identity_level_set", words.IDENTITY_LEVELS | AS_LAW)
