"""What personal data the rooms hold: each declares its tables in `privacy.py`; the public list, the copies and the erasing read it here."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from xaso.platform.registries import Registry

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import Model, QuerySet


@dataclass(frozen=True)
class Person:
    """Whose data are asked for, as the rooms know her: a citizen of a commune, with her account if she has one."""

    commune_id: UUID
    citizen_id: UUID
    account_id: UUID | None = None


@dataclass(frozen=True)
class Basis:
    """On what the law lets data be kept: the article as our source names it, when that was read, and whether the law's own text was."""

    text: Any
    source: str
    checked_on: date
    confirm: bool = True


@dataclass(frozen=True)
class Kept:
    """How long data are kept. `days` is the number of days that a job holds, counted as `text` says; without one `text` says it all.

    `confirm` tells that the time is not proven by a text of law.
    """

    text: Any
    days: Callable[[], int] | None = None
    confirm: bool = False


@dataclass(frozen=True)
class Ending:
    """Which rows of a commune have had their time (`rows`), and how they are erased: deleted, or what `erase` does with them.

    `erase` runs in a transaction with the entry that tells of it.
    """

    rows: "Callable[[UUID, datetime], QuerySet[Any, Any]]"
    erase: "Callable[[QuerySet[Any, Any]], None] | None" = None


@dataclass(frozen=True)
class PersonalField:
    """One personal field: its column, what people call it, whether the law counts it as sensitive, and whose it is if not the holding's.

    `path` or `told` gives what a copy shows in place of the column: a related value, or words made of the row. `is_given` is false for
    what a copy leaves out: secrets, and what says nothing by itself.
    """

    column: str
    label: Any
    sensitive: bool = False
    whose: Any = ""
    path: str = ""
    told: "Callable[[Any], Any] | None" = None
    is_given: bool = True

    def value(self, row: "Model") -> Any:
        """Return what a copy shows of the row for this field."""
        if self.told is not None:
            return self.told(row)
        found: Any = row
        for step in (self.path or self.column).split("__"):
            found = getattr(found, step) if found is not None else None
        return found


@dataclass(frozen=True)
class Holding:
    """The personal fields of one table (`name`: its model): whose, what for, on which basis, how long, who sees them, how they end.

    `beside` names all other columns: keys, states, times. `tells` are some of them that a copy shows so that its rows can be understood.
    `rows` finds those of one person; without it nothing in the table leads to a person. `ending` finds what the retention job erases.
    """

    name: str
    title: Any
    whose: Any
    purpose: Any
    basis: Basis
    kept: Kept
    seen_by: Any
    erased: Any
    fields: tuple[PersonalField, ...]
    beside: str = ""
    tells: tuple[PersonalField, ...] = ()
    rows: "Callable[[Person], QuerySet[Any, Any]] | None" = None
    ending: Ending | None = None
    order: int = 50

    @property
    def columns(self) -> frozenset[str]:
        """All columns that the declaration accounts for."""
        return frozenset({one.column for one in self.fields} | set(self.beside.split()))

    @property
    def given(self) -> tuple[PersonalField, ...]:
        """What a copy shows of a row, in order."""
        return (*self.tells, *(one for one in self.fields if one.is_given))


@dataclass(frozen=True)
class NoPerson:
    """A table (`name`: its model) that holds nothing about a person: all its columns, so that a new one is thought about."""

    name: str
    columns_text: str

    @property
    def columns(self) -> frozenset[str]:
        """All columns that the declaration accounts for."""
        return frozenset(self.columns_text.split())


@dataclass(frozen=True)
class SubjectSource:
    """A room's opaque subjects (`"dossier:<uuid>"`) that are one person's own: under them lower rooms keep what is hers."""

    name: str
    subjects: Callable[[Person], list[str]]
    order: int = field(default=50)


@dataclass(frozen=True)
class ConsentPurpose:
    """Something that is done only with a person's consent: what it is called, and the text that she agrees to.

    Raise `version` with each change of the text: who agreed to an older one has not agreed to this one. `publishes` tells that it makes
    private life public, for which a child from seven years on is asked too. `until_refused` marks what stands on another ground as well,
    so that it is done until she says no: every other purpose needs her yes.
    """

    name: str
    label: Any
    text: Any
    version: int
    publishes: bool = False
    until_refused: bool = False
    order: int = 50


holdings: Registry[Holding] = Registry("holdings")
no_person: Registry[NoPerson] = Registry("tables without persons")
subject_sources: Registry[SubjectSource] = Registry("subject sources")
consent_purposes: Registry[ConsentPurpose] = Registry("consent purposes")


def subjects_of(person: Person) -> list[str]:
    """Return the opaque subjects of everything that is the person's own. One query for each source."""
    return [subject for source in subject_sources for subject in source.subjects(person)]


def columns_of(model: "type[Model]") -> Iterator[str]:
    """Yield the names of a table's columns and of its own lists."""
    options = model._meta
    yield from (one.name for one in (*options.concrete_fields, *options.local_many_to_many))


READ_ON = date(2026, 11, 23)
"""When our sources of Law 91/2025/QH15 were read; none of them was the law's own text."""
DUTY = Basis(_("Việc pháp luật giao cho xã: không cần hỏi ý kiến anh/chị, nhưng phải có giám sát"), "Luật 91/2025/QH15, điều 19", READ_ON)
CONSENT = Basis(_("Anh/chị đồng ý cho việc này; không nói gì không phải là đồng ý"), "Luật 91/2025/QH15, điều 9", READ_ON)
ARCHIVES = Kept(_("Theo luật lưu trữ; số năm cần xác nhận"), confirm=True)
CITIZENS, OFFICIALS = _("Người dân"), _("Cán bộ")
BY_ARCHIVES = _("Không xóa trước hạn lưu trữ. Hết hạn thì hủy theo luật lưu trữ.")
UNSET = Kept(_("Chưa đặt hạn xóa; cần xác nhận"), confirm=True)
NOT_ERASED_YET = _("Chưa tự xóa. Anh/chị có thể gửi yêu cầu xóa.")
ALL_CASE_STAFF = _("Cán bộ một cửa, thụ lý, ký, văn thư và lãnh đạo; phần nhạy cảm bị che với ai không làm hồ sơ ấy")
ADMINISTRATORS_ONLY = _("Người quản trị của xã")
