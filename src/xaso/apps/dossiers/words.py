"""What states, moves and channels are called on the screen, and the tone they are shown in."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

STATES = {
    "held": (_("Chưa gửi lên Cổng quốc gia"), "nghe"),
    "asked_before_filing": (_("Chờ bổ sung"), "nghe"),
    "submitted": (_("Chờ tiếp nhận"), "nghe"),
    "asked_at_intake": (_("Chờ bổ sung"), "nghe"),
    "accepted": (_("Đã tiếp nhận"), "cham"),
    "examining": (_("Đang thẩm tra"), "cham"),
    "supplement_asked": (_("Chờ bổ sung"), "nghe"),
    "in_review": (_("Chờ ký"), "nghe"),
    "solved": (_("Đã có kết quả"), "la"),
    "refused": (_("Từ chối tiếp nhận"), "son"),
    "withdrawn": (_("Đã rút"), "cham"),
    "stopped": (_("Dừng giải quyết"), "son"),
    "stopped_at_intake": (_("Dừng giải quyết"), "son"),
}

STATES_FOR_APPLICANT = {
    "held": _("Xã đã nhận và giữ sẵn. Hồ sơ chưa gửi lên Cổng dịch vụ công quốc gia."),
    "asked_before_filing": _("Còn thiếu giấy tờ. Anh/chị bổ sung để xã gửi được hồ sơ lên Cổng dịch vụ công quốc gia."),
    "submitted": _("Xã đã nhận được. Cán bộ sẽ xem trong giờ làm việc."),
    "asked_at_intake": _("Còn thiếu giấy tờ. Anh/chị bổ sung để xã làm tiếp."),
    "accepted": _("Xã đã tiếp nhận. Đang chờ cán bộ giải quyết."),
    "examining": _("Cán bộ đang giải quyết."),
    "supplement_asked": _("Còn thiếu giấy tờ. Anh/chị bổ sung để xã làm tiếp."),
    "in_review": _("Đã làm xong, đang chờ lãnh đạo ký."),
    "solved": _("Đã có kết quả."),
    "refused": _("Xã không tiếp nhận hồ sơ này."),
    "withdrawn": _("Anh/chị đã rút hồ sơ."),
    "stopped": _("Xã đã dừng giải quyết hồ sơ này."),
    "stopped_at_intake": _("Xã đã dừng giải quyết hồ sơ này."),
}

MONEY = {
    "unknown": (_("Chưa rõ mức phí"), "nghe"),
    "none": (_("Không phải nộp phí"), "cham"),
    "due": (_("Chưa nộp phí"), "nghe"),
    "requested": (_("Đang chờ nộp phí"), "nghe"),
    "paid": (_("Đã nộp phí"), "la"),
    "waived": (_("Được miễn phí"), "la"),
}

DELIVERY = {
    "not_ready": (_("Chưa có kết quả"), "cham"),
    "ready": (_("Chờ trả kết quả"), "nghe"),
    "downloaded": (_("Đã nhận trên mạng"), "la"),
    "handed_over": (_("Đã trả kết quả"), "la"),
    "posted": (_("Đang gửi qua bưu chính"), "cham"),
    "returned": (_("Bưu chính trả lại, chờ ở quầy"), "nghe"),
}

SYNC = {
    "not_needed": (_("Không cần gửi lên Cổng"), "cham"),
    "held": (_("Chưa gửi lên Cổng quốc gia"), "nghe"),
    "registered": (_("Đã có mã của Cổng quốc gia"), "la"),
}

HELD_FOR = {
    "national_portal": _("Cổng Dịch vụ công quốc gia"),
    "ministry_system": _("Hệ thống của bộ, ngành"),
    "police": _("Công an xã"),
}
"""Where a dossier that is not filed here goes from us."""

CHANNELS = {"counter": _("Trực tiếp"), "online": _("Trực tuyến"), "post": _("Bưu chính")}

VERBS = {
    "submit": _("Nộp hồ sơ"),
    "register": _("Ghi mã của Cổng quốc gia"),
    "accept": _("Tiếp nhận"),
    "refuse": _("Từ chối tiếp nhận"),
    "ask_for_more": _("Yêu cầu bổ sung"),
    "add_supplement": _("Bổ sung giấy tờ"),
    "take": _("Nhận việc"),
    "prepare_result": _("Chuyển ký"),
    "attach_result": _("Ghi kết quả của hệ thống khác"),
    "send_back": _("Trả lại để sửa"),
    "sign": _("Ký và đóng dấu"),
    "pass_on": _("Bàn giao"),
    "extend": _("Xin lỗi và gia hạn"),
    "stop": _("Dừng giải quyết"),
    "resume": _("Làm tiếp"),
    "withdraw": _("Rút hồ sơ"),
    "charge": _("Ghi phí phải thu"),
    "request_payment": _("Yêu cầu nộp phí"),
    "take_payment": _("Thu phí"),
    "waive": pgettext_lazy("fee", "Miễn phí"),
    "make_ready": _("Có kết quả"),
    "hand_over": _("Trả kết quả"),
    "download": _("Nhận kết quả trên mạng"),
    "send_by_post": _("Gửi kết quả qua bưu chính"),
    "note_delivered": _("Bưu chính đã giao"),
    "note_returned": _("Bưu chính trả lại"),
    "send_part": _("Gửi phần liên thông"),
    "part_accepted": _("Nơi khác đã nhận phần liên thông"),
    "part_done": _("Phần liên thông đã xong"),
    "part_refused": _("Phần liên thông bị từ chối"),
    "leave_part_out": _("Không làm phần liên thông"),
}

STEPS = {
    **VERBS,
    "submit": pgettext_lazy("step", "Nộp hồ sơ"),
    "register": pgettext_lazy("step", "Ghi mã của Cổng quốc gia"),
    "accept": pgettext_lazy("step", "Tiếp nhận"),
    "refuse": pgettext_lazy("step", "Từ chối tiếp nhận"),
    "ask_for_more": pgettext_lazy("step", "Yêu cầu bổ sung"),
    "add_supplement": pgettext_lazy("step", "Bổ sung giấy tờ"),
    "take": pgettext_lazy("step", "Nhận việc"),
    "prepare_result": pgettext_lazy("step", "Chuyển ký"),
    "attach_result": pgettext_lazy("step", "Ghi kết quả của hệ thống khác"),
    "send_back": pgettext_lazy("step", "Trả lại để sửa"),
    "sign": pgettext_lazy("step", "Ký và đóng dấu"),
    "pass_on": pgettext_lazy("step", "Bàn giao"),
    "extend": pgettext_lazy("step", "Xin lỗi và gia hạn"),
    "stop": pgettext_lazy("step", "Dừng giải quyết"),
    "resume": pgettext_lazy("step", "Làm tiếp"),
    "withdraw": pgettext_lazy("step", "Rút hồ sơ"),
    "charge": pgettext_lazy("step", "Ghi phí phải thu"),
    "request_payment": pgettext_lazy("step", "Yêu cầu nộp phí"),
    "take_payment": pgettext_lazy("step", "Thu phí"),
    "waive": pgettext_lazy("step", "Miễn phí"),
    "hand_over": pgettext_lazy("step", "Trả kết quả"),
    "download": pgettext_lazy("step", "Nhận kết quả trên mạng"),
    "send_by_post": pgettext_lazy("step", "Gửi kết quả qua bưu chính"),
    "send_part": pgettext_lazy("step", "Gửi phần liên thông"),
    "leave_part_out": pgettext_lazy("step", "Không làm phần liên thông"),
}
"""What was done, as a history says it: other languages than Vietnamese have another form for what is still to do."""

PARTS = {
    "waiting": (_("Chưa gửi"), "nghe"),
    "sent": (_("Đã gửi, chờ nhận"), "cham"),
    "accepted": (_("Đã nhận, đang làm"), "cham"),
    "done": (_("Đã xong"), "la"),
    "refused": (_("Bị từ chối"), "son"),
    "left_out": (_("Không làm"), "cham"),
}

NOT_FOR_APPLICANT = frozenset({"make_ready", "send_back", "prepare_result", "pass_on"})
"""Moves between officials that the applicant's timeline leaves out."""
_PART_MOVES = frozenset({"send_part", "part_accepted", "part_done", "part_refused", "leave_part_out"})
_OWN_MOVES = frozenset({"refuse", "stop", "extend", "withdraw", "ask_for_more", "add_supplement", "charge", "waive", "note_returned"})
NOTED_FOR_APPLICANT = _PART_MOVES | _OWN_MOVES
"""Moves whose note is written for the applicant or by her."""

SIGNS = {
    "number": _("cùng số định danh"),
    "name_and_birth": _("cùng họ tên và ngày sinh"),
    "phone": _("cùng điện thoại"),
}
"""By what two dossiers look like the same person's."""

PAPER_KINDS = {
    "original": _("bản chính"),
    "copy": _("bản sao"),
    "e_copy": _("bản điện tử"),
    "shown": _("xem rồi trả lại"),
}

FORMS = {
    "01": _("Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
    "02": _("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"),
    "03": _("Phiếu từ chối tiếp nhận giải quyết hồ sơ"),
    "04": _("Văn bản xin lỗi và đề nghị gia hạn"),
    "05": _("Thông báo dừng giải quyết hồ sơ"),
    "06": _("Phiếu kiểm soát quá trình giải quyết hồ sơ"),
    "07": _("Sổ theo dõi hồ sơ"),
}

PRINT_FORM = {
    "01": _("In giấy hẹn"),
    "02": _("In phiếu yêu cầu bổ sung"),
    "03": _("In phiếu từ chối"),
    "04": _("In văn bản xin lỗi"),
    "05": _("In thông báo dừng"),
}
"""What the button says that prints a form just issued."""

OUTCOMES = {
    "early": _("Trước hạn"),
    "on_time": _("Đúng hạn"),
    "extended": _("Đúng hẹn mới sau gia hạn"),
    "late": _("Quá hạn"),
    "running": _("Đang giải quyết"),
    "overdue": _("Đang quá hạn"),
    "paused": _("Tạm dừng"),
    "ended": _("Không giải quyết"),
    "unknown": _("Chưa rõ hạn"),
}
"""How a dossier stands with what was promised, in the register and on the control slip."""

DONE = {
    "register": _("Đã ghi mã quốc gia cho hồ sơ %(code)s."),
    "hold": _("Đã giữ sẵn hồ sơ %(code)s. Gửi lên Cổng xong thì anh/chị ghi mã của Cổng vào."),
    "accept": _("Đã tiếp nhận hồ sơ %(code)s. Giấy hẹn đã sẵn sàng để in."),
    "refuse": _("Đã từ chối tiếp nhận hồ sơ %(code)s. Phiếu từ chối đã sẵn sàng để in."),
    "take": _("Anh/chị đã nhận giải quyết hồ sơ %(code)s."),
    "ask_for_more": _("Đã yêu cầu bổ sung hồ sơ %(code)s."),
    "add_supplement": _("Đã nhận bổ sung hồ sơ %(code)s."),
    "extend": _("Đã ghi xin lỗi và ngày hẹn mới của hồ sơ %(code)s. Văn bản đã sẵn sàng để in."),
    "stop": _("Đã dừng giải quyết hồ sơ %(code)s. Thông báo dừng đã sẵn sàng để in."),
    "resume": _("Đã làm tiếp hồ sơ %(code)s."),
    "withdraw": _("Đã rút hồ sơ %(code)s."),
    "prepare_result": _("Đã chuyển ký hồ sơ %(code)s."),
    "attach_result": _("Đã ghi kết quả cho hồ sơ %(code)s."),
    "send_back": _("Đã trả lại hồ sơ %(code)s để sửa."),
    "sign": _("Đã ký và đóng dấu kết quả hồ sơ %(code)s."),
    "charge": _("Đã ghi phí phải thu cho hồ sơ %(code)s."),
    "request_payment": _("Đã yêu cầu nộp phí hồ sơ %(code)s. Đồng hồ tạm dừng."),
    "take_payment": _("Đã thu phí hồ sơ %(code)s."),
    "waive": _("Đã ghi miễn phí cho hồ sơ %(code)s."),
    "hand_over": _("Đã trả kết quả hồ sơ %(code)s."),
    "send_by_post": _("Đã ghi việc gửi kết quả hồ sơ %(code)s qua bưu chính."),
    "note_delivered": _("Đã ghi bưu chính giao kết quả hồ sơ %(code)s."),
    "note_returned": _("Kết quả hồ sơ %(code)s đã về, chờ ở quầy."),
    "part": _("Đã ghi phần liên thông của hồ sơ %(code)s."),
    "attach": _("Đã thêm giấy tờ vào hồ sơ %(code)s."),
}

TYPED = {
    "reason": _("Lý do"),
    "legal_ground": _("Căn cứ pháp lý"),
    "other": _("Nội dung khác"),
    "answer": _("Ghi chú"),
    "basis": _("Căn cứ"),
    "new_due_on": _("Ngày hẹn mới"),
    "number": _("Số của kết quả"),
    "national_code": _("Mã hồ sơ của Cổng quốc gia"),
    "recipient_name": _("Người nhận"),
    "shown_paper": _("Giấy tờ xuất trình"),
    "receipt_number": _("Số biên lai"),
    "tracking_number": _("Mã vận đơn"),
    "return_address": _("Số nhà, thôn"),
    "return_area": _("Xã, tỉnh"),
}
"""What the fields of moves are called, for what was typed for a move that somebody else has overtaken."""

POST_QUEUES = {
    "to_post": _("Cần gửi"),
    "unpaid": _("Chờ nộp phí rồi gửi"),
    "posted": _("Đang gửi"),
    "returned": _("Bưu chính trả lại"),
}
"""The lists of what goes by public post."""

ROUND_STATES = {
    "running": ("cham", _("Đang ký")),
    "held": ("son", _("Tạm dừng")),
    "stopped": ("nghe", _("Đã dừng")),
    "ended": ("la", _("Đã ký xong lượt này")),
}
"""How a round in which many results are signed stands: tone and words."""

ROUND_PAPERS = {
    "waiting": ("cham", _("Chờ đến lượt"), "clock"),
    "signing": ("cham", _("Đang ký"), "clock"),
    "signed": ("la", _("Đã ký"), "check"),
    "refused": ("son", _("Không ký"), "warn"),
    "left": ("nghe", _("Để lại, chưa ký"), "pause"),
}
"""How one paper of a round stands: tone, words, icon."""

GAP_REASONS = {
    "interrupted": _("Máy dừng giữa chừng khi đang ký"),
    "signing.no_certificate": _("Người ký hoặc con dấu chưa có chứng thư số"),
}
"""Why a number became a gap, by the code that signing left."""

REGISTER_ORDERS = {
    "newest": _("Mới nộp trước"),
    "oldest": _("Nộp lâu nhất trước"),
    "due": _("Đến hạn trước"),
    "name": _("Tên người nộp"),
}

OUT_OF_REACH = _(
    "Chưa có điện thoại và số định danh: bà con không tra cứu hồ sơ được, xã không nhắn tin được. Anh/chị hỏi lấy một trong hai."
)
"""Said of an applicant whom no message reaches and who cannot look the dossier up."""

DOUBTS = {
    "no_device": _("Nộp từ máy chưa đăng nhập bao giờ"),
    "unknown": _("Xã chưa biết máy này"),
    "revoked": _("Máy đã bị chủ máy bỏ"),
    "closed": _("Tài khoản của chủ máy đã khóa"),
    "wrong_signature": _("Chữ ký của máy không đúng"),
    "anothers": _("Nộp từ máy của người khác"),
}
"""Why nobody vouches for what a phone sent."""

CONFIRMED_BY = {
    "device": _("máy của người nộp ký"),
    "sign_in": _("người nộp đăng nhập xác nhận"),
    "desk": _("quầy một cửa so giấy tờ"),
}
"""By what it is known who sent an application from a phone."""

OUT_OF_TIME = "dossiers.out_of_time"
_ERASED_LATE = _("Quá hạn mà chưa ai xác nhận người nộp, xã đã xóa bản gửi này. Anh/chị gửi lại nếu vẫn cần.")
_ERASED = _("Xã đã xóa bản gửi này: %(why)s Anh/chị hỏi quầy một cửa, hoặc làm lại.")


def erased(why: str) -> str:
    """Say why an application was erased for which nobody vouched."""
    return str(_ERASED_LATE) if why == OUT_OF_TIME else str(_ERASED) % {"why": why}
