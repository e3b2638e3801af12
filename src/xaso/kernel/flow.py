"""Life cycles as tables: state × verb × role → state. The same table draws buttons, documentation and tests."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from xaso.kernel.errors import Refusal


class MoveRefused(Refusal):
    """The flow has no such move from this state for these roles."""

    def __init__(self, verb: str, state: str) -> None:
        super().__init__("flow.not_allowed", verb=verb, state=state)


@dataclass(frozen=True)
class Move:
    """One row of a flow: who holds one of `roles` may `verb` a thing in state `source`, which is then in state `target`."""

    verb: str
    source: str
    target: str
    roles: frozenset[str]

    def __post_init__(self) -> None:
        if not (self.verb and self.source and self.target):
            raise ValueError(f"a move needs a verb, a source and a target: {self}")
        if not self.roles:
            raise ValueError(f"nobody may {self.verb!r} from {self.source!r}")


def moves(verb: str, sources: Iterable[str], target: str, roles: frozenset[str]) -> tuple[Move, ...]:
    """Return the same move from each of the sources, in their order."""
    return tuple(Move(verb, source, target, roles) for source in sources)


@dataclass(frozen=True)
class Flow:
    """A life cycle. `initial` is the state, or the states, in which a thing may begin.

    `ends`, where given, names exactly the states that no move leaves, so that a misspelt target is found at once.
    Raises ValueError for two moves of one verb from one state, for a state that can't be reached, and for ends that do not agree.
    """

    name: str
    initial: str | tuple[str, ...]
    moves: tuple[Move, ...]
    ends: frozenset[str] | None = None

    def __post_init__(self) -> None:
        if len(self._by_verb) != len(self.moves):
            raise ValueError(f"{self.name}: a verb leaves one state twice: {sorted(self._doubled())}")
        if unreachable := set(self.states) - self._reachable():
            raise ValueError(f"{self.name}: no way leads to {sorted(unreachable)}")
        found = frozenset(state for state in self.states if self.is_end(state))
        if self.ends is not None and found != self.ends:
            raise ValueError(f"{self.name}: unknown targets or wrong ends: {sorted(found ^ self.ends)}")

    @property
    def initials(self) -> tuple[str, ...]:
        """The states in which a thing may begin."""
        return (self.initial,) if isinstance(self.initial, str) else self.initial

    @cached_property
    def states(self) -> tuple[str, ...]:
        """All states: the initial ones, then as the table first names them."""
        named = (state for move in self.moves for state in (move.source, move.target))
        return tuple(dict.fromkeys((*self.initials, *named)))

    def after(self, verb: str, state: str, roles: Collection[str]) -> str:
        """Return the state that `verb` leads to. Raises MoveRefused when there is no such move for any of the roles."""
        move = self._by_verb.get((verb, state))
        if move is None or move.roles.isdisjoint(roles):
            raise MoveRefused(verb, state)
        return move.target

    def roles_for(self, verb: str, state: str) -> frozenset[str]:
        """Return the roles that may make the move; none when there is no such move."""
        move = self._by_verb.get((verb, state))
        return move.roles if move else frozenset()

    def verbs(self, state: str, roles: Collection[str]) -> tuple[str, ...]:
        """Return what these roles may do to a thing in this state, in the order of the table."""
        return tuple(move.verb for move in self.moves if move.source == state and not move.roles.isdisjoint(roles))

    def is_end(self, state: str) -> bool:
        """Tell whether no move leaves the state. Raises ValueError for a state that the flow does not have."""
        if state not in self.states:
            raise ValueError(f"{self.name} has no state {state!r}")
        return all(move.source != state for move in self.moves)

    def rows(self) -> tuple[tuple[str, str, str, str], ...]:
        """Return the table for documentation: state, verb, next state, roles in alphabetical order."""
        return tuple((move.source, move.verb, move.target, ", ".join(sorted(move.roles))) for move in self.moves)

    @cached_property
    def _by_verb(self) -> dict[tuple[str, str], Move]:
        return {(move.verb, move.source): move for move in self.moves}

    def _doubled(self) -> set[tuple[str, str]]:
        pairs = [(move.verb, move.source) for move in self.moves]
        return {pair for pair in pairs if pairs.count(pair) > 1}

    def _reachable(self) -> set[str]:
        reached = set(self.initials)
        frontier = set(self.initials)
        while frontier:
            frontier = {move.target for move in self.moves if move.source in frontier} - reached
            reached |= frontier
        return reached
