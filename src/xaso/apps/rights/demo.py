"""Two requests in the demo commune: one that waits to be confirmed, one that is worked on."""

from datetime import datetime, timedelta

from xaso.apps.people import facade as people
from xaso.apps.rights.actions.requests import ask_at_desk, confirm, handlers_of
from xaso.apps.rights.flow import HANDLERS
from xaso.apps.rights.models import DataRequest
from xaso.platform.actor import Actor

ASKED = (
    ("correct", "Ngày sinh của tôi ghi nhầm năm, đúng là năm như trên thẻ căn cước.", timedelta(days=4)),
    ("view", "Tôi muốn biết xã đang giữ những giấy tờ nào của tôi.", timedelta(hours=5)),
)


def load_demo_requests(now: datetime) -> str:
    """Load them once; returns one line that says so."""
    for commune in people.communes():
        if not commune.is_demo or DataRequest.objects.filter(commune_id=commune.id).exists():
            continue
        handlers = handlers_of(commune.id, now)
        if not handlers:
            continue
        head = handlers[0]
        actor = Actor("staff", commune.id, name=head.name, account_id=head.account_id, post_title=head.title, roles=HANDLERS, channel="job")
        known = [one for one in people.search_citizens(Actor.system(commune.id, "demo"), "vang", 9) if one.phone]
        for citizen, (kind, words, ago) in zip(known, ASKED, strict=False):
            made = ask_at_desk(actor, citizen.id, kind, words, "Thẻ căn cước", now=now - ago)
            if kind == "correct":
                confirm(actor, made.id, responsible_id=head.account_id, now=now - ago + timedelta(hours=3))
    return f"{DataRequest.objects.count()} requests about data"
