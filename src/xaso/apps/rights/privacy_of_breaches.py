"""Personal data in the register of data breaches."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from xaso.apps.rights.breach_words import BREACH_FACTS
from xaso.apps.rights.models import BreachPerson
from xaso.platform.personal_data import CITIZENS, DUTY, OFFICIALS, Holding, Kept, Person, PersonalField, holdings

KEPT = Kept(_("Số năm cần xác nhận; biên bản là chứng cứ xã đã báo"), confirm=True)
SEEN = _("Giám đốc trung tâm, lãnh đạo, người quản trị")
ERASED = _("Không tự xóa, vì là biên bản của sự cố")


def _lines(person: Person) -> QuerySet[BreachPerson, Any]:
    return (
        BreachPerson.objects.filter(citizen_id=person.citizen_id, told_at__isnull=False).select_related("breach").order_by("told_at", "id")
    )


holdings.add(
    Holding(
        name="rights.Breach",
        title=_("Sự cố dữ liệu"),
        whose=OFFICIALS,
        purpose=_("Báo cơ quan chức năng trong 72 giờ, khắc phục, lập biên bản"),
        basis=DUTY,
        kept=KEPT,
        seen_by=SEEN,
        erased=ERASED,
        fields=(
            PersonalField("what", BREACH_FACTS["what"], whose=CITIZENS),
            PersonalField("consequences", BREACH_FACTS["consequences"], whose=CITIZENS),
            PersonalField("measures", BREACH_FACTS["measures"]),
            PersonalField("reported_by", _("Người ghi")),
            PersonalField("reporter_post", _("Chức vụ")),
            PersonalField("late_why", _("Vì sao báo muộn")),
            PersonalField("end_words", _("Kết luận")),
        ),
        beside=(
            "id commune code state happened_at known_at due_at data_kinds is_sensitive people_count noted_at told_at told_on_paper "
            "words_to_people people_told_at ended_at"
        ),
        order=34,
    )
)
holdings.add(
    Holding(
        name="rights.BreachStep",
        title=_("Biên bản sự cố dữ liệu"),
        whose=OFFICIALS,
        purpose=_("Biết ai đã làm gì khi có sự cố"),
        basis=DUTY,
        kept=KEPT,
        seen_by=SEEN,
        erased=ERASED,
        fields=(
            PersonalField("actor_name", _("Người làm")),
            PersonalField("post_title", _("Chức vụ")),
            PersonalField("note", _("Ghi chú")),
        ),
        beside="id breach verb from_state to_state at",
        order=35,
    )
)
holdings.add(
    Holding(
        name="rights.BreachPerson",
        title=_("Người bị ảnh hưởng bởi sự cố dữ liệu"),
        whose=CITIZENS,
        purpose=_("Báo cho đúng người dữ liệu của họ có thể đã lộ"),
        basis=DUTY,
        kept=KEPT,
        seen_by=SEEN,
        erased=ERASED,
        fields=(PersonalField("citizen", _("Người bị ảnh hưởng"), path="citizen__full_name"),),
        beside="id breach added_at told_at",
        tells=(
            PersonalField("breach", _("Mã"), path="breach__code"),
            PersonalField("breach", _("Xã nhắn"), path="breach__words_to_people"),
            PersonalField("told_at", _("Lúc")),
        ),
        rows=_lines,
        order=36,
    )
)
