"""Believable answers to the forms of the catalogue, for an invented citizen: written by hand for most, else from the form alone."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

from xaso.apps.dossiers.demo import welfare_and_land
from xaso.apps.dossiers.demo.by_form import answers_by_form
from xaso.apps.people import facade as people
from xaso.apps.procedures import facade as procedures

Answers = dict[str, Any]
Maker = Callable[[people.Citizen, Random, date], Answers]

PAPERS = ("Bằng tốt nghiệp trung học phổ thông", "Căn cước", "Giấy khai sinh", "Giấy phép lái xe", "Giấy chứng nhận quyền sử dụng đất")
TRADES = (
    ("Bán tạp hóa", "4711"),
    ("Xay xát ngô, thóc", "1061"),
    ("Sửa chữa xe máy", "4542"),
    ("Dịch vụ ăn uống", "5610"),
    ("Thu mua quế", "4620"),
)
REASONS = (
    "Nhà đông con, ít ruộng, năm nay mất mùa ngô.",
    "Bố mẹ già yếu, không có việc làm thêm.",
    "Nhà bị sạt lở, phải dựng lại.",
)
CHILD_NAMES = ("Mỷ", "Páo", "Dua", "Chớ", "Mai", "Sua", "Lan", "Phương", "Vảng", "Hoa")


def _residence(citizen: people.Citizen) -> str:
    return citizen.address or citizen.village_name or "Thôn mẫu"


def _certified_copy(_citizen: people.Citizen, random: Random, _on: date) -> Answers:
    names = random.sample(PAPERS, k=random.choice((1, 1, 2)))
    return {"documents": [{"name": name, "pages": random.choice((1, 1, 2, 4)), "copies": random.randint(1, 3)} for name in names]}


def _signature(_citizen: people.Citizen, random: Random, _on: date) -> Answers:
    name = random.choice(("Sơ yếu lý lịch", "Giấy ủy quyền nhận lương hưu", "Đơn xin việc"))
    return {
        "documents": [{"name": name, "signers": 1}],
        "sign_way": random.choice(("signature", "signature", "fingerprint")),
        "needs_interpreter": False,
        "foreign_language": False,
    }


def _poor_household(citizen: people.Citizen, random: Random, _on: date) -> Answers:
    family = citizen.full_name.split()[0]
    first_born = min(2023, max(2008, int((citizen.birth or "1980")[:4]) + 20))
    children = [
        {"name": f"{family} Thị {name}", "birth": str(random.randint(first_born, 2024)), "sex": "female", "relation": "child"}
        for name in random.sample(CHILD_NAMES, k=random.randint(1, 4))
    ]
    head = {"name": citizen.full_name, "birth": citizen.birth or "1980", "sex": citizen.sex or "male", "relation": "self"}
    return {
        "wanted": random.choice(("poor", "near_poor")),
        "head_name": citizen.full_name,
        "head_birth": citizen.birth or "1980",
        "head_sex": citizen.sex or "male",
        "head_ethnicity": citizen.ethnicity or "Mông",
        "head_number": citizen.personal_number,
        "village": str(citizen.village_id) if citizen.village_id else None,
        "address": _residence(citizen),
        "members": [head, *children],
        "reason": random.choice(REASONS),
        "truth": True,
    }


def _birth(citizen: people.Citizen, random: Random, on: date) -> Answers:
    mother = citizen.sex == "female"
    child_sex = random.choice(("male", "female"))
    middle = "Thị" if child_sex == "female" else random.choice(("A", "Seo", "Văn"))
    fatherless = mother and random.random() < 0.3
    family = citizen.full_name.split()[0] if fatherless or not mother else "Giàng"
    return {
        "relation": "mother" if mother else "father",
        "child_name": f"{family} {middle} {random.choice(CHILD_NAMES)}",
        "child_birth": (on - timedelta(days=random.randint(3, 40))).isoformat(),
        "child_sex": child_sex,
        "birth_place_kind": "clinic",
        "birth_place": "Trạm Y tế xã Bảo Nhai, tỉnh Lào Cai",
        "child_ethnicity": citizen.ethnicity or "Mông",
        "child_nationality": "Việt Nam",
        "child_origin": "Xã Bảo Nhai, tỉnh Lào Cai",
        "birth_proof": "slip",
        "special_case": "none",
        "mother_name": citizen.full_name if mother else "Sùng Thị Dợ",
        "mother_birth": (citizen.birth if mother else "") or "1999",
        "mother_ethnicity": citizen.ethnicity or "Mông",
        "mother_nationality": "Việt Nam",
        "mother_residence": _residence(citizen),
        "father_known": "no" if fatherless else "yes",
        "father_name": citizen.full_name if not mother else "Giàng A Lử",
        "father_birth": (citizen.birth if not mother else "") or "1997",
        "father_ethnicity": citizen.ethnicity or "Mông",
        "father_nationality": "Việt Nam",
        "father_residence": _residence(citizen),
        "parents_married": False,
        "truth": True,
    }


def _death(citizen: people.Citizen, random: Random, on: date) -> Answers:
    died_on = on - timedelta(days=random.randint(2, 12))
    sex = random.choice(("male", "female"))
    middle = "Thị" if sex == "female" else random.choice(("Văn", "A"))
    return {
        "relation": "child",
        "dead_name": f"{citizen.full_name.split()[0]} {middle} {random.choice(('Chẩn', 'Sán', 'Mẩy', 'Tỏa'))}",
        "dead_sex": sex,
        "dead_birth": str(random.randint(1936, 1958)),
        "dead_ethnicity": citizen.ethnicity or "Dao",
        "dead_nationality": "Việt Nam",
        "last_residence_known": "yes",
        "last_residence": _residence(citizen),
        "died_on": died_on.isoformat(),
        "died_at": random.choice(("", "3:30", "14h", "21:05")),
        "death_place": "Tại nhà",
        "death_cause": "Tuổi cao",
        "death_proof": "notice",
        "notice_number": str(random.randint(3, 60)),
        "notice_on": died_on.isoformat(),
        "notice_issuer": "Trạm Y tế xã Bảo Nhai",
        "exempt_group": random.choice(("none", "poor")),
        "truth": True,
    }


def _marital_status(citizen: people.Citizen, random: Random, _on: date) -> Answers:
    return {
        "for_whom": "self",
        "person_name": citizen.full_name,
        "person_birth": citizen.birth or "1999",
        "person_sex": citizen.sex or "female",
        "person_ethnicity": citizen.ethnicity or "Tày",
        "person_nationality": "Việt Nam",
        "person_number": citizen.personal_number,
        "person_residence": _residence(citizen),
        "status": "never",
        "lived_elsewhere": False,
        "purpose": random.choice(("marriage", "loan")),
        "copies": 1,
        "earlier_certificate": "never",
        "exempt_group": random.choice(("none", "none", "poor")),
        "truth": True,
    }


def _extract(citizen: people.Citizen, random: Random, _on: date) -> Answers:
    return {
        "event": random.choice(("birth", "birth", "marriage")),
        "relation": "self",
        "person_name": citizen.full_name,
        "person_birth": citizen.birth or "1990",
        "person_number": citizen.personal_number,
        "register_place": "UBND xã Cốc Ly, huyện Bắc Hà, tỉnh Lào Cai",
        "copies": random.randint(1, 3),
    }


def _business(citizen: people.Citizen, random: Random, _on: date) -> Answers:
    name, code = random.choice(TRADES)
    return {
        "filed_by": "owner",
        "founded_by": "one",
        "owner_name": citizen.full_name,
        "owner_birth": citizen.birth if len(citizen.birth) == len("1990-01-01") else "1990-01-01",
        "owner_sex": citizen.sex or "female",
        "owner_number": citizen.personal_number,
        "owner_address": _residence(citizen),
        "owner_phone": citizen.phone,
        "business_name": f"Hộ kinh doanh {citizen.full_name}",
        "business_address": _residence(citizen),
        "trades": [{"name": name, "code": code}],
        "capital": random.choice((20_000_000, 50_000_000, 80_000_000)),
        "truth": True,
    }


MAKERS: dict[str, Maker] = {
    "2.000815": _certified_copy,
    "2.000884": _signature,
    "1.011607": _poor_household,
    "1.001193": _birth,
    "1.000656": _death,
    "3.000722": _birth,
    "2.002913": _death,
    "1.004873": _marital_status,
    "2.000635": _extract,
    "1.001612": _business,
    **welfare_and_land.MAKERS,
}


def answers_for(version: procedures.ProcedureVersion, citizen: people.Citizen, random: Random, on: date) -> Answers:
    """Return complete answers to a procedure's form; what is not known of the citizen is left out."""
    if version.code not in MAKERS:
        return answers_by_form(version.form, citizen, random, on)
    return {name: value for name, value in MAKERS[version.code](citizen, random, on).items() if value not in (None, "")}


def looked_up_for(code: str, answers: Answers, on: date) -> dict[str, str]:
    """Return what the case officer finds in registers and writes into the result, by line; invented like the answers."""
    look_up = _LOOK_UPS.get(code)
    return look_up(answers, on) if look_up else {}


def _book(_answers: Answers, on: date) -> dict[str, str]:
    return {"book": f"01/{on.year}"}


def _childs_number(answers: Answers, on: date) -> dict[str, str]:
    return {"child_number": f"000{'2' if answers.get('child_sex') == 'male' else '3'}{on:%y}{on.timetuple().tm_yday:06}"}


def _register_entry(answers: Answers, on: date) -> dict[str, str]:
    year = int(str(answers.get("person_birth", "1990"))[:4])
    if answers.get("event") == "marriage":
        husband = answers.get("person_number", "0000")[3:4] in {"0", "2"}
        content = "Họ, chữ đệm, tên vợ: Sùng Thị Dợ" if husband else "Họ, chữ đệm, tên chồng: Giàng A Lử"
        return {"register_number": "14", "register_on": f"22/02/{min(year + 21, on.year)}", "content": content}
    content = "Quốc tịch: Việt Nam\nNơi sinh: Xã Cốc Ly, huyện Bắc Hà, tỉnh Lào Cai"
    return {"register_number": "27", "register_on": f"20/01/{year + 1}", "content": content}


def _certified_deal(answers: Answers, on: date) -> dict[str, str]:
    """The book of contracts, and where in it an earlier contract stands."""
    return _book(answers, on) | {"deal_number": f"27/{on.year - 2}"}


def _book_of_originals(_answers: Answers, _on: date) -> dict[str, str]:
    return {"book": "02", "content": "Đã tham gia xây dựng nhà văn hóa thôn từ tháng 3 năm 2015 đến tháng 9 năm 2016."}


def _business_code(_answers: Answers, on: date) -> dict[str, str]:
    return {"business_code": f"15L8{on.timetuple().tm_yday:06}"}


def _minutes(_answers: Answers, _on: date) -> dict[str, str]:
    return {"ground": "Căn cứ Biên bản họp dân thống nhất kết quả rà soát hộ nghèo, hộ cận nghèo của thôn;"}


_LOOK_UPS: dict[str, Callable[[Answers, date], dict[str, str]]] = {
    "2.000815": _book,
    "2.000884": _book,
    "2.001035": _book,
    "2.001016": _book,
    "2.001019": _book,
    "2.001406": _book,
    "2.000992": _book,
    "2.001008": _book,
    "2.000913": _certified_deal,
    "2.000927": _certified_deal,
    "2.000942": _certified_deal,
    "2.000908": _book_of_originals,
    "1.001193": _childs_number,
    "3.000722": _childs_number,
    "1.000689": _childs_number,
    "2.000635": _register_entry,
    "1.001612": _business_code,
    "1.011607": _minutes,
    **welfare_and_land.LOOK_UPS,
}
