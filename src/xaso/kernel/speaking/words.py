"""How letters, abbreviations, units and foreign words are said in Vietnamese."""

from collections.abc import Mapping

from xaso.kernel.numbers import number_in_words

LETTERS: Mapping[str, str] = {
    "A": "a", "Ă": "á", "Â": "ớ", "B": "bê", "C": "xê", "D": "dê", "Đ": "đê", "E": "e", "Ê": "ê", "F": "ép", "G": "giê", "H": "hát",
    "I": "i", "J": "gi", "K": "ca", "L": "lờ", "M": "mờ", "N": "nờ", "O": "o", "Ô": "ô", "Ơ": "ơ", "P": "pê", "Q": "quy", "R": "rờ",
    "S": "sờ", "T": "tê", "U": "u", "Ư": "ư", "V": "vê", "W": "vê kép", "X": "ích", "Y": "i dài", "Z": "dét",
}  # fmt: skip
"""The names of the letters, one each, the same as the screen of the queue says."""

ORGANS: Mapping[str, str] = {
    "CP": "Chính phủ",
    "TTg": "Thủ tướng Chính phủ",
    "QH": "Quốc hội",
    "UBTVQH": "Ủy ban Thường vụ Quốc hội",
    "HĐND": "Hội đồng nhân dân",
    "UBND": "Ủy ban nhân dân",
    "HĐTP": "Hội đồng Thẩm phán",
    "VPCP": "Văn phòng Chính phủ",
    "BCA": "Bộ Công an",
    "BCT": "Bộ Công thương",
    "BGDĐT": "Bộ Giáo dục và Đào tạo",
    "BKHCN": "Bộ Khoa học và Công nghệ",
    "BKHĐT": "Bộ Kế hoạch và Đầu tư",
    "BLĐTBXH": "Bộ Lao động Thương binh và Xã hội",
    "BNG": "Bộ Ngoại giao",
    "BNNMT": "Bộ Nông nghiệp và Môi trường",
    "BNV": "Bộ Nội vụ",
    "BQP": "Bộ Quốc phòng",
    "BTC": "Bộ Tài chính",
    "BTNMT": "Bộ Tài nguyên và Môi trường",
    "BTP": "Bộ Tư pháp",
    "BTTTT": "Bộ Thông tin và Truyền thông",
    "BVHTTDL": "Bộ Văn hóa Thể thao và Du lịch",
    "BXD": "Bộ Xây dựng",
    "BYT": "Bộ Y tế",
}
KINDS_OF_LAW: Mapping[str, str] = {
    "NĐ": "Nghị định", "QĐ": "Quyết định", "TT": "Thông tư", "TTLT": "Thông tư liên tịch", "NQ": "Nghị quyết", "CT": "Chỉ thị",
    "KH": "Kế hoạch", "TB": "Thông báo", "CV": "Công văn", "BC": "Báo cáo", "TTr": "Tờ trình", "HD": "Hướng dẫn",
    "PL": "Pháp lệnh", "VBHN": "Văn bản hợp nhất", "GP": "Giấy phép", "GPXD": "Giấy phép xây dựng",
}  # fmt: skip
"""What the number of a paper says it is. “KH”, “CT” and the like mean this only inside such a number."""

ABBREVIATIONS: Mapping[str, str] = {
    **ORGANS,
    "NĐ": "Nghị định",
    "QĐ": "Quyết định",
    "TT": "Thông tư",
    "TTLT": "Thông tư liên tịch",
    "NQ": "Nghị quyết",
    "BHXH": "bảo hiểm xã hội",
    "BHYT": "bảo hiểm y tế",
    "BHTN": "bảo hiểm thất nghiệp",
    "CC": "căn cước",
    "CCCD": "căn cước công dân",
    "CMND": "chứng minh nhân dân",
    "CNTT": "công nghệ thông tin",
    "DVC": "dịch vụ công",
    "DVCQG": "dịch vụ công quốc gia",
    "DTTS": "dân tộc thiểu số",
    "GCN": "giấy chứng nhận",
    "GPLX": "giấy phép lái xe",
    "HĐ": "hợp đồng",
    "HKTT": "hộ khẩu thường trú",
    "HTX": "hợp tác xã",
    "MTTQ": "Mặt trận Tổ quốc",
    "NLĐ": "người lao động",
    "NN": "Nhà nước",
    "PCCC": "phòng cháy chữa cháy",
    "PVHCC": "phục vụ hành chính công",
    "QSDĐ": "quyền sử dụng đất",
    "QLNN": "quản lý nhà nước",
    "QPPL": "quy phạm pháp luật",
    "SĐT": "số điện thoại",
    "ĐT": "điện thoại",
    "STT": "số thứ tự",
    "TAND": "Tòa án nhân dân",
    "TNHH": "trách nhiệm hữu hạn",
    "TP": "thành phố",
    "TP.": "thành phố",
    "TX": "thị xã",
    "TX.": "thị xã",
    "THCS": "trung học cơ sở",
    "THPT": "trung học phổ thông",
    "TTHC": "thủ tục hành chính",
    "VBQPPL": "văn bản quy phạm pháp luật",
    "VKSND": "Viện kiểm sát nhân dân",
    "VN": "Việt Nam",
    "XHCN": "xã hội chủ nghĩa",
    "ADN": "a đê nờ",
    "DNA": "a đê nờ",
    "HIV": "hát i vê",
    "ID": "ai đi",
    "OCOP": "ô cốp",
    "OTP": "ô tê pê",
    "PDF": "pê đê ép",
    "QR": "quy rờ",
    "SIM": "sim",
    "SMS": "tin nhắn",
    "USB": "u ét bê",
    "VNeID": "vi en i ai đi",
    "VNPT": "vê nờ pê tê",
    "VNĐ": "đồng",
    "VND": "đồng",
    "Wi-Fi": "oai phai",
    "WiFi": "oai phai",
    "wifi": "oai phai",
    "Internet": "in tơ nét",
    "internet": "in tơ nét",
    "email": "i meo",
    "Email": "i meo",
    "e-mail": "i meo",
    "web": "oép",
    "website": "trang oép",
    "online": "on lai",
    "Zalo": "da lô",
    "Facebook": "phây búc",
    "Hmong": "Mông",
    "H'Mông": "Mông",
    "đ/c": "đồng chí",
    "v/v": "về việc",
    "V/v": "Về việc",
    "b/c": "báo cáo",
    "vd": "ví dụ",
    "VD": "Ví dụ",
    "v.v": "vân vân",
    "v.v.": "vân vân.",
}
"""An abbreviation is said as what it stands for. What means several things (“KH”, “P”) is not here and is spelled."""

UNITS: Mapping[str, str] = {
    "km/h": "ki lô mét trên giờ", "km²": "ki lô mét vuông", "km2": "ki lô mét vuông", "km": "ki lô mét", "m²": "mét vuông",
    "m2": "mét vuông", "m³": "mét khối", "m3": "mét khối", "mm": "mi li mét", "cm": "xăng ti mét", "dm": "đề xi mét", "m": "mét",
    "ha": "héc ta", "kg": "ki lô gam", "mg": "mi li gam", "g": "gam", "ml": "mi li lít", "l": "lít", "lít": "lít", "kWh": "ki lô oát giờ",
    "kW": "ki lô oát", "W": "oát", "KB": "ki lô bai", "kB": "ki lô bai", "MB": "mê ga bai", "GB": "gi ga bai", "°C": "độ xê",
    "°": "độ", "px": "điểm ảnh", "kbit/s": "ki lô bít trên giây",
}  # fmt: skip

SIGNS: Mapping[str, str] = {
    "&": " và ", "+": " cộng ", "=": " bằng ", "@": " a còng ", "%": " phần trăm ", "§": " mục ", "≥": " từ ", "≤": " nhiều nhất ",
    ">": " trên ", "<": " dưới ", "×": " nhân ", "→": ", ", "·": ", ", "•": ", ", "|": ", ", "–": ", ", "—": ", ", "(": ", ", ")": ", ",
    "[": ", ", "]": ", ", "/": " ", "\\": " ", "_": " ", "*": " ", "#": " ", "~": " khoảng ", "“": "", "”": "", '"': "", "«": "", "»": "",
    "…": ", ", "№": " số ",
}  # fmt: skip


def letter_by_letter(text: str) -> str:
    """Return the names of the letters and of the digits of a code: "XS" is "ích sờ"."""
    names = (number_in_words(int(sign)) if sign.isdecimal() else LETTERS.get(sign.upper(), "") for sign in text)
    return " ".join(name for name in names if name)
