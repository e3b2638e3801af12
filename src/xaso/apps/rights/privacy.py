"""Personal data of this room: people's requests about their data."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from xaso.apps.rights import privacy_of_breaches, words
from xaso.apps.rights.models import Consent, DataRequest, RequestStep
from xaso.platform.personal_data import (
    ADMINISTRATORS_ONLY,
    CITIZENS,
    DUTY,
    OFFICIALS,
    Holding,
    Kept,
    Person,
    PersonalField,
    SubjectSource,
    holdings,
    subject_sources,
)

__all__ = ["privacy_of_breaches"]

KEPT = Kept(_("Số năm cần xác nhận; xã phải chứng minh được đã trả lời"), confirm=True)
SEEN = _("Cán bộ một cửa, giám đốc trung tâm, lãnh đạo")
ERASED = _("Không tự xóa, vì là chứng cứ đã trả lời anh/chị")


def _requests(person: Person) -> QuerySet[DataRequest, Any]:
    return DataRequest.objects.filter(commune_id=person.commune_id, citizen_id=person.citizen_id).order_by("asked_at", "id")


def _steps(person: Person) -> QuerySet[RequestStep, Any]:
    return RequestStep.objects.filter(request__citizen_id=person.citizen_id).select_related("request")


def _consents(person: Person) -> QuerySet[Consent, Any]:
    return Consent.objects.filter(citizen_id=person.citizen_id).order_by("at", "id")


def _subjects(person: Person) -> list[str]:
    return [f"data_request:{pk}" for pk in _requests(person).values_list("pk", flat=True)]


subject_sources.add(SubjectSource("rights", _subjects, order=40))
holdings.add(
    Holding(
        name="rights.DataRequest",
        title=_("Yêu cầu về dữ liệu"),
        whose=CITIZENS,
        purpose=_("Trả lời yêu cầu của anh/chị đúng hạn"),
        basis=DUTY,
        kept=KEPT,
        seen_by=SEEN,
        erased=ERASED,
        fields=(
            PersonalField("name", _("Họ và tên")),
            PersonalField("phone", _("Số điện thoại")),
            PersonalField("email", _("Thư điện tử")),
            PersonalField("words", _("Anh/chị viết")),
            PersonalField("answer", _("Câu trả lời")),
            PersonalField("extended_why", _("Vì sao cần thêm thời gian")),
            PersonalField("shown_paper", _("Giấy tờ đã xem"), sensitive=True),
            PersonalField("taken_by", _("Người ghi tại quầy"), whose=OFFICIALS),
            PersonalField("guardian", _("Người yêu cầu thay"), path="guardian__full_name"),
            PersonalField("responsible", _("Người chịu trách nhiệm"), whose=OFFICIALS, path="responsible__full_name"),
        ),
        beside="id commune code citizen kind language state by_processor asked_at receipt_due_at due_at first_due_at ended_at",
        tells=(
            PersonalField("code", _("Mã")),
            PersonalField("kind", _("Yêu cầu"), told=lambda row: str(words.KINDS[row.kind][0])),
            PersonalField("asked_at", _("Gửi lúc")),
            PersonalField("state", _("Tình trạng"), told=lambda row: str(words.STATES[row.state][0])),
            PersonalField("due_at", _("Hạn trả lời")),
        ),
        rows=_requests,
        order=30,
    )
)
holdings.add(
    Holding(
        name="rights.RequestStep",
        title=_("Các bước của yêu cầu về dữ liệu"),
        whose=OFFICIALS,
        purpose=_("Biết ai đã làm gì với yêu cầu"),
        basis=DUTY,
        kept=KEPT,
        seen_by=SEEN,
        erased=ERASED,
        fields=(
            PersonalField("actor_name", _("Người làm")),
            PersonalField("post_title", _("Chức vụ")),
            PersonalField("note", _("Ghi chú"), whose=CITIZENS),
        ),
        beside="id request verb from_state to_state at",
        tells=(
            PersonalField("request", _("Mã"), path="request__code"),
            PersonalField("at", _("Lúc")),
            PersonalField("verb", _("Việc"), told=lambda row: str(words.VERBS[row.verb])),
        ),
        rows=_steps,
        order=31,
    )
)
holdings.add(
    Holding(
        name="rights.Consent",
        title=_("Điều đã đồng ý, đã rút lại"),
        whose=CITIZENS,
        purpose=_("Chứng minh anh/chị đã đồng ý việc gì, với lời nào, và đã rút lại chưa"),
        basis=DUTY,
        kept=KEPT,
        seen_by=SEEN,
        erased=_("Không xóa được: là chứng cứ của sự đồng ý"),
        fields=(
            PersonalField("is_given", _("Đồng ý hay rút lại")),
            PersonalField("text", _("Lời đã đồng ý")),
            PersonalField("said_by", _("Người nói")),
            PersonalField("guardian", _("Người giám hộ"), path="guardian__full_name"),
            PersonalField("child_agrees", _("Con cũng đồng ý")),
            PersonalField("evidence", _("Giấy tờ làm chứng")),
            PersonalField("helped_by", _("Cán bộ ghi giúp"), whose=OFFICIALS),
        ),
        beside="id commune citizen purpose version language at",
        tells=(PersonalField("at", _("Lúc")),),
        rows=_consents,
        order=32,
    )
)
holdings.add(
    Holding(
        name="rights.RetentionStep",
        title=_("Xóa dữ liệu hết hạn"),
        whose=OFFICIALS,
        purpose=_("Biết ai đã cho phép xóa"),
        basis=DUTY,
        kept=KEPT,
        seen_by=ADMINISTRATORS_ONLY,
        erased=ERASED,
        fields=(PersonalField("by", _("Người cho phép")),),
        beside="id commune verb counts at",
        order=94,
    )
)
