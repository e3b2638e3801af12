"""What codes of the catalogue are called on screen."""

from typing import Any

from django.utils.translation import gettext_lazy as _

FIELDS = {
    "civil_status": _("Hộ tịch"),
    "certification": _("Chứng thực"),
    "social_protection": _("Hộ nghèo, trợ giúp xã hội"),
    "business": _("Buôn bán, kinh doanh"),
    "land": _("Đất đai, xây dựng"),
    "residence": _("Cư trú, căn cước"),
    "other": _("Việc khác"),
}
LIFE_EVENTS = {
    "birth": _("Sinh con"),
    "school": _("Đi học"),
    "work": _("Đi làm"),
    "marriage": _("Cưới vợ, lấy chồng"),
    "house": _("Nhà cửa, đất đai"),
    "business": _("Buôn bán, kinh doanh"),
    "poverty": _("Khó khăn, hộ nghèo"),
    "illness": _("Ốm đau"),
    "travel": _("Đi xa"),
    "papers": _("Giấy tờ cá nhân"),
    "death": _("Người nhà mất"),
}
LIFE_EVENT_WORDS = {
    "birth": ("sinh con", "đẻ con", "having a baby"),
    "school": ("đi học", "nhập học", "going to school"),
    "work": ("đi làm", "xin việc", "finding work"),
    "marriage": ("cưới", "lấy vợ", "lấy chồng", "getting married"),
    "house": ("mua đất", "làm nhà", "buying a house"),
    "business": ("buôn bán", "mở cửa hàng", "starting a business"),
    "poverty": ("khó khăn", "nghèo", "hardship"),
    "illness": ("ốm đau", "bệnh tật", "illness"),
    "travel": ("đi xa", "đi nước ngoài", "travel"),
    "papers": ("giấy tờ", "personal papers"),
    "death": ("người nhà mất", "tang ma", "a death in the family"),
}
CHANNELS = {"counter": _("Tại quầy"), "online": _("Qua mạng"), "post": _("Qua bưu điện")}
PLACES = {
    "here": _("Nộp tại xã"),
    "national_portal": _("Cổng Dịch vụ công quốc gia"),
    "ministry_system": _("Hệ thống của bộ, ngành"),
    "police": _("Công an xã"),
}
ISSUERS = {
    "commune": _("Ủy ban nhân dân xã"),
    "ministry_system": _("Hệ thống của bộ, ngành (xã ký, trả kết quả)"),
    "police": _("Công an"),
}
IDENTITY_LEVELS = {"0": _("Mức nào cũng nhận"), "1": _("Mức 1 trở lên"), "2": _("Mức 2")}
ROLES = {
    "owner": _("Anh/chị"),
    "desk": _("Cán bộ ở quầy"),
    "case_officer": _("Cán bộ chuyên môn"),
    "clerk": _("Văn thư"),
    "leader": _("Lãnh đạo xã"),
    "signer": _("Lãnh đạo xã"),
    "village": _("Thôn"),
    "police": _("Công an xã"),
    "other_agency": _("Cơ quan khác"),
}
CHANGES = {
    "new": _("Thủ tục mới"),
    "changed": _("Thủ tục có thay đổi"),
    "same": _("Không đổi"),
    "curated": _("Danh mục của xã đã có, giữ bản của xã"),
    "curated_differing": _("Trong đó khác với danh mục của xã"),
    "withdrawn": _("Không còn trong bản mới"),
    "unread": _("Dòng không đọc được"),
    "doubtful": _("Thủ tục có ô chưa đọc được"),
}
CELLS = {
    "ma_thu_tuc": _("Mã thủ tục"),
    "ten_thu_tuc": _("Tên thủ tục"),
    "so_quyet_dinh": _("Quyết định công bố"),
    "cap_thuc_hien": _("Cấp thực hiện"),
    "loai_thu_tuc": _("Loại thủ tục"),
    "linh_vuc": _("Lĩnh vực"),
    "doi_tuong_thuc_hien": _("Đối tượng thực hiện"),
    "co_quan_co_tham_quyen": _("Cơ quan có thẩm quyền"),
    "co_quan_thuc_hien": _("Cơ quan thực hiện"),
    "dia_chi_tiep_nhan": _("Địa chỉ tiếp nhận"),
    "co_quan_duoc_uy_quyen": _("Cơ quan được ủy quyền"),
    "co_quan_phoi_hop": _("Cơ quan phối hợp"),
    "cach_thuc_thuc_hien": _("Cách nộp, thời hạn, phí"),
    "trinh_tu_thuc_hien": _("Trình tự thực hiện"),
    "thanh_phan_ho_so": _("Thành phần hồ sơ"),
    "yeu_cau_dieu_kien": _("Yêu cầu, điều kiện"),
    "ket_qua_xu_ly": _("Kết quả"),
    "can_cu_phap_ly": _("Căn cứ pháp lý"),
    "thu_tuc_lien_quan": _("Thủ tục liên quan"),
}
DIFFERENCES = {
    "decision": _("Quyết định công bố"),
    "term": _("Thời hạn"),
    "fee": _("Phí, lệ phí"),
    "result": _("Mã kết quả"),
    "laws": _("Văn bản căn cứ mà danh mục của xã chưa có"),
}
UNREAD = {
    "code": _("không có mã thủ tục đúng mẫu"),
    "name": _("không có tên thủ tục"),
    "twice": _("mã này đã có ở dòng trước với nội dung khác; giữ dòng trước"),
}
EDITION_STATES = {"waiting": _("Chờ duyệt"), "approved": _("Đã duyệt"), "set_aside": _("Đã bỏ qua")}
SENT_STATES = {"reading": _("Đang đọc"), "read": _("Đã đọc xong"), "refused": _("Không nhận"), "failed": _("Chưa đọc được")}
PAPER_KINDS = {
    "unknown": _("chưa rõ bản chính hay bản sao"),
    "original": _("bản chính"),
    "copy": _("bản sao"),
    "e_copy": _("ảnh chụp hoặc bản điện tử"),
    "shown": _("xem rồi trả lại"),
}
UNITS = {"hour": _("%(amount)s giờ làm việc"), "day": _("%(amount)s ngày"), "working_day": _("%(amount)s ngày làm việc")}


def guided(taken_by: str, decides: str) -> str:
    """Say in a few words who takes or decides what the commune only guides, as far as anybody said."""
    if taken_by:
        return str(_("Nộp ở %(place)s") % {"place": PLACES[taken_by]})
    return str(_("Không do xã quyết định") if decides == "other" else _("Chỉ hướng dẫn"))


def issuer(value: str) -> Any:
    """Return what an issuer is called; an imported procedure has none until the commune sets it."""
    return ISSUERS.get(value, _("Chưa đặt"))
