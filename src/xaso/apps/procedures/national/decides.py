"""Who decides, as far as the record says: the commune's People's Committee, somebody else, or nobody knows."""

import re

COMMUNE, OTHER, UNKNOWN = "commune", "other", "unknown"
NOTHING = frozenset({"", "không có thông tin"})

_COMMUNE = re.compile(r"(?:ủy ban nhân dân|uỷ ban nhân dân|ubnd) (?:cấp )?xã", re.IGNORECASE)
_ABOLISHED = re.compile(r"huyện|phòng tư pháp", re.IGNORECASE)
_OTHER_FIELDS = re.compile(
    r"hải quan|thuế|bhxh|bhyt|bảo hiểm|tòa án|kho bạc|cư trú|căn cước|xuất nhập cảnh|định danh và xác thực|"
    r"phương tiện giao thông|phòng cháy|ma túy",
    re.IGNORECASE,
)

FIELDS = (
    ("civil_status", r"hộ tịch|nuôi con nuôi"),
    ("certification", r"chứng thực"),
    ("residence", r"cư trú|căn cước|xuất nhập cảnh|định danh"),
    ("social_protection", r"giảm nghèo|người có công|bảo trợ|bhxh|bhyt|bảo hiểm|chính sách"),
    ("land", r"đất đai|xây dựng|nhà ở|quy hoạch|hạ tầng"),
    ("business", r"hộ kinh doanh|hợp tác|doanh nghiệp"),
)


def who_decides(field: str, *agencies: str) -> str:
    """Return commune, other or unknown. Some fields are another authority's whatever the cells name.

    An authority of the districts, which ended on 01/07/2025, tells nothing of who decides now.
    """
    named = " ".join(" ".join(agency.split()) for agency in agencies if agency.strip().lower() not in NOTHING)
    if _OTHER_FIELDS.search(field):
        return OTHER
    if _COMMUNE.search(named):
        return COMMUNE
    return OTHER if named and not _ABOLISHED.search(named) else UNKNOWN


def catalogue_field(field: str) -> str:
    """Return the catalogue's field under which a field of the national database is shown."""
    return next((name for name, words in FIELDS if re.search(words, field, re.IGNORECASE)), "other")
