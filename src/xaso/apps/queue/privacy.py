"""Personal data of this room: names and phone numbers of appointments, and numbers of the day."""

from django.utils.translation import gettext_lazy as _

from xaso.apps.queue.options import APPOINTMENT_DAYS, TICKET_DAYS
from xaso.platform.personal_data import CITIZENS, CONSENT, DUTY, OFFICIALS, Holding, Kept, NoPerson, PersonalField, holdings, no_person

DESK = _("Cán bộ một cửa")

holdings.add(
    Holding(
        name="queue.Appointment",
        title=_("Lịch hẹn ở quầy"),
        whose=_("Người đặt lịch"),
        purpose=_("Giữ chỗ, nhắc trước ngày hẹn"),
        basis=CONSENT,
        kept=Kept(_("kể từ giờ hẹn"), APPOINTMENT_DAYS.value),
        seen_by=DESK,
        erased=_("Phần mềm tự xóa tên và số điện thoại; anh/chị hủy lịch bất cứ lúc nào"),
        fields=(PersonalField("name", _("Họ và tên")), PersonalField("phone", _("Số điện thoại"))),
        beside="id commune_id group starts_at code token request_key state ticket created_at phone_blind",
        order=50,
    )
)
holdings.add(
    Holding(
        name="queue.Ticket",
        title=_("Số thứ tự ở quầy"),
        whose=CITIZENS,
        purpose=_("Gọi đúng lượt; không hỏi tên"),
        basis=DUTY,
        kept=Kept(_("kể từ ngày lấy số; sau đó chỉ còn số liệu chung"), TICKET_DAYS.value),
        seen_by=DESK,
        erased=_("Phần mềm tự xóa"),
        fields=(PersonalField("priority", _("Được ưu tiên: người già, khuyết tật, mang thai"), sensitive=True),),
        beside=(
            "id commune_id day letter number group counter token request_key source booked_for state taken_at turn_at called_at "
            "first_called_at times_called ended_at"
        ),
        order=51,
    )
)
holdings.add(
    Holding(
        name="queue.TicketStep",
        title=_("Các bước của số thứ tự"),
        whose=OFFICIALS,
        purpose=_("Biết quầy nào đã gọi"),
        basis=DUTY,
        kept=Kept(_("kể từ ngày lấy số; sau đó chỉ còn số liệu chung"), TICKET_DAYS.value),
        seen_by=DESK,
        erased=_("Phần mềm tự xóa"),
        fields=(PersonalField("by", _("Chức vụ người gọi số")),),
        beside="id ticket verb state at counter group",
        order=52,
    )
)
for name, columns in {
    "queue.ServiceGroup": "id commune_id name letter fields weekdays open_from open_until by_phone slot_minutes slot_capacity ended_at",
    "queue.ServiceCounter": "id commune_id number name ended_at groups",
    "queue.Kiosk": "id commune_id name token_digest created_at removed_at",
    "queue.DayFigures": "id commune_id group day taken served given_up left_over wait_median_seconds service_median_seconds",
}.items():
    no_person.add(NoPerson(name, columns))
