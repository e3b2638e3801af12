"""Where rooms plug themselves in, so that pages which collect from all rooms import none of them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path
    from uuid import UUID

    from django.http import HttpRequest

    from xaso.platform.actor import Actor

T = TypeVar("T")


class Registry(Generic[T]):
    """An ordered collection of plugs, sorted by their `order`, then by their `name`."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._items: dict[str, T] = {}

    def add(self, item: T) -> T:
        """Register a plug. Raises ValueError if the name is taken: two rooms must not fight for one place."""
        key = item.name  # type: ignore[attr-defined]
        if key in self._items:
            raise ValueError(f"{self.name}: {key!r} is registered twice")
        self._items[key] = item
        return item

    def find(self, name: str) -> T | None:
        """Return the plug of that name, or None."""
        return self._items.get(name)

    def __iter__(self) -> Iterator[T]:
        return iter(sorted(self._items.values(), key=lambda item: (getattr(item, "order", 0), item.name)))  # type: ignore[attr-defined]

    def __len__(self) -> int:
        return len(self._items)


@dataclass(frozen=True)
class Tile:
    """A large tile on the citizens' home page."""

    name: str
    label: Any
    icon: str
    url: str
    order: int = 50


@dataclass(frozen=True)
class RailEntry:
    """An entry in the officials' left rail. `count` gives the number of things that wait there for the actor, or None."""

    name: str
    label: Any
    icon: str
    url: str
    roles: frozenset[str]
    order: int = 50
    count: "Callable[[Actor, datetime], int | None] | None" = None


@dataclass(frozen=True)
class HomeBlock:
    """A section under the tiles of the home page: a template and the function that gives its context."""

    name: str
    template: str
    context: "Callable[[HttpRequest], dict[str, Any]]"
    order: int = 50


@dataclass(frozen=True)
class SearchHit:
    """One answer of the officials' search field."""

    title: str
    detail: str
    url: str


@dataclass(frozen=True)
class SearchSource:
    """A room's part of the officials' search; it returns only what the actor may see."""

    name: str
    label: Any
    find: "Callable[[Actor, str, int], list[SearchHit]]"
    order: int = 50


@dataclass(frozen=True)
class WorkItem:
    """One thing that waits for a person: shown on “Việc hôm nay”. `stage_tone` is cham, nghe, la or son."""

    key: str
    title: str
    detail: str
    stage: Any
    stage_tone: str
    url: str
    due_at: "datetime | None"
    clock_stopped: bool = False


@dataclass(frozen=True)
class WorkSource:
    """A room's answer to “what waits for me today”."""

    name: str
    waiting: "Callable[[Actor, datetime], list[WorkItem]]"
    finished_since: "Callable[[Actor, datetime], int]"
    order: int = 50


@dataclass(frozen=True)
class LeftBehind:
    """How much open work of a room an official has who may not do it any more, and the address where it is handed over (`%s`: account)."""

    name: str
    count: "Callable[[UUID, UUID, datetime], int]"
    url: str
    order: int = 50


@dataclass(frozen=True)
class SoonLate:
    """A thing that is about to be late, with why in plain words, who has it, and what can be done now about it: words and address."""

    item: WorkItem
    why: str
    holder: str
    act: Any
    act_url: str


@dataclass(frozen=True)
class SoonLateSource:
    """A room's answer to “what is about to be late”, for the actor's own work or, for who heads others, for all of theirs."""

    name: str
    soon: "Callable[[Actor, datetime], list[SoonLate]]"
    order: int = 50


@dataclass(frozen=True)
class VerifiableCard:
    """What `/xac-minh/<token>` shows of a paper that this commune issued. `rows` are (label, value); `file_url` may be None."""

    kind: Any
    title: str
    state_tone: str
    state: Any
    rows: tuple[tuple[Any, str], ...]
    file_url: str | None = None


@dataclass(frozen=True)
class VerifiableSource:
    """A room's resolver of public verification tokens; None when the token is not one of its own."""

    name: str
    resolve: "Callable[[str], VerifiableCard | None]"
    order: int = 50


@dataclass(frozen=True)
class Standing:
    """How far a part of the set-up is: tone la (done), nghe (something is missing) or cham (may stay as it is), and a few words."""

    tone: str
    text: Any


@dataclass(frozen=True)
class SetUpPart:
    """A part of a commune's set-up on “Quản trị”: what it is, the page where it is done, and how far it is for a commune.

    `acts` says what its entries in the audit record are called, by verb.
    """

    name: str
    label: Any
    icon: str
    url: str
    standing: "Callable[[UUID], Standing]"
    order: int = 50
    acts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class AccountPart:
    """A part of an official's own account that a room keeps: its heading, and the words of the link to the page where it is done."""

    name: str
    label: Any
    link: Any
    url: str
    roles: frozenset[str]
    order: int = 50


@dataclass(frozen=True)
class Specimen:
    """Parts of a room's pages, shown alive on `/kieu-mau/`: a template that includes the real parts, and sample data for them.

    `face` is citizens or officials; `stylesheets` are the room's own, by their static names.
    """

    name: str
    face: str
    template: str
    context: "Callable[[], dict[str, Any]]"
    stylesheets: tuple[str, ...] = ()
    order: int = 50


@dataclass(frozen=True)
class OutsideEvent:
    """A fact that programs outside may be told of: its topic, what it is called, and what strangers learn of it from subject and payload.

    What `shape` returns holds no personal data.
    """

    name: str
    label: Any
    shape: "Callable[[str, Mapping[str, Any]], dict[str, Any]]"
    order: int = 50


@dataclass(frozen=True)
class ApiScope:
    """What a program's token may let it do, in words; `name` is the scope that the room's endpoints ask for."""

    name: str
    label: Any
    order: int = 50


@dataclass(frozen=True)
class OnPhone:
    """What a room has its visitors' phones keep, so that it works without a signal.

    `pages` gives addresses that belong to no person; `statics` are names of static files that those pages need.
    """

    name: str
    pages: "Callable[[HttpRequest], list[str]]"
    statics: tuple[str, ...] = ()
    order: int = 50


@dataclass(frozen=True)
class SavedFolder:
    """A folder beside the database that a backup must hold; restored under its name in the data folder.

    `option` names the setting that moves it elsewhere. `join` puts what was restored in place beside what is there; without it the folder
    is replaced, and one that was moved elsewhere is left alone. `before_database`: copied before the database's snapshot, so that nothing
    in it is newer than the snapshot; else after, so that everything the snapshot names is in it.
    """

    name: str
    path: "Callable[[], Path]"
    option: str = ""
    before_database: bool = False
    join: "Callable[[Path], None] | None" = None
    order: int = 50


tiles: Registry[Tile] = Registry("tiles")
rail: Registry[RailEntry] = Registry("rail")
home_blocks: Registry[HomeBlock] = Registry("home_blocks")
searches: Registry[SearchSource] = Registry("searches")
work: Registry[WorkSource] = Registry("work")
left_behind: Registry[LeftBehind] = Registry("left_behind")
soon_late: Registry[SoonLateSource] = Registry("soon_late")
verifiable: Registry[VerifiableSource] = Registry("verifiable")
set_up: Registry[SetUpPart] = Registry("set_up")
account_parts: Registry[AccountPart] = Registry("account_parts")
specimens: Registry[Specimen] = Registry("specimens")
outside_events: Registry[OutsideEvent] = Registry("outside_events")
api_scopes: Registry[ApiScope] = Registry("api_scopes")
on_phone: Registry[OnPhone] = Registry("on_phone")
saved_folders: Registry[SavedFolder] = Registry("saved_folders")
