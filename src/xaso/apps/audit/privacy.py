"""Personal data of this room: who did and saw what, and people's questions about it."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xaso.apps.audit.models import AuditEntry, LookQuestion
from xaso.platform.acts import act_in_words, facts_in_words
from xaso.platform.personal_data import (
    DUTY,
    OFFICIALS,
    Holding,
    Kept,
    NoPerson,
    Person,
    PersonalField,
    holdings,
    no_person,
    subjects_of,
)


def _entries(person: Person) -> QuerySet[AuditEntry, Any]:
    return AuditEntry.objects.filter(commune_id=person.commune_id, subject__in=subjects_of(person)).order_by("at", "id")


def _verb_told(entry: AuditEntry) -> str:
    return act_in_words(entry.verb)


def _actor_told(entry: AuditEntry) -> str:
    return gettext("Hệ thống của xã tự làm") if entry.actor_kind == "system" else entry.actor_name


def _detail_told(entry: AuditEntry) -> list[dict[str, str]]:
    return facts_in_words(entry.verb, entry.detail)


def _questions(person: Person) -> QuerySet[LookQuestion, Any]:
    return LookQuestion.objects.filter(commune_id=person.commune_id, citizen_id=person.citizen_id).order_by("asked_at", "id")


holdings.add(
    Holding(
        name="audit.AuditEntry",
        title=_("Nhật ký: ai đã xem, sửa, tải gì"),
        whose=OFFICIALS,
        purpose=_("Giám sát việc dùng dữ liệu của anh/chị và trả lời khi anh/chị hỏi"),
        basis=DUTY,
        kept=Kept(_("Không xóa được, kể cả người quản trị; số năm cần xác nhận"), confirm=True),
        seen_by=_("Người mà dòng ấy nói về; giám đốc trung tâm, lãnh đạo, người quản trị"),
        erased=_("Không xóa: cơ sở dữ liệu khóa các dòng đã ghi"),
        fields=(
            PersonalField("actor_name", _("Tên người xem hoặc làm"), told=_actor_told),
            PersonalField("post_title", _("Chức vụ")),
            PersonalField("detail", _("Chi tiết: hồ sơ nào, để làm gì"), told=_detail_told),
            PersonalField("address", _("Địa chỉ mạng của máy"), is_given=False),
            PersonalField("actor_id", _("Tài khoản của người xem hoặc làm"), is_given=False),
        ),
        beside="id commune_id at actor_kind verb subject channel",
        tells=(PersonalField("at", _("Lúc")), PersonalField("verb", _("Việc"), told=_verb_told)),
        rows=_entries,
        order=80,
    )
)
holdings.add(
    Holding(
        name="audit.LookQuestion",
        title=_("Câu hỏi “ai đã xem thông tin của tôi”"),
        whose=_("Người hỏi"),
        purpose=_("Trả lời câu hỏi của anh/chị"),
        basis=DUTY,
        kept=Kept(_("Cùng với dòng nhật ký được hỏi; số năm cần xác nhận"), confirm=True),
        seen_by=_("Giám đốc trung tâm, lãnh đạo"),
        erased=_("Không xóa, vì là một phần của nhật ký"),
        fields=(
            PersonalField("question", _("Câu hỏi")),
            PersonalField("answer", _("Câu trả lời")),
            PersonalField("answered_by", _("Người trả lời"), whose=OFFICIALS),
            PersonalField("answered_post", _("Chức vụ người trả lời"), whose=OFFICIALS),
        ),
        beside="id commune_id entry citizen_id asked_at due_on answered_at",
        tells=(PersonalField("asked_at", _("Hỏi lúc")), PersonalField("due_on", _("Hạn trả lời"))),
        rows=_questions,
        order=81,
    )
)
no_person.add(NoPerson("audit.UnsealedEntry", "entry_id chain"))
no_person.add(NoPerson("audit.AuditChain", "chain links digest"))
no_person.add(NoPerson("audit.AuditLink", "entry_id chain number sealed_at content digest"))
