"""Plain values in which the people room speaks to other rooms."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID


@dataclass(frozen=True)
class CommuneInfo:
    """The commune as pages and papers need it. `office_hours` holds the spans of a working day; `agency_code` may be unknown.

    `days_off` and `days_worked` are the commune's own, beside the national calendar.
    """

    id: UUID
    slug: str
    name: str
    short_name: str
    province: str
    province_code: str
    gso_code: str
    agency_code: str | None
    address: str
    phone: str
    email: str
    website: str
    hostname: str | None
    office_hours: tuple[tuple[time, time], ...]
    days_off: frozenset[date]
    days_worked: frozenset[date]
    bank_name: str
    bank_bin: str
    bank_account_number: str
    bank_account_holder: str
    is_demo: bool
    set_up_at: datetime | None

    @property
    def province_in_full(self) -> str:
        """The province with the word for its kind: “Lào Cai” gives “tỉnh Lào Cai”; a city keeps its own word."""
        has_word = self.province.lower().startswith(("tỉnh ", "thành phố ", "tp"))
        return self.province if has_word else f"tỉnh {self.province}"


@dataclass(frozen=True)
class FormerUnit:
    """A commune that was merged into this one."""

    id: UUID
    code: str
    name: str
    old_district: str
    valid_until: date | None


@dataclass(frozen=True)
class Village:
    """A village; `old_unit` is the name of the former commune it belonged to, empty when unknown.

    `label` tells it from others in a list: with its former commune where two villages share a name.
    """

    id: UUID
    code: str
    name: str
    old_unit: str
    old_unit_code: str
    households: int | None
    unverified: bool
    label: str


@dataclass(frozen=True)
class Citizen:
    """A citizen. `birth` is a partial ISO date, `sex` is `male`, `female` or empty; `address` is in today's units."""

    id: UUID
    full_name: str
    personal_number: str
    birth: str
    sex: str
    ethnicity: str
    village_id: UUID | None
    village_name: str
    address: str
    address_as_written: str
    phone: str
    email: str
    account_id: UUID | None
    identity_level: int
    commune_id: UUID


@dataclass(frozen=True)
class Post:
    """A post with its present holder; `holder_name` is empty and `account_id` None while nobody holds it."""

    id: UUID
    account_id: UUID | None
    title: str
    unit: str
    roles: frozenset[str]
    holder_name: str
    holder_phone: str
    holder_email: str
    village_id: UUID | None


@dataclass(frozen=True)
class CitizenFacts:
    """What is known of a person at the desk or from the electronic identity; an empty text means not known."""

    full_name: str
    personal_number: str = ""
    birth: str = ""
    sex: str = ""
    ethnicity: str = ""
    village_id: UUID | None = None
    address: str = ""
    address_as_written: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class StaffAccount:
    """An official's account as the administrator sees it."""

    id: UUID
    full_name: str
    username: str
    phone: str
    email: str
    is_active: bool
    last_login: datetime | None


@dataclass(frozen=True)
class RoleHolder:
    """An official who holds a role by a post of her own, or in place of another: then `in_place_of` is the title of that post."""

    account_id: UUID
    name: str
    title: str
    in_place_of: str = ""


@dataclass(frozen=True)
class DeputyLine:
    """Who stands in for which post; both days are included."""

    id: UUID
    post_id: UUID
    post_title: str
    deputy_name: str
    from_on: date
    until_on: date
    reason: str


@dataclass(frozen=True)
class BankAccountLine:
    """A proposal to change the bank account; `state` is proposed, approved, rejected or replaced."""

    id: UUID
    bank_name: str
    bank_bin: str
    account_number: str
    account_holder: str
    state: str
    proposed_by_id: UUID
    proposed_by: str
    proposed_at: datetime
    decided_by: str
    decided_at: datetime | None
