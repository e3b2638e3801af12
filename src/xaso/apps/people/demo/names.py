"""Names as people of these groups bear them; the persons are invented."""

from random import Random

FAMILIES = {
    "Mông": "Giàng Sùng Vàng Thào Ma Lù Hầu Cư Tráng Lý Hảng Vừ Lầu",
    "Dao": "Triệu Bàn Đặng Tẩn Chảo Lý Phùng Chìu",
    "Tày": "Hoàng Nông Lương Vàng Lù Ma La Hà Lục",
    "Nùng": "Nông Vàng Hoàng Lù Lèng Tải Thền Lùng Nùng",
    "Phù Lá": "Sần Lùng Bồ Chẻo Phàn Giàng Ly",
    "Kinh": "Nguyễn Trần Phạm Lê Vũ Đỗ Bùi Đặng Hoàng Ngô Dương Phan",
}
MEN = {
    "Mông": "Pao Dơ Chứ Páo Lử Sính Chu Dế Phừ Vảng Tủa Sáng Lềnh Sì Sếnh Chúng Dìn Giả Hòa Khoa Lồng Măng Nhà Seng Vảng",
    "Dao": "Phin Chiêu Vạng Phấu Tài Kinh Lụa Ngan Phú Quyên San Sinh Tá Vượng Chòi Hòa Liều Nhàn Phẩu Sếnh",
    "Tày": "Thắng Dũng Hùng Kiên Lâm Nghĩa Phong Quân Sơn Thành Toàn Trung Tuấn Việt Chiến Hải Huỳnh Khánh",
    "Nùng": "Sài Páo Dín Phà Thắng Lâm Sơn Quang Minh Thông Vinh Xuân Chấn Dìn Lình Phủ Sẩn",
    "Phù Lá": "Lử Sín Phà Dìn Páo Sáng Chấn Lìn Phủ Giáo Sơn Hòa",
    "Kinh": "An Bình Cường Dũng Đức Giang Hải Hiếu Hòa Hùng Khôi Long Minh Nam Phúc Quang Sơn Thắng Tuấn Việt Vinh",
}
WOMEN = {
    "Mông": "Mỷ Dợ Sua Mai Chở Dúa Pàng Say Xúa Mào Lan Súa Cở Ghênh Chấu Dở Kía Mẩy Sáo Vang",
    "Dao": "Mẩy Pham Nhàn Chạn Mùi Khé Lai Liềm Phin San Nái Viện Pu Lở Tá Chài",
    "Tày": "Hạnh Hiền Hoa Huệ Hương Lan Liên Mai Ngân Nga Nhung Phượng Thảo Thơm Thúy Xuân Yến",
    "Nùng": "Hoa Lan Mai Mùi Ngọc Nhình Phương Sen Sinh Thắm Thu Tươi Vân Xuyến Díu Lở",
    "Phù Lá": "Mẩy Lở Dín Sẩn Pà Lan Hoa Mỷ Súa Chấu",
    "Kinh": "Anh Bích Chi Dung Hà Hạnh Hiền Hoa Hồng Huyền Lan Linh Loan Mai Nga Ngọc Oanh Phương Thảo Thu Trang Vân Yến",
}
MEN_MIDDLE = {
    "Mông": "A Seo A A Văn Chẩn",
    "Dao": "Văn Tòn Kim Phúc Phù Sài Chòi Văn",
    "Tày": "Văn Đức Xuân Văn Minh",
    "Nùng": "Văn Seo Phà Văn Đức",
    "Phù Lá": "Văn Seo Lao Văn",
    "Kinh": "Văn Đức Minh Quang Xuân Hữu Công",
}
WOMEN_MIDDLE = {
    "Mông": "Thị Thị Seo",
    "Dao": "Mùi Thị Tả Lở Thị",
    "Tày": "Thị Thị Thu Bích",
    "Nùng": "Thị Thị Seo",
    "Phù Lá": "Thị Seo Thị",
    "Kinh": "Thị Thị Thu Thanh Ngọc Kim",
}


def family_name(group: str, dice: Random) -> str:
    """Return a family name usual in the group."""
    return dice.choice(FAMILIES[group].split())


def full_name(group: str, family: str, sex: str, dice: Random) -> str:
    """Return a name with the family name first; now and then without a middle one, as is usual here."""
    middle, given = (MEN_MIDDLE, MEN) if sex == "male" else (WOMEN_MIDDLE, WOMEN)
    words = [family, dice.choice(middle[group].split())]
    words.append(dice.choice([name for name in given[group].split() if name not in words]))
    if group == "Mông" and sex == "male" and dice.random() < 0.15:
        words.insert(2, dice.choice([name for name in given[group].split() if name not in words]))
    elif dice.random() < 0.02:
        del words[1]
    return " ".join(words)
