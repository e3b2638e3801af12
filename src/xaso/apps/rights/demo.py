"""In the demo commune: a request about data that waits, one that is worked on, and a breach of which the authority was told."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from xaso.apps.people import facade as people
from xaso.apps.rights.actions import breaches
from xaso.apps.rights.actions.requests import ask_at_desk, confirm, handlers_of
from xaso.apps.rights.flow import HANDLERS
from xaso.apps.rights.models import Breach, DataRequest
from xaso.platform.actor import Actor

ASKED = (
    ("correct", "Ngày sinh của tôi ghi nhầm năm, đúng là năm như trên thẻ căn cước.", timedelta(days=4)),
    ("view", "Tôi muốn biết xã đang giữ những giấy tờ nào của tôi.", timedelta(hours=5)),
)

BREACH: dict[str, Any] = {
    "what": "Gửi nhầm danh sách hộ nghèo của thôn vào nhóm trò chuyện chung, có người ngoài đã tải về.",
    "data_kinds": "Họ tên, năm sinh, thôn, diện hộ nghèo",
    "is_sensitive": True,
    "people_count": 18,
    "consequences": "Người ngoài biết hoàn cảnh của 18 hộ.",
    "measures": "Đã xóa tệp khỏi nhóm, yêu cầu người đã tải xóa; từ nay danh sách chỉ gửi trong hệ thống.",
}
PAPER = "BẢN THỬ 01/TB-UBND"


def load_demo_requests(now: datetime) -> str:
    """Load them once; returns one line that says so."""
    for commune in people.communes():
        if not commune.is_demo or DataRequest.objects.filter(commune_id=commune.id).exists():
            continue
        handlers = handlers_of(commune.id, now)
        if not handlers:
            continue
        head = handlers[0]
        actor = _actor_of(commune.id, head)
        known = [one for one in people.search_citizens(Actor.system(commune.id, "demo"), "vang", 9) if one.phone]
        for citizen, (kind, words, ago) in zip(known, ASKED, strict=False):
            made = ask_at_desk(actor, citizen.id, kind, words, "Thẻ căn cước", now=now - ago)
            if kind == "correct":
                confirm(actor, made.id, responsible_id=head.account_id, now=now - ago + timedelta(hours=3))
    return f"{DataRequest.objects.count()} requests about data"


def load_demo_breach(now: datetime) -> str:
    """Write down one breach, five days old, once; returns one line that says so."""
    for commune in people.communes():
        if not commune.is_demo or Breach.objects.filter(commune_id=commune.id).exists():
            continue
        handlers = handlers_of(commune.id, now)
        if not handlers:
            continue
        known_at = now - timedelta(days=5)
        actor = _actor_of(commune.id, handlers[0])
        facts = breaches.BreachFacts(**BREACH, known_at=known_at, happened_at=known_at - timedelta(hours=20))
        made = breaches.report(actor, facts, now=known_at + timedelta(hours=1))
        told_at = known_at + timedelta(hours=26)
        breaches.tell_authority(actor, made.id, PAPER, told_at, "", now=told_at)
    return f"{Breach.objects.count()} data breaches"


def _actor_of(commune_id: UUID, handler: people.RoleHolder) -> Actor:
    return Actor(
        "staff", commune_id, name=handler.name, account_id=handler.account_id, post_title=handler.title, roles=HANDLERS, channel="job"
    )
