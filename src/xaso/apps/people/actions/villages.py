"""Villages and the old communes they belonged to."""

from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from itertools import count
from uuid import UUID

from django.db import transaction
from django.db.models import Max, ProtectedError

from xaso.apps.audit import facade as audit
from xaso.apps.people.access import require_in_full
from xaso.apps.people.limits import within
from xaso.apps.people.models import FormerUnit, Village
from xaso.apps.people.roles import Role
from xaso.apps.people.sheets import ImportOutcome, RowError, read_sheet
from xaso.kernel.errors import Refusal
from xaso.kernel.text import same_name, tidy_name
from xaso.platform.actor import Actor

COLUMNS = {"name": "Tên thôn", "old_unit": "Xã cũ", "code": "Mã thôn", "households": "Số hộ"}
NAME_LETTERS_AT_MOST = 120
CODE_LETTERS_AT_MOST = 20
HOUSEHOLDS_AT_MOST = 99_999


@dataclass(frozen=True)
class VillageFacts:
    """What is said of a village. `code` empty means the next free one."""

    name: str
    old_unit_id: UUID | None = None
    code: str = ""
    households: int | None = None
    unverified: bool = False


@transaction.atomic
def add_former_unit(actor: Actor, name: str, code: str, old_district: str, valid_until: date | None, *, now: datetime) -> UUID:
    """Add an old commune that became part of the actor's commune; one that is there already is returned unchanged."""
    commune_id = require_in_full(actor, Role.ADMINISTRATOR)
    facts = {"code": code, "old_district": old_district, "valid_until": valid_until}
    unit, fresh = FormerUnit.objects.get_or_create(commune_id=commune_id, name=_named(name), defaults=facts)
    if fresh:
        audit.record(actor, "people.former_unit_added", f"former_unit:{unit.id}", {"name": unit.name, "code": code}, now=now)
    return unit.id


@transaction.atomic
def change_former_unit(
    actor: Actor, unit_id: UUID, name: str, code: str, *, old_district: str, valid_until: date | None, now: datetime
) -> None:
    """Correct what is said of an old commune. Raises Refusal `people.former_unit_exists` when another one has the name."""
    units = FormerUnit.objects.filter(commune_id=require_in_full(actor, Role.ADMINISTRATOR))
    unit = units.select_for_update().filter(pk=unit_id).first()
    if unit is None:
        raise Refusal("people.not_found")
    before, tidy = unit.name, _named(name)
    if any(same_name(other, tidy) for other in units.exclude(pk=unit_id).values_list("name", flat=True)):
        raise Refusal("people.former_unit_exists", name=tidy)
    unit.name, unit.code, unit.old_district, unit.valid_until = tidy, code, old_district, valid_until
    unit.save()
    audit.record(actor, "people.former_unit_changed", f"former_unit:{unit.id}", {"name": [before, tidy]}, now=now)


@transaction.atomic
def remove_former_unit(actor: Actor, unit_id: UUID, *, now: datetime) -> None:
    """Remove an old commune entered by mistake. Raises Refusal `people.still_used` while villages belong to it."""
    commune_id = require_in_full(actor, Role.ADMINISTRATOR)
    _remove(actor, FormerUnit.objects.filter(pk=unit_id, commune_id=commune_id).first(), "people.former_unit_removed", now)


@transaction.atomic
def remove_village(actor: Actor, village_id: UUID, *, now: datetime) -> None:
    """Remove a village entered by mistake. Raises Refusal `people.still_used` while people, posts or dossiers belong to it."""
    commune_id = require_in_full(actor, Role.ADMINISTRATOR)
    _remove(actor, Village.objects.filter(pk=village_id, commune_id=commune_id).first(), "people.village_removed", now)


@transaction.atomic
def add_village(actor: Actor, facts: VillageFacts, *, now: datetime) -> UUID:
    """Add a village. Raises Refusal `people.village_exists` when the old commune already has one of that name."""
    row = _save_new(require_in_full(actor, Role.ADMINISTRATOR), facts)
    audit.record(actor, "people.village_added", f"village:{row.id}", {"name": row.name, "code": row.code}, now=now)
    return row.id


@transaction.atomic
def change_village(actor: Actor, village_id: UUID, facts: VillageFacts, *, now: datetime) -> None:
    """Rename a village or change what is known of it; citizens and cases stay with it."""
    commune_id = require_in_full(actor, Role.ADMINISTRATOR)
    row = Village.objects.select_for_update().filter(pk=village_id, commune_id=commune_id).first()
    if row is None:
        raise Refusal("people.not_found")
    before = {"name": row.name, "code": row.code, "households": row.households, "unverified": row.unverified}
    name = _named(facts.name)
    _refuse_twin(commune_id, name, facts.old_unit_id, besides=row.id)
    row.name, row.former_unit_id, row.code = name, _own_unit(commune_id, facts.old_unit_id), facts.code or row.code
    row.households, row.unverified = facts.households, facts.unverified
    _refuse_code_of_another(commune_id, row.code, besides=row.id)
    row.save()
    changed = {key: [old, getattr(row, key)] for key, old in before.items() if getattr(row, key) != old}
    audit.record(actor, "people.village_changed", f"village:{row.id}", changed, now=now)


def import_villages(actor: Actor, xlsx: bytes, *, now: datetime) -> ImportOutcome:
    """Add the villages of a sheet with the columns “Tên thôn”, “Xã cũ”, “Mã thôn”, “Số hộ”; rows that fail are told and left out."""
    require_in_full(actor, Role.ADMINISTRATOR)
    outcome = ImportOutcome()
    for number, cells in read_sheet(BytesIO(xlsx), COLUMNS, required=("name",)):
        try:
            outcome.added.append(_import_row(actor, cells, now))
        except Refusal as refusal:
            outcome.errors.append(RowError.of(number, refusal))
    return outcome


def village_sheet() -> bytes:
    """Return an empty sheet with the right columns, for the administrator to fill in."""
    from openpyxl import Workbook  # late, see sheets.py

    book = Workbook()
    sheet = book.active or book.create_sheet()
    sheet.title = "Thôn"
    sheet.append(list(COLUMNS.values()))
    for letter in "ABCD":
        sheet.column_dimensions[letter].width = 24
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


@transaction.atomic
def _import_row(actor: Actor, cells: dict[str, str], now: datetime) -> str:
    old_unit = add_former_unit(actor, cells["old_unit"], "", "", None, now=now) if cells["old_unit"] else None
    code = within(cells["code"], CODE_LETTERS_AT_MOST)
    add_village(actor, VillageFacts(cells["name"], old_unit, code, _households(cells["households"])), now=now)
    return cells["name"]


def _households(text: str) -> int | None:
    digits = text.replace(".", "")
    if digits and not (digits.isascii() and digits.isdigit() and int(digits[:9]) <= HOUSEHOLDS_AT_MOST):
        raise Refusal("people.households_wrong", text=text[:20])
    return int(digits) if digits else None


def _remove(actor: Actor, row: Village | FormerUnit | None, verb: str, now: datetime) -> None:
    if row is None:
        raise Refusal("people.not_found")
    subject = f"{row._meta.model_name}:{row.pk}"
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError as error:
        raise Refusal("people.still_used", name=row.name) from error
    audit.record(actor, verb, subject, {"name": row.name, "code": row.code}, now=now)


def _save_new(commune_id: UUID, facts: VillageFacts) -> Village:
    name = _named(facts.name)
    _refuse_twin(commune_id, name, facts.old_unit_id)
    last: int = Village.objects.filter(commune_id=commune_id).aggregate(last=Max("order"))["last"] or 0
    code = facts.code or _free_code(commune_id, last + 1)
    _refuse_code_of_another(commune_id, code)
    return Village.objects.create(
        commune_id=commune_id,
        former_unit_id=_own_unit(commune_id, facts.old_unit_id),
        code=code,
        name=name,
        households=facts.households,
        unverified=facts.unverified,
        order=last + 1,
    )


def _refuse_twin(commune_id: UUID, name: str, old_unit_id: UUID | None, *, besides: UUID | None = None) -> None:
    neighbours = Village.objects.filter(commune_id=commune_id, former_unit_id=old_unit_id).values_list("id", "name")
    if any(other != besides and same_name(theirs, name) for other, theirs in neighbours):
        raise Refusal("people.village_exists", name=name)


def _free_code(commune_id: UUID, first: int) -> str:
    taken = set(Village.objects.filter(commune_id=commune_id).values_list("code", flat=True))
    return next(code for number in count(first) if (code := f"T{number:02d}") not in taken)


def _refuse_code_of_another(commune_id: UUID, code: str, *, besides: UUID | None = None) -> None:
    codes = Village.objects.filter(commune_id=commune_id, code=code).values_list("id", flat=True)
    if any(other != besides for other in codes):
        raise Refusal("people.village_code_taken", taken=code)


def _own_unit(commune_id: UUID, old_unit_id: UUID | None) -> UUID | None:
    if old_unit_id and not FormerUnit.objects.filter(pk=old_unit_id, commune_id=commune_id).exists():
        raise Refusal("people.not_found")
    return old_unit_id


def _named(name: str) -> str:
    tidy = tidy_name(name)
    if not tidy:
        raise Refusal("people.name_needed")
    return within(tidy, NAME_LETTERS_AT_MOST)
