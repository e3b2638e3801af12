"""Two thousand invented citizens in families, village by village, the same ones each time."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from xaso.apps.people.demo.names import family_name, full_name

SEED = 2890
AS_OF = date(2026, 7, 1)
CITIZENS = 2000
NOBODYS_PHONES = "0500"
LONG_NAME = "Nguyễn Phúc Công Tằng Tôn Nữ Hoàng Thị Thanh Thủy Ngọc Huyền"


@dataclass(frozen=True)
class Home:
    """A village as families see it: its place in the list and the groups that live there, in percent."""

    place: int
    shares: dict[str, int]


@dataclass
class Person:
    """An invented citizen. `note` says what a story needs her for, `part` in which order she enters."""

    full_name: str
    sex: str
    birth: str
    group: str
    home: int
    number: str = ""
    phone: str = ""
    note: str = ""
    part: int = 0
    mother: "Person | None" = None
    children: list["Person"] = field(default_factory=list)

    @property
    def year(self) -> int:
        """The year of birth, which is always known."""
        return int(self.birth[:4])

    @property
    def age(self) -> int:
        """The age that the person reaches in the year of the demo."""
        return AS_OF.year - self.year


def make_people(homes: list[Home]) -> list[Person]:
    """Return CITIZENS people, family by family, with numbers and phones that belong to nobody."""
    dice = Random(SEED)  # noqa: S311 - invented people, not secrets
    people: list[Person] = []
    while len(people) < CITIZENS:
        people += _family(homes[len(people) * len(homes) // CITIZENS], dice)
    del people[CITIZENS:]
    _name_the_unusual(people)
    _number(people, dice)
    _cast(people)
    return people


def _family(home: Home, dice: Random) -> list[Person]:
    """Return parents, up to five children and now and then a grandparent."""
    group = dice.choices(list(home.shares), list(home.shares.values()))[0]
    family = family_name(group, dice)
    father_age = dice.randint(21, 64)
    father = _person(home, group, family, "male", father_age, dice)
    mother = _person(home, group, family_name(group, dice), "female", max(18, father_age - dice.randint(-2, 6)), dice)
    members = [father, mother]
    for _ in range(dice.choice([0, 1, 1, 2, 2, 2, 3, 3, 4, 5])):
        age = mother.age - dice.randint(18, 38)
        if 0 < age < 40:
            child = _person(home, group, family, dice.choice(["male", "female"]), age, dice)
            child.mother = mother
            mother.children.append(child)
            members.append(child)
    if father.age < 58 and dice.random() < 0.3:
        members.append(_person(home, group, family, dice.choice(["male", "female"]), father.age + dice.randint(19, 33), dice))
    return members


def _person(home: Home, group: str, family: str, sex: str, age: int, dice: Random) -> Person:
    born = date(AS_OF.year - age, 1, 1) + timedelta(days=dice.randrange(365))
    chance = dice.random()
    iso = born.isoformat()
    if born.year < 1965 and chance < 0.35:
        iso = iso[:4]
    elif born.year < 1975 and chance < 0.05:
        iso = iso[:7]
    return Person(full_name(group, family, sex, dice), sex, iso, group, home.place)


def _name_the_unusual(people: list[Person]) -> None:
    """Give some people the names that forms stumble over: one word, and as long as they come."""
    women = [person for person in people if person.sex == "female" and person.age > 20]
    women[40].full_name, women[40].group = LONG_NAME, "Kinh"
    women[90].full_name = "Mẩy"
    next(person for person in people[300:] if person.group == "Phù Lá" and person.sex == "male" and person.age > 30).full_name = "Sần"
    next(person for person in people[600:] if person.group == "Mông" and person.sex == "male" and person.age > 30).full_name = "Vàng A"


def _number(people: list[Person], dice: Random) -> None:
    """Give each a number in the form of a real one whose first three digits belong to no province, and most grown-ups a phone."""
    tails = dice.sample(range(1_000_000), len(people))
    for place, (person, tail) in enumerate(zip(people, tails, strict=True)):
        century_and_sex = 2 * (person.year // 100 - 19) + (person.sex == "female")
        prefix = "999" if dice.random() < 0.2 else "000"
        person.number = f"{prefix}{century_and_sex}{person.year % 100:02d}{tail:06d}"
        if person.age >= 15 and dice.random() < (0.55 if person.age > 65 else 0.9):
            person.phone = f"{NOBODYS_PHONES}{100_000 + place * 397 % 900_000:06d}"


def _cast(people: list[Person]) -> None:
    """Choose the people whom the demo's stories need and say so in their notes."""
    grown = [person for person in people if person.age >= 18]
    mothers = [person for person in grown if person.sex == "female" and any(child.age <= 2 for child in person.children)]
    single = [person for person in grown if person.mother and 20 <= person.age <= 30]
    old = [person for person in grown if person.age >= 60]
    between = [person for person in grown if 35 <= person.age <= 55]
    parts = (
        (_of(mothers, "Mông"), "mẹ của cháu mới sinh: khai sinh"),
        (_of(mothers, "Dao"), "mẹ của cháu mới sinh: khai sinh"),
        (_of(single, "Tày", "male"), "sắp kết hôn: xác nhận tình trạng hôn nhân"),
        (_of(single, "Mông", "female"), "sắp kết hôn: xác nhận tình trạng hôn nhân"),
        (_of(between, "Dao", "male"), "trồng quế, mở hàng: đăng ký hộ kinh doanh"),
        (_of(between, "Kinh", "female"), "đi làm xa: chứng thực bản sao, chữ ký"),
        (_of(between, "Mông", "male"), "xin công nhận hộ nghèo"),
        (_of(between, "Nùng", "female"), "xin công nhận hộ nghèo"),
        (_of(old, "Phù Lá"), "mới mất người thân: khai tử"),
        (next(person for person in old if len(person.birth) == 4 and person.phone), "giấy tờ chỉ ghi năm sinh"),
        (next(person for person in people if person.full_name == LONG_NAME), "họ tên rất dài"),
        (next(person for person in people if person.full_name == "Mẩy"), "họ tên một chữ"),
        (_of(between, "Tày", "female"), "xin trích lục cho con đi học"),
    )
    for part, (person, note) in enumerate(parts, start=1):
        person.note, person.part = note, part
        person.phone = person.phone or f"{NOBODYS_PHONES}{90_000 + int(person.number[-4:]):06d}"


def _of(people: list[Person], group: str, sex: str = "") -> Person:
    return next(person for person in people if person.group == group and sex in {"", person.sex} and not person.note)
