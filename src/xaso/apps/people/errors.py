"""What the refusals of the people room say."""

from django.utils.translation import gettext_lazy as _

from xaso.platform.errors import declare_words

declare_words(
    {
        "people.not_allowed": _("Vị trí của anh/chị không được làm việc này."),
        "people.not_found": _("Không tìm thấy. Có thể mục này đã được thay đổi; anh/chị tải lại trang."),
        "people.already_set_up": _("Xã đã được thiết lập. Người quản trị đăng nhập để sửa."),
        "people.name_needed": _("Cần ghi tên."),
        "people.text_too_long": _("“%(text)s…” quá dài, nhiều nhất %(limit)s ký tự."),
        "people.phone_wrong": _("Số điện thoại “%(text)s” chưa đúng: chỉ gồm chữ số."),
        "people.email_wrong": _("Thư điện tử “%(text)s” chưa đúng. Anh/chị viết như ten@vidu.vn."),
        "people.households_wrong": _("Số hộ “%(text)s” chưa đúng: chỉ ghi chữ số."),
        "people.village_code_taken": _("Mã “%(taken)s” đã có ở thôn khác."),
        "people.still_used": _("“%(name)s” đang được dùng ở mục khác nên không xóa được."),
        "people.former_unit_exists": _("Đơn vị cũ “%(name)s” đã có trong danh sách."),
        "people.hours_wrong": _("Giờ làm việc chưa đúng: mỗi buổi cần giờ bắt đầu trước giờ kết thúc, các buổi không trùng nhau."),
        "people.village_exists": _("Thôn “%(name)s” đã có trong danh sách."),
        "people.username_taken": _("Tên đăng nhập “%(username)s” đã có người dùng."),
        "people.username_wrong": _("Tên đăng nhập chỉ gồm chữ thường không dấu, số, dấu chấm và gạch nối, từ 3 đến 60 ký tự."),
        "people.role_unknown": _("Không có vai trò “%(role)s”."),
        "people.post_ended": _("Vị trí này đã kết thúc."),
        "people.last_administrator": _("Đây là người quản trị cuối cùng. Giao quyền cho người khác trước."),
        "people.deputy_days_wrong": _("Ngày bắt đầu ủy quyền phải trước hoặc trùng ngày kết thúc."),
        "people.deputy_is_holder": _("Người được ủy quyền phải khác người đang giữ vị trí."),
        "people.bank_account_wrong": _("Tài khoản ngân hàng chưa đúng: mã ngân hàng gồm 6 chữ số, số tài khoản gồm 4 đến 30 chữ số."),
        "people.local_day_past": _("Ngày phải từ hôm nay và không quá xa. Ngày đã qua thì hạn đã tính rồi, không sửa được."),
        "people.local_day_taken": _("Ngày này đã được đặt. Anh/chị bỏ ngày cũ rồi đặt lại."),
        "people.local_day_same": _("Theo lịch chung, ngày này đã là như vậy."),
        "people.local_day_wrong": _("Ngày chưa đúng. Anh/chị viết như 05/11/2026."),
        "people.local_day_ground": _("Cần ghi căn cứ: số văn bản cho nghỉ hoặc cho hoán đổi."),
        "people.same_person": _("Thay đổi tài khoản ngân hàng cần một người quản trị khác duyệt."),
        "people.already_done": _("Việc này đã làm rồi, không làm lại lần nữa."),
        "people.already_decided": _("Đề nghị này đã được xử lý."),
        "people.namesake_in_sheet": _("“%(name)s” đã có ở dòng trên. Ghi tên đăng nhập cho cả hai: giống nhau nếu là một người."),
        "people.village_unclear": _("Không rõ thôn “%(name)s”: không có, hoặc có nhiều thôn trùng tên."),
        "people.sheet_unreadable": _("Không đọc được tệp. Anh/chị lưu lại bằng định dạng XLSX rồi thử lại."),
        "people.sheet_columns": _("Dòng đầu của bảng thiếu cột: %(missing)s."),
        "people.sheet_too_large": _("Tệp quá lớn. Bảng nhiều nhất %(megabytes)s MB; anh/chị bỏ hình ảnh và định dạng thừa."),
        "people.sheet_too_long": _("Bảng có quá %(limit)s dòng. Anh/chị chia thành nhiều tệp."),
        "people.sign_in_wrong": _("Tên đăng nhập hoặc mật khẩu chưa đúng."),
        "people.no_post": _("Tài khoản này chưa được giao vị trí nào. Anh/chị hỏi người quản trị của xã."),
        "people.key_wrong": _("Khóa của máy không đúng loại. Anh/chị tải lại trang rồi đăng nhập lại."),
        "people.device_taken": _("Máy này đã được bỏ hoặc đang dùng cho người khác. Anh/chị đăng nhập lại trên máy."),
        "people.too_many_devices": _("Anh/chị đã có %(limit)s máy. Bỏ bớt máy không dùng nữa rồi thêm máy này."),
        "people.identity_incomplete": _("Thông tin từ hệ thống định danh chưa đủ họ tên hoặc số định danh cá nhân."),
        "people.password_wrong": _("Mật khẩu hiện tại chưa đúng."),
        "people.password_weak": _("%(reason)s"),
    }
)
