"""Who acts: a plain value that every action, query and trace takes, so that pages, API, jobs and scripts are alike."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from xaso.kernel.errors import Refusal

Kind = Literal["staff", "citizen", "token", "system", "anonymous"]


@dataclass(frozen=True)
class Actor:
    """A person or machine with the roles it holds now.

    `address` is the network address it came from, empty for jobs. `granted` holds opaque subjects (`"dossier:<uuid>"`) that a
    person without an account opened by proving that she knows its code and number. `deputised` pairs each role held only in place of
    another with the title of that other's post; `deputising_for` names all those posts. `identity_level` is what the provider of
    identities vouched for when the citizen signed in, here or on the phone that signed for her (1 or 2; Decree 69/2024/NĐ-CP); 0 where
    it said nothing. `is_by_pin` tells that an official opened this computer by her PIN and has not confirmed in full since.
    """

    kind: Kind
    commune_id: UUID | None
    name: str = ""
    account_id: UUID | None = None
    citizen_id: UUID | None = None
    post_id: UUID | None = None
    post_title: str = ""
    deputising_for: str = ""
    roles: frozenset[str] = frozenset()
    address: str = ""
    channel: str = "page"
    granted: frozenset[str] = frozenset()
    deputised: tuple[tuple[str, str], ...] = ()
    identity_level: int = 0
    is_by_pin: bool = False

    @classmethod
    def system(cls, commune_id: UUID | None, name: str, *, channel: str = "job") -> "Actor":
        """Return the actor of a job, a listener or (`channel="console"`) an operator's command; it holds the role `system` alone."""
        return cls(kind="system", commune_id=commune_id, name=name, roles=frozenset({"system"}), channel=channel)

    @classmethod
    def anonymous(cls, commune_id: UUID | None, address: str = "") -> "Actor":
        """Return the actor of a visitor who has not signed in."""
        return cls(kind="anonymous", commune_id=commune_id, address=address)

    def holds(self, *roles: str) -> bool:
        """Tell whether the actor holds at least one of the roles."""
        return not self.roles.isdisjoint(roles)

    def in_place_of(self, roles: Collection[str]) -> str:
        """Return the title of the post for which the actor acts by one of the roles; empty when she holds one of them herself."""
        titles = dict(self.deputised)
        held = self.roles & set(roles)
        return next((titles[role] for role in sorted(held)), "") if held and held <= titles.keys() else ""


def require_full(actor: Actor) -> None:
    """Raise Refusal `platform.confirm_first` when all that the actor gave on this computer since it was locked is a PIN."""
    if actor.is_by_pin:
        raise Refusal("platform.confirm_first")
