"""SMS of the demo's people: who asks well, who asks oddly, who tries codes, and a shop that advertises."""

from datetime import datetime, timedelta

from xaso.apps.dossiers.models import Dossier
from xaso.apps.notices import facade as notices
from xaso.apps.people import facade as people

STRANGER = "0900000999"
WAYS_TO_ASK = ("TC %s", "tc %s", "Cho hoi ho so %s den dau roi a", "%s")
OTHERS = (("0900000777", "Xa lam viec may gio a?"), ("KHUYENMAI", "Uu dai 50% hom nay, soan KM gui 9029"))


def load_demo_texts(now: datetime) -> str:
    """Let them write once, some hours ago; the worker answers when the demo starts."""
    commune = people.the_commune()
    if commune is None or not commune.is_demo or notices.has_incoming(commune.id):
        return "SMS đến: đã có"
    asking = Dossier.objects.filter(commune_id=commune.id).exclude(applicant_phone="").order_by("-submitted_at")[: len(WAYS_TO_ASK)]
    texts = [(one.applicant_phone, way % one.code.lower()) for one, way in zip(asking, WAYS_TO_ASK, strict=False)]
    texts += [(STRANGER, f"TC XS-261102-{number:04}") for number in range(41, 46)]
    texts += OTHERS
    for minutes, (phone, text) in enumerate(texts):
        notices.receive_text(phone, text, now=now - timedelta(minutes=7 * (len(texts) - minutes)))
    return f"SMS đến: {len(texts)} tin"
