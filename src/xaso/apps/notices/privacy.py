"""Personal data of this room: messages and calls to people, and SMS from them."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from xaso.apps.notices.models import Call, Incoming, Message
from xaso.apps.notices.options import KEPT_DAYS
from xaso.platform.personal_data import (
    CITIZENS,
    DUTY,
    OFFICIALS,
    Ending,
    Holding,
    Kept,
    NoPerson,
    Person,
    PersonalField,
    holdings,
    no_person,
    subjects_of,
)

DESK = _("Cán bộ một cửa, giám đốc trung tâm, người quản trị")


def _messages(person: Person) -> QuerySet[Message, Any]:
    return Message.objects.filter(commune_id=person.commune_id, subject__in=subjects_of(person)).order_by("created_at", "id")


def _calls(person: Person) -> QuerySet[Call, Any]:
    return Call.objects.filter(commune_id=person.commune_id, subject__in=subjects_of(person)).order_by("created_at", "id")


def _old_messages(commune_id: UUID, now: datetime) -> QuerySet[Message, Any]:
    return Message.objects.filter(commune_id=commune_id, done_at__lt=now - timedelta(days=KEPT_DAYS.value()))


def _old_calls(commune_id: UUID, now: datetime) -> QuerySet[Call, Any]:
    return Call.objects.filter(commune_id=commune_id, done_at__lt=now - timedelta(days=KEPT_DAYS.value()))


def _old_incoming(commune_id: UUID, now: datetime) -> QuerySet[Incoming, Any]:
    return Incoming.objects.filter(commune_id=commune_id, last_at__lt=now - timedelta(days=KEPT_DAYS.value()))


WHEN_DONE = Kept(_("kể từ khi xong; số ngày do xã đặt, cần xác nhận"), KEPT_DAYS.value, confirm=True)
BY_THE_JOB = _("Phần mềm tự xóa khi người quản trị đã cho phép; anh/chị cũng có thể gửi yêu cầu xóa")
holdings.add(
    Holding(
        name="notices.Message",
        title=_("Tin nhắn và thư xã gửi"),
        whose=CITIZENS,
        purpose=_("Báo cho anh/chị hồ sơ đến đâu"),
        basis=DUTY,
        kept=WHEN_DONE,
        seen_by=DESK,
        erased=BY_THE_JOB,
        fields=(
            PersonalField("recipient_name", _("Tên người nhận")),
            PersonalField("address", _("Số điện thoại hoặc thư điện tử")),
            PersonalField("title", _("Tiêu đề")),
            PersonalField("body", _("Nội dung tin")),
        ),
        beside=(
            "id commune_id channel template language segments subject idempotency_key state attempts next_attempt_at provider_reference "
            "last_error created_at done_at arrived_at address_blind"
        ),
        tells=(PersonalField("created_at", _("Lúc")), PersonalField("channel", _("Cách gửi"))),
        rows=_messages,
        ending=Ending(_old_messages),
        order=40,
    )
)
holdings.add(
    Holding(
        name="notices.Call",
        title=_("Cuộc gọi xã gọi"),
        whose=CITIZENS,
        purpose=_("Báo bằng lời cho người xin được gọi"),
        basis=DUTY,
        kept=WHEN_DONE,
        seen_by=DESK,
        erased=BY_THE_JOB,
        fields=(
            PersonalField("name", _("Tên người được gọi")),
            PersonalField("phone", _("Số điện thoại")),
            PersonalField("text", _("Lời đã nói")),
        ),
        beside="id commune_id language subject idempotency_key state by misses due_at created_at done_at phone_blind",
        tells=(PersonalField("created_at", _("Lúc")),),
        rows=_calls,
        ending=Ending(_old_calls),
        order=41,
    )
)
holdings.add(
    Holding(
        name="notices.CallTry",
        title=_("Mỗi lần gọi"),
        whose=OFFICIALS,
        purpose=_("Biết đã gọi được chưa"),
        basis=DUTY,
        kept=WHEN_DONE,
        seen_by=DESK,
        erased=BY_THE_JOB,
        fields=(PersonalField("by", _("Người gọi")), PersonalField("detail", _("Ghi chú cuộc gọi"), whose=CITIZENS)),
        beside="id call at outcome",
        order=42,
    )
)
holdings.add(
    Holding(
        name="notices.Incoming",
        title=_("Tin nhắn bà con gửi đến xã"),
        whose=CITIZENS,
        purpose=_("Trả lời người nhắn tin hỏi hồ sơ"),
        basis=DUTY,
        kept=WHEN_DONE,
        seen_by=DESK,
        erased=BY_THE_JOB,
        fields=(
            PersonalField("phone", _("Số điện thoại")),
            PersonalField("body", _("Nội dung tin")),
            PersonalField("answer", _("Tin trả lời")),
        ),
        beside="id commune_id received_at last_at repeats key fate fate_at subject phone_blind",
        ending=Ending(_old_incoming),
        order=43,
    )
)
holdings.add(
    Holding(
        name="notices.IncomingPart",
        title=_("Mảnh của tin nhắn dài chưa đến đủ"),
        whose=CITIZENS,
        purpose=_("Ghép lại tin dài"),
        basis=DUTY,
        kept=Kept(_("Đến khi các mảnh đến đủ")),
        seen_by=_("Không ai mở xem; chỉ phần mềm dùng"),
        erased=_("Phần mềm tự xóa khi ghép xong"),
        fields=(PersonalField("phone", _("Số điện thoại")), PersonalField("octets", _("Nội dung mảnh tin"))),
        beside="id reference total number coding arrived_at",
        order=44,
    )
)
no_person.add(NoPerson("notices.Attempt", "id message number at outcome detail"))
no_person.add(NoPerson("notices.Part", "id message reference fate detail taken_at told_at"))
