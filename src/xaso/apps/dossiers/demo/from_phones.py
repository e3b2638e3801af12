"""Applications that came from phones and for which nobody has vouched yet: one is nearly erased."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID, uuid5

from django.db import transaction

from xaso.apps.dossiers import access
from xaso.apps.dossiers.actions import arrivals, drafts
from xaso.apps.dossiers.demo.answers import answers_for
from xaso.apps.dossiers.demo.photos import draw_sheet, jpeg_of
from xaso.apps.dossiers.models import Arrival
from xaso.apps.dossiers.shapes import Applicant
from xaso.apps.people import facade as people
from xaso.apps.procedures import facade as procedures
from xaso.kernel.worktime import VN
from xaso.platform.actor import Actor

COPY = "2.000815"
NAMESPACE = UUID("b5b0b7d2-7c0e-4a0c-9d7e-2f4a6b9c1d11")
STORIES = (
    (timedelta(days=28), timedelta(days=1400), "revoked", True),
    (timedelta(days=2), timedelta(days=2, hours=5), "anothers", False),
    (timedelta(hours=3), timedelta(hours=9), "no_device", True),
)
"""How long ago each came and was made by the phone's clock, why nobody vouches for it, and whether a number was typed."""
HELPER = "Hoàng Thị Mai (tổ công nghệ số)"


@transaction.atomic
def load_demo_arrivals(now: datetime) -> str:
    """Let some applications come from phones, once."""
    commune = people.the_commune()
    if commune is None or not commune.is_demo:
        return "không có xã dùng thử"
    if not Arrival.objects.filter(commune_id=commune.id).exists():
        citizens = [one for one in people.search_citizens(Actor.system(commune.id, "Dữ liệu dùng thử"), "lý", 60) if one.phone]
        for number, (citizen, story) in enumerate(zip(citizens, STORIES, strict=False)):
            _send(citizen, number, story, commune.id, now)
    return f"{Arrival.objects.filter(commune_id=commune.id).count()} hồ sơ từ điện thoại"


def _send(citizen: people.Citizen, number: int, story: tuple[timedelta, timedelta, str, bool], commune_id: UUID, now: datetime) -> None:
    came_before, made_before, doubt, with_number = story
    at = now - came_before
    version = procedures.current(commune_id, COPY, at.astimezone(VN).date())
    if version is None:
        return
    applicant = Applicant(
        name=citizen.full_name,
        personal_number=citizen.personal_number if with_number else "",
        phone=citizen.phone,
        submitter=HELPER if doubt == "anothers" else "",
    )
    item_id = uuid5(NAMESPACE, str(number))
    sent = arrivals.Sent(item_id, f"demo-{item_id}", "demo", version.id, applicant, "vi", now - made_before, at, doubt=doubt)
    arrivals.begin(commune_id, sent, None, now=at)
    actor = access.bringing_in(Actor(kind="anonymous", commune_id=commune_id, name=citizen.full_name, channel="job"), item_id)
    answers = answers_for(version, citizen, Random(number), at.astimezone(VN).date())  # noqa: S311 - the same each time
    drafts.save_answers(actor, item_id, answers, screen="", now=at)
    for paper in version.papers_asked(answers, "online"):
        drafts.add_paper(actor, item_id, paper.id, jpeg_of(draw_sheet()), name="anh-giay-to.jpg", source="phone", now=at)
    arrivals.note_reading(item_id, "demo", [])
