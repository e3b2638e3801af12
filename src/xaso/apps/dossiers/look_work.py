"""Questions about who looked, as work that waits for who answers them."""

from datetime import datetime, time

from django.utils.translation import gettext_lazy as _

from xaso.apps.audit import facade as audit
from xaso.apps.dossiers.access import LOOK_ROLES
from xaso.apps.dossiers.pages.looking import QUESTIONS
from xaso.kernel.worktime import VN
from xaso.platform.actor import Actor
from xaso.platform.registries import WorkItem

END_OF_DAY = time(17, 0)


def open_look_questions(actor: Actor, _now: datetime) -> list[WorkItem]:
    """Return the questions that wait for the actor's answer; those about her own looking wait for somebody else."""
    if actor.commune_id is None or not actor.holds(*LOOK_ROLES):
        return []
    return [_item(one) for one in audit.open_questions(actor.commune_id) if one.about.actor_id != actor.account_id]


def _item(one: audit.Question) -> WorkItem:
    return WorkItem(
        key=str(one.about.detail.get("code", "")),
        title=str(_("Người dân hỏi: ai đã xem thông tin của tôi")),
        detail=one.question[:120],
        stage=_("Chờ trả lời"),
        stage_tone="nghe",
        url=f"{QUESTIONS}#h-{one.id}",
        due_at=datetime.combine(one.due_on, END_OF_DAY, VN),
    )
