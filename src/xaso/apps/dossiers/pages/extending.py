"""What the case page shows before an apology: what it would do, the first day that may be promised, and what its applicant would get."""

from datetime import datetime
from typing import Any

from django.conf import settings

from xaso.apps.dossiers import queries
from xaso.apps.dossiers.actions.extension import Promise
from xaso.apps.dossiers.apology import drafted_reason
from xaso.apps.dossiers.extending import RULE, Standing, soonest_day, standing
from xaso.apps.dossiers.models import Dossier
from xaso.apps.dossiers.notices import LIFE_EVENTS
from xaso.apps.dossiers.queries import CaseFile
from xaso.apps.notices import facade as notices
from xaso.apps.people import facade as people
from xaso.kernel.forms.summary import shown_phone
from xaso.kernel.worktime import VN


def extend_shown(case: CaseFile, *, now: datetime) -> dict[str, Any]:
    """Return what the form needs; nothing while there is no due date or no further apology is owed."""
    due_at = case.dossier.due_at
    if due_at is None or any(one.new_due_at > now for one in case.extensions):
        return {}
    does = standing(due_at, now, sum(one.moves_due for one in case.extensions))
    if does is Standing.USED_UP:
        return {}
    return {
        "may_extend": True,
        "is_belated": does is Standing.TOO_LATE,
        "extension_rule": RULE,
        "drafted_reason": drafted_reason(case.steps, _waits_for(case)),
        "soonest": soonest_day(due_at, now, people.calendar_of(case.dossier.commune_id)),
    }


def promise_shown(dossier: Dossier, promise: Promise) -> dict[str, Any]:
    """Return what the applicant would get for a promise that is not given yet: the SMS word for word, and what form 04 says."""
    phone = notices.sendable_phone(dossier.applicant_phone)
    params = {
        "code": dossier.code,
        "new_due": f"{promise.new_due_at.astimezone(VN):%d/%m/%Y}",
        "link": f"{settings.PUBLIC_URL}/tra-cuu/?ma={dossier.code}",
    }
    return {
        "promise": promise,
        "sms_to": shown_phone(dossier.applicant_phone) if phone and notices.takes_sms(phone) else "",
        "sms": notices.sms_text(LIFE_EVENTS["extend"], dossier.language, params),
        "email": dossier.applicant_email,
    }


def _waits_for(case: CaseFile) -> list[str]:
    """Return the offices that were sent a part and have not ended it; no query for a procedure without parts."""
    offices = {part.id: part.office["vi"] for part in case.version.parts}
    return [offices[part.part_id] for part in queries.parts_under_way(case.dossier) if part.part_id in offices] if offices else []
