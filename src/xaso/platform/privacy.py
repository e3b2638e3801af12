"""What the platform itself keeps about people, and its tables that hold nothing of the kind."""

from django.utils.translation import gettext_lazy as _

from xaso.platform.housekeeping import FACTS_KEPT, RESULTS_KEPT
from xaso.platform.personal_data import (
    ALL_CASE_STAFF,
    CITIZENS,
    DUTY,
    OFFICIALS,
    UNSET,
    Holding,
    Kept,
    NoPerson,
    PersonalField,
    holdings,
    no_person,
)
from xaso.platform.sheets.jobs import KEPT as SHEETS_KEPT
from xaso.platform.uploads.actions import KEPT as UPLOADS_KEPT

NOBODY = _("Không ai mở xem; chỉ phần mềm dùng")

holdings.add(
    Holding(
        name="platform.StoredFile",
        title=_("Tệp giấy tờ và kết quả"),
        whose=CITIZENS,
        purpose=_("Giữ giấy tờ anh/chị gửi và giấy tờ xã cấp, đúng từng bit"),
        basis=DUTY,
        kept=Kept(_("Bằng thời gian giữ hồ sơ; tệp không hồ sơ nào dùng thì bị xóa sau một ngày")),
        seen_by=ALL_CASE_STAFF,
        erased=_("Phần mềm xóa tệp không còn ai dùng, mỗi ngày một lần"),
        fields=(
            PersonalField("name", _("Tên tệp")),
            PersonalField("sha256", _("Nội dung tệp, kể cả ảnh giấy tờ tùy thân"), sensitive=True),
        ),
        beside="id commune_id size_bytes media_type created_at virus_check",
        order=60,
    )
)
holdings.add(
    Holding(
        name="platform.Upload",
        title=_("Tệp đang gửi dở từ điện thoại"),
        whose=CITIZENS,
        purpose=_("Gửi tiếp được khi mất sóng giữa chừng"),
        basis=DUTY,
        kept=Kept(_("kể từ khi bắt đầu gửi"), lambda: UPLOADS_KEPT.days),
        seen_by=NOBODY,
        erased=_("Phần mềm tự xóa"),
        fields=(
            PersonalField("name", _("Tên tệp")),
            PersonalField("metadata", _("Thông tin về tệp do máy gửi kèm")),
            PersonalField("sha256", _("Mã nội dung tệp")),
            PersonalField("fingerprint", _("Dấu để nhận ra tệp gửi lại")),
            PersonalField("address", _("Địa chỉ mạng của máy gửi")),
        ),
        beside="id size_bytes offset_bytes turn created_at expires_at ended_at",
        order=61,
    )
)
holdings.add(
    Holding(
        name="platform.SheetJob",
        title=_("Bảng tính cán bộ đã xin"),
        whose=OFFICIALS,
        purpose=_("Làm bảng tính dài và đưa cho đúng người xin"),
        basis=DUTY,
        kept=Kept(_("kể từ khi xin"), lambda: SHEETS_KEPT.days),
        seen_by=_("Người đã xin bảng"),
        erased=_("Phần mềm tự xóa"),
        fields=(PersonalField("asked_by", _("Tên người xin bảng")), PersonalField("query", _("Điều kiện lọc, có thể có tên người"))),
        beside=(
            "id commune_id account_id roles source language state rows_count rows_written size_bytes asked_at leased_until done_at ends_at"
        ),
        order=95,
    )
)
holdings.add(
    Holding(
        name="platform.RateWindow",
        title=_("Đếm số lần thử"),
        whose=CITIZENS,
        purpose=_("Chặn kẻ thử mã, thử mật khẩu nhiều lần"),
        basis=DUTY,
        kept=Kept(_("kể từ lần thử"), lambda: 1),
        seen_by=NOBODY,
        erased=_("Phần mềm tự xóa"),
        fields=(PersonalField("key", _("Địa chỉ mạng hoặc số điện thoại đã thử")),),
        beside="started_at hits",
        order=96,
    )
)
holdings.add(
    Holding(
        name="django_tasks_database.DBTaskResult",
        title=_("Việc phần mềm tự làm"),
        whose=CITIZENS,
        purpose=_("Làm việc nền và biết việc nào hỏng"),
        basis=DUTY,
        kept=Kept(_("kể từ khi làm xong"), lambda: RESULTS_KEPT.days),
        seen_by=NOBODY,
        erased=_("Phần mềm tự xóa"),
        fields=(PersonalField("args_kwargs", _("Việc ấy về hồ sơ nào")), PersonalField("return_value", _("Việc ấy ra kết quả gì"))),
        beside=(
            "id status enqueued_at started_at finished_at priority task_path worker_ids queue_name backend_name run_after "
            "exception_class_path traceback"
        ),
        order=97,
    )
)
holdings.add(
    Holding(
        name="platform.OutboxMessage",
        title=_("Tin giữa các phần của phần mềm"),
        whose=CITIZENS,
        purpose=_("Báo cho các phần khác biết hồ sơ đã sang bước mới"),
        basis=DUTY,
        kept=Kept(_("kể từ khi báo xong"), lambda: FACTS_KEPT.days),
        seen_by=NOBODY,
        erased=_("Phần mềm tự xóa"),
        fields=(PersonalField("subject", _("Về hồ sơ nào")), PersonalField("payload", _("Chuyện gì đã xảy ra"))),
        beside="id topic created_at attempts next_attempt_at done_at last_error",
        order=98,
    )
)
holdings.add(
    Holding(
        name="platform.IdempotencyKey",
        title=_("Dấu chống gửi trùng của phần mềm khác"),
        whose=CITIZENS,
        purpose=_("Gửi hai lần vẫn chỉ thành một hồ sơ"),
        basis=DUTY,
        kept=UNSET,
        seen_by=NOBODY,
        erased=_("Chưa tự xóa; chỉ chứa mã hồ sơ, không có tên"),
        fields=(PersonalField("subject", _("Về hồ sơ nào")),),
        beside="id token key body_digest created_at",
        order=99,
    )
)
no_person.add(NoPerson("platform.Reaction", "id message listener done_at"))
no_person.add(NoPerson("platform.Counter", "id commune_id series period value"))
no_person.add(NoPerson("platform.ApiToken", "id commune_id name digest scopes created_at expires_at revoked_at last_used_at"))
no_person.add(NoPerson("contenttypes.ContentType", "id app_label model"))
no_person.add(NoPerson("auth.Permission", "id name content_type codename"))
no_person.add(NoPerson("auth.Group", "id name permissions"))
