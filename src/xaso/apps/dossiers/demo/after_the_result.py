"""What follows a demo result: it goes by post, or other offices do their parts."""

from datetime import datetime, timedelta

from xaso.apps.dossiers.actions import post
from xaso.apps.dossiers.actions.parts import Heard, move_part
from xaso.apps.dossiers.contact import BY_POST
from xaso.apps.dossiers.models import Dossier
from xaso.apps.dossiers.shapes import PostedTo
from xaso.kernel.worktime import VN
from xaso.platform.actor import Actor

Story = tuple[str, tuple[tuple[str, ...], ...]]
POSTED: tuple[Story, ...] = (
    ("2.000635", ()),
    ("1.004873", (("send_by_post",),)),
    ("2.000635", (("send_by_post",), ("note_returned", "Không có người nhận, gọi không nghe máy."))),
)
LINKED: tuple[Story, ...] = (
    (
        "3.000722",
        (
            ("residence", "send_part"),
            ("residence", "part_refused", "Chỗ ở hợp pháp của bố mẹ chưa có trong cơ sở dữ liệu, gia đình cần nộp giấy tờ."),
            ("health_insurance", "send_part"),
            ("health_insurance", "part_done", "Đã cấp thẻ, gửi trên ứng dụng của bảo hiểm xã hội."),
            ("identity_card", "send_part"),
        ),
    ),
    ("2.002913", (("residence_deletion", "send_part"), ("residence_deletion", "part_accepted", "Công an xã đã nhận."))),
    ("3.000722", ()),
)
AREA = "xã Nậm Mẫu, tỉnh Mẫu"


def follow(desk: Actor, dossier: Dossier, story: Story, since: datetime, now: datetime) -> None:
    """Do what the story tells, a day apart."""
    _code, acts = story
    house, _comma, area = (dossier.applicant_address or "Thôn Mẫu").partition(", ")
    if story in POSTED:
        Dossier.objects.filter(pk=dossier.pk).update(return_by=BY_POST, return_address=house, return_area=area or AREA)
    for number, act in enumerate(acts, start=1):
        at = min(since + timedelta(days=number), now)
        on = at.astimezone(VN).date()
        if act[0] == "send_by_post":
            to = PostedTo(dossier.applicant_name, house, area or AREA)
            post.send_by_post(desk, dossier.id, f"RA{dossier.code[-4:]}00{number}VN", to, on, now=at)
        elif act[0] == "note_returned":
            post.note_returned(desk, dossier.id, on, act[1], now=at)
        else:
            part, verb, *note = act
            move_part(desk, dossier.id, part, verb, Heard(on, "", "".join(note)), now=at)
