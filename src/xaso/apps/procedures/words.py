"""What codes of the catalogue are called on screen."""

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
PAPER_KINDS = {
    "original": _("bản chính"),
    "copy": _("bản sao"),
    "e_copy": _("ảnh chụp hoặc bản điện tử"),
    "shown": _("xem rồi trả lại"),
}
UNITS = {"hour": _("%(amount)s giờ làm việc"), "day": _("%(amount)s ngày"), "working_day": _("%(amount)s ngày làm việc")}
