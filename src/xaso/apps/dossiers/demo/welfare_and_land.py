"""Believable answers to the forms of social protection, land and building, for an invented citizen."""

from datetime import date, timedelta
from random import Random
from typing import Any

from xaso.apps.people import facade as people

Answers = dict[str, Any]


def _residence(citizen: people.Citizen) -> str:
    return citizen.address or citizen.village_name or "Thôn mẫu"


def _elder(citizen: people.Citizen, random: Random) -> Answers:
    family = citizen.full_name.split()[0]
    woman = random.random() < 0.6
    return {
        "person_name": f"{family} {'Thị' if woman else 'A'} {random.choice(('Sáy', 'Dợ', 'Chúng', 'Pằng', 'Sùng'))}",
        "person_birth": str(random.randint(1936, 1950)),
        "person_sex": "female" if woman else "male",
        "person_ethnicity": citizen.ethnicity or "Mông",
        "person_number": citizen.personal_number,
        "village": str(citizen.village_id) if citizen.village_id else None,
        "address": _residence(citizen),
    }


def _social_pension(citizen: people.Citizen, random: Random, _on: date) -> Answers:
    return {
        **_elder(citizen, random),
        "filed_by": "family",
        "helper_name": citizen.full_name,
        "helper_relation": random.choice(("con trai", "con gái", "cháu")),
        "age_group": "from_75",
        "has_pension": "none",
        "pay_way": "cash",
        "truth": True,
    }


def _social_allowance(citizen: people.Citizen, random: Random, _on: date) -> Answers:
    return {
        **_elder(citizen, random),
        "filed_by": "other",
        "helper_name": citizen.full_name,
        "group": "disabled",
        "disability_kind": ["movement"],
        "disability_level": "severe",
        "poverty": random.choice(("poor", "near_poor")),
        "situation": "Liệt nửa người từ năm ngoái, con cháu thay nhau chăm.",
        "current_allowance": "none",
        "pay_way": "cash",
        "truth": True,
    }


def _funeral(citizen: people.Citizen, random: Random, on: date) -> Answers:
    elder = _elder(citizen, random)
    return {
        "dead_name": elder["person_name"],
        "dead_birth": elder["person_birth"],
        "dead_number": citizen.personal_number,
        "died_on": (on - timedelta(days=random.randint(5, 20))).isoformat(),
        "last_residence": _residence(citizen),
        "death_registered": "here",
        "drew": "pension",
        "burier": "family",
        "burier_name": citizen.full_name,
        "relation": "con trai" if citizen.sex == "male" else "con gái",
        "burier_number": citizen.personal_number,
        "burier_address": _residence(citizen),
        "pay_way": "cash",
        "truth": True,
    }


def _disability(citizen: people.Citizen, random: Random, _on: date) -> Answers:
    elder = _elder(citizen, random)
    alone, helped = "able", "helped"
    return {
        **{name: elder[name] for name in ("person_name", "person_birth", "person_sex", "person_number", "village", "address")},
        "purpose": "first",
        "helper": True,
        "helper_name": citizen.full_name,
        "helper_relation": "con",
        "helper_phone": citizen.phone or "0912000000",
        "kinds": ["movement", "sight"],
        "since": "2019",
        "walking": helped,
        "eating": alone,
        "toilet": helped,
        "washing": helped,
        "dressing": alone,
        "understanding": alone,
        "speaking": alone,
        "housework": "unable",
        "can_come": "home",
        "truth": True,
    }


def _mediation(citizen: people.Citizen, random: Random, _on: date) -> Answers:
    neighbour = random.choice(("Vàng A Lử", "Lù Văn Tỏa", "Triệu Văn Sán"))
    return {
        "person_name": citizen.full_name,
        "person_number": citizen.personal_number,
        "address": _residence(citizen),
        "opponents": [{"name": neighbour, "address": _residence(citizen)}],
        "village": str(citizen.village_id) if citizen.village_id else None,
        "parcel_place": "Nương quế sau nhà, giáp suối",
        "area": str(random.randint(200, 900)),
        "use_since": str(random.randint(1985, 2010)),
        "use_origin": "Bố mẹ khai phá, trồng ngô rồi trồng quế.",
        "has_papers": False,
        "cause": "Hàng xóm trồng quế lấn sang khoảng bốn mét dọc bờ rào.",
        "tried": "no",
        "wish": "Dựng lại bờ rào theo mốc cũ.",
        "truth": True,
    }


def _land_certificate(citizen: people.Citizen, random: Random, _on: date) -> Answers:
    return {
        "filed_by": "owner",
        "wanted": "certificate",
        "applicant_kind": "person",
        "owner_name": citizen.full_name,
        "owner_birth": citizen.birth or "1980",
        "owner_number": citizen.personal_number,
        "owner_address": _residence(citizen),
        "shared": False,
        "village": str(citizen.village_id) if citizen.village_id else None,
        "parcels": [{"place": "Đất ở và vườn", "sheet": "15", "number": "32", "area": str(random.randint(180, 800)), "use": "house"}],
        "origin": "cleared",
        "origin_detail": "Bố mẹ khai phá năm 1988, để lại cho vợ chồng tôi.",
        "use_since": "1988",
        "has_papers": False,
        "has_building": False,
        "disputed": "no",
        "fined": False,
        "truth": True,
    }


def _building_permit(citizen: people.Citizen, random: Random, _on: date) -> Answers:
    return {
        "work_kind": "house",
        "owner_kind": "person",
        "owner_name": citizen.full_name,
        "owner_number": citizen.personal_number,
        "owner_address": _residence(citizen),
        "land_paper": "Giấy chứng nhận AB 123456",
        "land_in_database": "yes",
        "village": str(citizen.village_id) if citizen.village_id else None,
        "site_address": _residence(citizen),
        "land_area": str(random.randint(120, 400)),
        "built_area": "96,5",
        "floor_area": "180",
        "floors": 2,
        "height": "7,5",
        "has_neighbour": False,
        "designer": "Công ty mẫu",
        "truth": True,
    }


def _permit_held(citizen: people.Citizen, random: Random, on: date) -> Answers:
    """Return what extension and replacement ask alike of a permit that was issued."""
    return {
        "owner_kind": "person",
        "owner_name": citizen.full_name,
        "owner_number": citizen.personal_number,
        "owner_address": _residence(citizen),
        "permit_number": f"{random.randint(1, 60)}/GPXD",
        "permit_on": (on - timedelta(days=random.randint(200, 330))).isoformat(),
        "work_name": "Nhà ở riêng lẻ",
        "village": str(citizen.village_id) if citizen.village_id else None,
        "site_address": _residence(citizen),
        "truth": True,
    }


def _permit_extended(citizen: people.Citizen, random: Random, on: date) -> Answers:
    return {**_permit_held(citizen, random, on), "reason": "Năm nay mất mùa quế, chưa đủ tiền mua vật liệu."}


def _permit_replaced(citizen: people.Citizen, random: Random, on: date) -> Answers:
    return {**_permit_held(citizen, random, on), "why": "lost", "why_detail": "Nước lũ tràn vào nhà, trôi mất tủ giấy tờ."}


MAKERS = {
    "1.014027": _social_pension,
    "1.001776": _social_allowance,
    "1.001731": _funeral,
    "1.001699": _disability,
    "1.012812": _mediation,
    "1.013978": _land_certificate,
    "1.013225": _building_permit,
    "1.013227": _permit_extended,
    "1.013228": _permit_replaced,
}


def _allowance(_answers: Answers, on: date) -> dict[str, str]:
    return {"amount": "500.000 đồng", "from_on": f"tháng {on.month}/{on.year}"}


def _funeral_help(_answers: Answers, _on: date) -> dict[str, str]:
    return {"amount": "10.000.000 đồng"}


def _council_on_disability(_answers: Answers, on: date) -> dict[str, str]:
    return {"level": "severe", "minutes": "07/BB-HĐ", "council_on": f"{on:%d/%m/%Y}"}


def _mediation_held(_answers: Answers, on: date) -> dict[str, str]:
    return {
        "held_at": f"8 giờ 30 phút, ngày {on:%d/%m/%Y}",
        "council": "Nông Thị Chanh, Phó Chủ tịch UBND xã\nLý Văn Tráng, công chức địa chính",
        "outcome": "settled",
    }


def _land_finding(_answers: Answers, _on: date) -> dict[str, str]:
    return {"conclusion": "Đủ điều kiện: đất sử dụng ổn định, không tranh chấp, phù hợp quy hoạch."}


def _extended(_answers: Answers, on: date) -> dict[str, str]:
    return {"extended_until": f"{on + timedelta(days=180):%d/%m/%Y}"}


LOOK_UPS = {
    "1.014027": _allowance,
    "1.001776": _allowance,
    "1.001731": _funeral_help,
    "1.001699": _council_on_disability,
    "1.012812": _mediation_held,
    "1.013978": _land_finding,
    "1.013227": _extended,
}
