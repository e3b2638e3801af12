"""The commune's bodies and posts (Decree 150/2025/NĐ-CP as recalled), with invented holders; and the village teams."""

from dataclasses import dataclass
from random import Random

from xaso.apps.people.demo.families import SEED
from xaso.apps.people.demo.names import family_name, full_name
from xaso.apps.people.roles import Role

COUNCIL = "Hội đồng nhân dân xã"
COMMITTEE = "Ủy ban nhân dân xã"
OFFICE = "Văn phòng HĐND và UBND"
ECONOMY = "Phòng Kinh tế"
CULTURE = "Phòng Văn hóa – Xã hội"
CENTRE = "Trung tâm Phục vụ hành chính công"
MILITARY = "Ban Chỉ huy Quân sự"
SERVICES = "Trung tâm Dịch vụ tổng hợp"
TEAM = "Tổ công nghệ số cộng đồng"

DESK, CASE, CLERK, SIGNER = Role.DESK, Role.CASE_OFFICER, Role.CLERK, Role.SIGNER
LEADER, HEAD, ADMIN = Role.LEADER, Role.CENTRE_HEAD, Role.ADMINISTRATOR

# unit | title | roles | how many | user name of the first | name of the first
POSTS: tuple[tuple[str, str, tuple[Role, ...], int, str, str], ...] = (
    (COUNCIL, "Chủ tịch HĐND", (), 1, "", ""),
    (COUNCIL, "Phó Chủ tịch HĐND", (), 1, "", ""),
    (COUNCIL, "Phó Trưởng ban HĐND", (), 2, "", ""),
    (COMMITTEE, "Chủ tịch UBND", (SIGNER, LEADER), 1, "chutich", ""),
    (COMMITTEE, "Phó Chủ tịch UBND", (SIGNER, LEADER), 2, "phochutich", "Hoàng Văn Kiên"),
    (OFFICE, "Chánh Văn phòng", (), 1, "", ""),
    (OFFICE, "Phó Chánh Văn phòng", (ADMIN,), 1, "quantri2", "Đỗ Thị Thu"),
    (OFFICE, "Công chức văn thư – lưu trữ", (CLERK,), 2, "vanthu", "Nông Thị Hương"),
    (OFFICE, "Công chức tư pháp – hộ tịch", (CASE,), 3, "hotich", "Triệu Thị Pham"),
    (OFFICE, "Công chức công nghệ thông tin", (ADMIN,), 1, "quantri", "Vũ Minh Quang"),
    (OFFICE, "Chuyên viên tổng hợp", (), 4, "", ""),
    (OFFICE, "Kế toán", (), 2, "", ""),
    (ECONOMY, "Trưởng phòng Kinh tế", (LEADER,), 1, "", ""),
    (ECONOMY, "Phó Trưởng phòng Kinh tế", (CASE,), 1, "", ""),
    (ECONOMY, "Chuyên viên tài chính – kế hoạch", (CASE,), 2, "kinhte", "Lù Văn Thông"),
    (ECONOMY, "Chuyên viên địa chính – xây dựng", (CASE,), 4, "", ""),
    (ECONOMY, "Chuyên viên nông nghiệp – môi trường", (CASE,), 3, "", ""),
    (CULTURE, "Trưởng phòng Văn hóa – Xã hội", (LEADER,), 1, "", ""),
    (CULTURE, "Phó Trưởng phòng Văn hóa – Xã hội", (CASE,), 1, "", ""),
    (CULTURE, "Chuyên viên lao động – bảo trợ xã hội", (CASE,), 3, "xahoi", "Giàng Thị Mai"),
    (CULTURE, "Chuyên viên văn hóa – thông tin", (), 2, "", ""),
    (CULTURE, "Chuyên viên giáo dục – y tế", (), 2, "", ""),
    (CULTURE, "Chuyên viên khoa học – chuyển đổi số", (), 1, "", ""),
    (CENTRE, "Giám đốc Trung tâm", (HEAD, LEADER), 1, "giamdoc", "Lương Đức Thắng"),
    (CENTRE, "Phó Giám đốc Trung tâm", (HEAD, DESK), 1, "", ""),
    (CENTRE, "Công chức một cửa", (DESK,), 5, "tiepnhan", "Nguyễn Thị Hạnh"),
    (CENTRE, "Nhân viên hướng dẫn", (DESK,), 2, "", ""),
    (MILITARY, "Chỉ huy trưởng", (), 1, "", ""),
    (MILITARY, "Phó Chỉ huy trưởng", (), 1, "", ""),
    (MILITARY, "Trợ lý", (), 2, "", ""),
    (SERVICES, "Giám đốc Trung tâm Dịch vụ tổng hợp", (), 1, "", ""),
    (SERVICES, "Viên chức", (), 4, "", ""),
)
TEAM_SEATS = ("Tổ trưởng, trưởng thôn", "Đoàn Thanh niên", "Hội Liên hiệp Phụ nữ", "Người dân nòng cốt", "Hội Nông dân")
TEAMS_OF_FIVE = 33


@dataclass(frozen=True)
class Seat:
    """A post with its invented holder; `village` is the place of a team's village in the list."""

    unit: str
    title: str
    roles: tuple[str, ...]
    holder: str
    username: str
    village: int | None = None


def office_seats() -> list[Seat]:
    """Return the posts of the commune's bodies."""
    dice = Random(SEED + 1)  # noqa: S311
    seats: list[Seat] = []
    for unit, title, roles, how_many, username, name in POSTS:
        for number in range(how_many):
            first = number == 0
            holder = name if first and name else _holder(dice)
            login = username if first and username else f"canbo{len(seats) + 1:02d}"
            seats.append(Seat(unit, title, tuple(role.value for role in roles), holder, login))
    return seats


def team_seats(shares_of_villages: list[dict[str, int]]) -> list[Seat]:
    """Return the members of the village teams: 33 teams of five and five of four, the first seat being the leader's."""
    dice = Random(SEED + 2)  # noqa: S311
    seats: list[Seat] = []
    for place, shares in enumerate(shares_of_villages):
        for number, title in enumerate(TEAM_SEATS[: 5 if place < TEAMS_OF_FIVE else 4]):
            role = Role.TEAM_LEADER if number == 0 else Role.TEAM_MEMBER
            login = "totruong" if place == 0 and number == 0 else f"to{place + 1:02d}.{number + 1}"
            seats.append(Seat(TEAM, title, (role.value,), _holder(dice, shares), login, place))
    return seats


def _holder(dice: Random, shares: dict[str, int] | None = None) -> str:
    usual = shares or {"Kinh": 40, "Tày": 25, "Mông": 15, "Nùng": 10, "Dao": 10}
    group = dice.choices(list(usual), list(usual.values()))[0]
    return full_name(group, family_name(group, dice), dice.choice(["male", "female"]), dice)
