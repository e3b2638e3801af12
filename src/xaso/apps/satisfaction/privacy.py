"""Personal data of this room: an answer is a person's for a day, then it is counted and nobody's."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from xaso.apps.satisfaction.models import Question
from xaso.platform.personal_data import (
    CITIZENS,
    CONSENT,
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


def _questions(person: Person) -> QuerySet[Question, Any]:
    return Question.objects.filter(commune_id=person.commune_id, subject__in=subjects_of(person)).order_by("asked_at", "id")


holdings.add(
    Holding(
        name="satisfaction.Question",
        title=_("Câu hỏi hài lòng sau khi có kết quả"),
        whose=CITIZENS,
        purpose=_("Biết bà con hài lòng đến đâu; trả lời hay không là tùy anh/chị"),
        basis=CONSENT,
        kept=Kept(_("kể từ khi trả lời; sau đó chỉ còn được đếm chung"), lambda: 1),
        seen_by=_("Không ai thấy ai đã chọn gì"),
        erased=_("Phần mềm tự xóa mặt đã chọn và lời góp ý khỏi câu hỏi sau một ngày"),
        fields=(PersonalField("face", _("Mặt đã chọn")), PersonalField("remark", _("Lời góp ý"))),
        beside="id commune_id subject token procedure_code procedure_name asked_at answered_at counted_at",
        tells=(PersonalField("asked_at", _("Hỏi lúc")), PersonalField("procedure_name", _("Thủ tục"))),
        rows=_questions,
        order=45,
    )
)
holdings.add(
    Holding(
        name="satisfaction.Remark",
        title=_("Lời góp ý không tên"),
        whose=_("Không rõ ai: đã tách khỏi người viết"),
        purpose=_("Lãnh đạo đọc để sửa cách làm"),
        basis=CONSENT,
        kept=Kept(_("Chưa đặt hạn xóa; cần xác nhận"), confirm=True),
        seen_by=_("Lãnh đạo, giám đốc trung tâm"),
        erased=_("Không tìm được theo người, nên không xóa theo người được"),
        fields=(PersonalField("text", _("Lời góp ý, có thể nhắc đến tên người")),),
        beside="id commune_id month procedure_code",
        order=46,
    )
)
holdings.add(
    Holding(
        name="satisfaction.AskingScreen",
        title=_("Màn hình hỏi ý kiến ở quầy"),
        whose=OFFICIALS,
        purpose=_("Biết màn hình đặt ở quầy của ai"),
        basis=DUTY,
        kept=Kept(_("Trong ngày; dòng cũ bị xóa khi mở màn hình mới")),
        seen_by=_("Không ai mở xem; chỉ phần mềm dùng"),
        erased=_("Phần mềm tự xóa"),
        fields=(PersonalField("account_id", _("Tài khoản cán bộ ở quầy")),),
        beside="id commune_id opened_at question shown_until",
        order=95,
    )
)
no_person.add(NoPerson("satisfaction.Tally", "id commune_id month procedure_code procedure_name face count"))
