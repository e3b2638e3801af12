"""When two dossiers of one procedure look like the same person's, and what tells them apart. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

SIGNS = ("number", "name_and_birth", "phone")


@dataclass(frozen=True)
class Person:
    """Who applied, as far as it is known: empty texts are not known. `folded` is the name without accents and case."""

    personal_number: str = ""
    folded: str = ""
    birth: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Compared:
    """A line of two dossiers side by side."""

    label: str
    left: str
    right: str

    @property
    def differs(self) -> bool:
        """Tell whether the two say something else, spaces aside."""
        return " ".join(self.left.split()) != " ".join(self.right.split())


def shared_signs(one: Person, other: Person) -> tuple[str, ...]:
    """Return by which signs two applicants look like one person: number, name with birth date, phone; none of what is not known counts.

    Two known numbers that differ are two people, whatever phone a family shares.
    """
    if one.personal_number and other.personal_number and one.personal_number != other.personal_number:
        return ()
    same = {
        "number": bool(one.personal_number) and one.personal_number == other.personal_number,
        "name_and_birth": bool(one.folded and one.birth) and (one.folded, one.birth) == (other.folded, other.birth),
        "phone": bool(one.phone) and one.phone == other.phone,
    }
    return tuple(sign for sign in SIGNS if same[sign])


def side_by_side(left: Sequence[tuple[str, str]], right: Sequence[tuple[str, str]]) -> list[Compared]:
    """Return the lines of both, in the order of the left one; what only one of them has stands against nothing."""
    by_label = dict(right)
    lines = [Compared(label, text, by_label.get(label, "")) for label, text in left]
    known = {label for label, _text in left}
    return [*lines, *(Compared(label, "", text) for label, text in right if label not in known)]
