"""Loads the demo commune's people, once; and tells the stand-in identity provider whom one may sign in as."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from xaso.apps.people import memory
from xaso.apps.people.demo.bodies import Seat, office_seats, team_seats
from xaso.apps.people.demo.families import Home, Person, make_people
from xaso.apps.people.demo.places import FACTS, MERGED_ON, OLD_COMMUNES, OLD_DISTRICT, village_names
from xaso.apps.people.models import Account, Citizen, Commune, FormerUnit, Mandate, Post, Village
from xaso.kernel.partial_dates import PartialDate
from xaso.kernel.text import fold

DEMO_SLUG = FACTS["slug"]
DEMO_PASSWORD = "xaso-demo"  # noqa: S105 - printed at each start of the demo
AGE_OF_IDENTITY = 14


def load_demo_people(now: datetime) -> str:
    """Load commune, villages, posts and citizens unless they are there; always refresh the stand-in's list. One transaction."""
    people = make_people(_homes())
    if not Commune.objects.filter(slug=DEMO_SLUG).exists():
        _load(people, now)
        memory.forget()
    _write_identities(people, settings.DATA_DIR / "standins" / "citizens.json")
    seats, teams = len(office_seats()), len(OLD_COMMUNES)
    return f"{FACTS['name']}: {teams} xã cũ, {len(_homes())} thôn, {seats} vị trí cán bộ, {len(people)} người dân mẫu"


@transaction.atomic
def _load(people: list[Person], now: datetime) -> None:
    commune = Commune.objects.create(is_demo=True, set_up_at=now, **FACTS)
    villages = _load_villages(commune)
    _load_posts(commune, villages)
    rows = [_citizen(commune, villages, person) for person in people]
    Citizen.objects.bulk_create(rows, batch_size=500)
    _load_mandates(commune, people, rows)


def _homes() -> list[Home]:
    shares = [unit.shares for unit in OLD_COMMUNES for _ in village_names(unit)]
    return [Home(place, each) for place, each in enumerate(shares)]


def _load_villages(commune: Commune) -> list[Village]:
    rows: list[Village] = []
    for unit in OLD_COMMUNES:
        facts = {"code": unit.code, "name": unit.name, "old_district": OLD_DISTRICT, "valid_until": MERGED_ON - timedelta(days=1)}
        former = FormerUnit.objects.create(commune=commune, **facts)
        for number, (name, unverified) in enumerate(village_names(unit), start=1):
            code = f"{unit.prefix}{number:02d}"
            rows.append(Village(commune=commune, former_unit=former, code=code, name=name, unverified=unverified, order=len(rows) + 1))
    return Village.objects.bulk_create(rows)


def _load_posts(commune: Commune, villages: list[Village]) -> None:
    """Make accounts and posts. All share one password, which is hashed once."""
    password = make_password(DEMO_PASSWORD)
    seats = office_seats() + team_seats([home.shares for home in _homes()])
    accounts = [_account(seat, number, password) for number, seat in enumerate(seats)]
    Account.objects.bulk_create(accounts)
    Post.objects.bulk_create(
        Post(
            commune=commune,
            unit=seat.unit,
            title=seat.title,
            roles=list(seat.roles),
            account=account,
            since=MERGED_ON,
            village=None if seat.village is None else villages[seat.village],
            order=number,
        )
        for number, (seat, account) in enumerate(zip(seats, accounts, strict=True), start=1)
    )


def _account(seat: Seat, number: int, password: str) -> Account:
    email = f"{seat.username}@baonhai.example"
    return Account(username=seat.username, full_name=seat.holder, email=email, phone=f"0500{number:06d}", password=password)


def _citizen(commune: Commune, villages: list[Village], person: Person) -> Citizen:
    village = villages[person.home]
    old = OLD_COMMUNES[[unit.prefix for unit in OLD_COMMUNES].index(village.code[:2])].name
    wrote_old = person.age > 2 and int(person.number[-1]) < 6
    new_address = f"Thôn {village.name}, xã Bảo Nhai, tỉnh Lào Cai"
    return Citizen(
        commune=commune,
        full_name=person.full_name,
        name_folded=fold(person.full_name),
        personal_number=person.number,
        birth=person.birth,
        sex=person.sex,
        ethnicity=person.group,
        village=village,
        address=new_address,
        address_as_written=f"Thôn {village.name}, xã {old}, huyện {OLD_DISTRICT}, tỉnh Lào Cai" if wrote_old else new_address,
        phone=person.phone,
    )


def _load_mandates(commune: Commune, people: list[Person], rows: list[Citizen]) -> None:
    """Let some mothers act for their children under 14, and some grown children for their mothers."""
    row_of = {id(person): row for person, row in zip(people, rows, strict=True)}
    pairs = [(person, person.mother) for person in people if person.mother]
    minors = [(child, mother, "con chưa thành niên") for child, mother in pairs if child.age < AGE_OF_IDENTITY][:20]
    elders = [(mother, child, "mẹ") for child, mother in pairs if mother.age > 55 and child.age >= 18][:5]
    Mandate.objects.bulk_create(
        Mandate(
            commune=commune,
            principal=row_of[id(principal)],
            representative=row_of[id(representative)],
            relation=relation,
            evidence="dữ liệu mẫu",
            valid_from=max(MERGED_ON, date(principal.year, 1, 1)),
        )
        for principal, representative, relation in minors + elders
    )


def _write_identities(people: list[Person], path: Path) -> None:
    names = [name for unit in OLD_COMMUNES for name, _unverified in village_names(unit)]
    told = sorted((person for person in people if person.age >= AGE_OF_IDENTITY), key=lambda person: person.part or 1000)
    listed = {"people": [_identity(person, names[person.home]) for person in told]}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(listed, ensure_ascii=False), encoding="utf-8")


def _identity(person: Person, village: str) -> dict[str, object]:
    return {
        "sub": str(uuid5(NAMESPACE_URL, f"xaso-demo:{person.number}")),
        "name": person.full_name,
        "birthdate": person.birth,
        "birth_words": str(PartialDate.from_iso(person.birth)),
        "gender": person.sex,
        "phone_number": person.phone,
        "personal_number": person.number,
        "identity_level": 2 if person.phone else 1,
        "village": village,
        "note": person.note,
    }
