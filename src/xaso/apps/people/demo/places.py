"""Bảo Nhai as published: three old communes, the villages whose names are known, and places kept for those that are not.

A village without a mark is named in public sources; `?` marks names recalled from reading, `mẫu` those that only fill the list up to 38.
"""

from dataclasses import dataclass
from datetime import date

MERGED_ON = date(2025, 7, 1)
OLD_DISTRICT = "Bắc Hà"

FACTS = {
    "slug": "bao-nhai",
    "name": "Xã Bảo Nhai",
    "short_name": "Bảo Nhai",
    "province": "Lào Cai",
    "province_code": "15",
    "gso_code": "02890",
    "agency_code": None,
    "address": "Thôn Bảo Tấn 1, xã Bảo Nhai, tỉnh Lào Cai",
    "phone": "02140000000",
    "email": "motcua@baonhai.example",
    "website": "https://baonhai.example/",
    "office_hours": [["07:30", "11:30"], ["13:30", "17:00"]],
    "bank_name": "Ngân hàng Mẫu (dùng thử)",
    "bank_bin": "999999",
    "bank_account_number": "0000000000",
    "bank_account_holder": "UBND XA BAO NHAI (MAU)",
}


@dataclass(frozen=True)
class OldCommune:
    """An old commune with its villages and the shares of its ethnic groups, in percent."""

    code: str
    name: str
    prefix: str
    villages: tuple[str, ...]
    samples: int
    shares: dict[str, int]


OLD_COMMUNES = (
    OldCommune(
        "02890",
        "Bảo Nhai",
        "BN",
        (
            "Bảo Tấn 1",
            "Bảo Tấn 2 ?",
            "Nậm Khắp Ngoài",
            "Nậm Khắp Trong ?",
            "Khởi Xá",
            "Khởi Bung ?",
            "Trung Đô",
            "Nậm Trì ?",
            "Bản Dù ?",
            "Bản Mẹt ?",
            "Phìn Giàng ?",
            "Cốc Đào ?",
        ),
        4,
        {"Tày": 32, "Kinh": 24, "Mông": 18, "Nùng": 14, "Dao": 8, "Phù Lá": 4},
    ),
    OldCommune(
        "02878",
        "Cốc Ly",
        "CL",
        ("Cốc Sâm", "Lùng Xa ?", "Thẩm Phúc ?", "Nậm Ké ?", "Sán Chá ?", "Kho Lạt ?", "Na Ắng ?"),
        7,
        {"Mông": 42, "Nùng": 24, "Dao": 18, "Tày": 10, "Phù Lá": 4, "Kinh": 2},
    ),
    OldCommune(
        "02884",
        "Nậm Đét",
        "ND",
        ("Bản Lắp", "Tống Thượng ?", "Tống Hạ ?"),
        5,
        {"Dao": 82, "Phù Lá": 8, "Mông": 6, "Kinh": 4},
    ),
)


def village_names(unit: OldCommune) -> list[tuple[str, bool]]:
    """Return (name, unverified) of the unit's villages, samples last."""
    known = [(name.removesuffix(" ?"), name.endswith(" ?")) for name in unit.villages]
    return known + [(f"Số {number} {unit.name} (mẫu)", True) for number in range(1, unit.samples + 1)]
