"""SMS of the demo's people: who asks well, who asks oddly, who tries codes, a shop that advertises. And some who wish to be called."""

from datetime import datetime, timedelta
from uuid import UUID

from xaso.apps.dossiers.calling_up import call_up
from xaso.apps.dossiers.contact import BY_VOICE
from xaso.apps.dossiers.models import Dossier
from xaso.apps.notices import facade as notices
from xaso.apps.people import facade as people

STRANGER = "0900000999"
WAYS_TO_ASK = ("TC %s", "tc %s", "Cho hoi ho so %s den dau roi a", "%s")
OTHERS = (("0900000777", "Xa lam viec may gio a?"), ("KHUYENMAI", "Uu dai 50% hom nay, soan KM gui 9029"))


CALLED = 4


def load_demo_texts(now: datetime) -> str:
    """Let them write once, some hours ago; the worker answers when the demo starts."""
    commune = people.the_commune()
    if commune is None or not commune.is_demo or notices.has_incoming(commune.id):
        return "SMS đến: đã có"
    reached = Dossier.objects.filter(commune_id=commune.id, applicant_phone_blind__isnull=False)
    asking = reached.order_by("-submitted_at")[: len(WAYS_TO_ASK)]
    texts = [(one.applicant_phone, way % one.code.lower()) for one, way in zip(asking, WAYS_TO_ASK, strict=False)]
    texts += [(STRANGER, f"TC XS-261102-{number:04}") for number in range(41, 46)]
    texts += OTHERS
    for minutes, (phone, text) in enumerate(texts):
        notices.receive_text(phone, text, now=now - timedelta(minutes=7 * (len(texts) - minutes)))
    calls = _call_some(commune.id, now)
    return f"SMS đến: {len(texts)} tin, {calls} cuộc gọi"


def _call_some(commune_id: UUID, now: datetime) -> int:
    """Let some applicants wish to be called, since yesterday."""
    reached = Dossier.objects.filter(commune_id=commune_id, applicant_phone_blind__isnull=False)
    ready = reached.filter(delivery_state="ready").order_by("-solved_at")
    wishing = list(ready.filter(tell_by="")[:CALLED])
    for dossier in wishing:
        dossier.tell_by = BY_VOICE
        dossier.save(update_fields=["tell_by"])
        call_up(dossier, key=f"demo:{dossier.id}", now=now - timedelta(days=1))
    return len(wishing)
