"""What a room declares of a list: its columns, and the rows that an actor may see and an address asks for."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from django.http import QueryDict

from xaso.platform.actor import Actor
from xaso.platform.registries import Registry


class Kind(Enum):
    """What a column holds. Codes, phones and numbers of papers are text: their leading zeros count."""

    TEXT = "text"
    DAY = "day"
    MOMENT = "moment"
    NUMBER = "number"


@dataclass(frozen=True)
class Column:
    """A column: its heading, what it holds, and its width in characters."""

    heading: Any
    kind: Kind = Kind.TEXT
    width: int = 18


@dataclass(frozen=True)
class Sheet:
    """The rows as they will be read, once, and how many there are. A value is text, a number, a date, an aware instant or None."""

    rows: Iterable[Sequence[Any]]
    count: int


@dataclass(frozen=True)
class SheetSource:
    """A list that can be had as XLSX: `name` is its part of the address `/tai-bang/<name>/` and of the file's name.

    `read` takes who asks, the query of the list's own address, and now; it returns only what the actor may see. `of_citizens` tells that
    citizens are named in it, so that taking it out is written down.
    """

    name: str
    title: Any
    roles: frozenset[str]
    columns: tuple[Column, ...]
    read: Callable[[Actor, QueryDict, datetime], Sheet]
    of_citizens: bool = False


@dataclass(frozen=True)
class SheetNote:
    """Who writes down that a list of citizens was taken out: who took it, its name, how many rows, when."""

    name: str
    write: Callable[[Actor, str, int, datetime], None]


sheets: Registry[SheetSource] = Registry("sheets")
sheet_notes: Registry[SheetNote] = Registry("sheet_notes")
