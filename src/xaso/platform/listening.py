"""What citizens can listen to: rooms name their pages and texts here, so that the room that speaks knows none of them."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.template.loader import get_template
from django.utils.translation import gettext

from xaso.platform.registries import Registry

if TYPE_CHECKING:
    from uuid import UUID

ADDRESS = "/nghe/"
KEPT_ALONG = ("/chua-co-song/", "/may-nay/", "/ngoai-tuyen/")
"""The pages whose sounds a phone keeps along with those of any page: what it shows without a signal. The last is kept last."""
_FIXED_TEXT = re.compile(r"""\{%-?\s*translate\s+(?:"([^"{%]+)"|'([^'{%]+)')""")


@dataclass(frozen=True)
class Listenable:
    """Something that is spoken ahead of time: a page at its address, or texts that stand on pages which belong to a person.

    `texts` gives the latter in the language of the moment, or in Vietnamese alone; a page without texts is read as a stranger sees it.
    """

    address: str
    title: Any = ""
    texts: Callable[[], Iterable[str]] | None = None
    is_vietnamese: bool = False


@dataclass(frozen=True)
class ListenSource:
    """A room's part of what citizens can listen to in a commune."""

    name: str
    found: "Callable[[UUID], Iterable[Listenable]]"
    order: int = 50


@dataclass(frozen=True)
class Speaker:
    """Who can speak; `is_ready` tells whether pages may offer to be listened to at all, and costs next to nothing."""

    name: str
    is_ready: Callable[[], bool]


sources: Registry[ListenSource] = Registry("listen sources")
speakers: Registry[Speaker] = Registry("speakers")


def can_listen() -> bool:
    """Tell whether somebody can speak here."""
    return any(speaker.is_ready() for speaker in speakers)


def fixed_texts(*templates: str) -> tuple[str, ...]:
    """Return the texts of templates that are the same for everybody, in the language of the moment."""
    return tuple(gettext(text) for text in _written_in(*templates))


@cache
def _written_in(*templates: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for name in templates:
        source: str = get_template(name).template.source  # type: ignore[attr-defined]
        found |= dict.fromkeys(one or other for one, other in _FIXED_TEXT.findall(source))
    return tuple(found)
