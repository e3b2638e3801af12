"""Plain values that go into actions."""

from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Applicant:
    """Who applies, as typed or as known from the account. Empty strings where unknown.

    `card` holds what the last card that the desk read filled in, so that the card of another person takes its place.
    `submitter` is the name of who hands the dossier in for her.
    `tell_by` is `voice` for who wishes to be called up: she can't read, or has no mobile phone.
    `return_by` is `post` for who wants the result sent home: to `return_address` (house, village) in `return_area` (commune, province).
    """

    name: str
    personal_number: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    village_id: UUID | None = None
    citizen_id: UUID | None = None
    card: dict[str, Any] = field(default_factory=dict)
    submitter: str = ""
    tell_by: str = ""
    return_by: str = ""
    return_address: str = ""
    return_area: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the value for a JSON column."""
        plain = asdict(self)
        return {key: str(value) if isinstance(value, UUID) else value for key, value in plain.items()}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Applicant":
        """Read back what `as_json` wrote; unknown keys are ignored, a missing name is empty."""
        known = {key: stored[key] for key in cls.__dataclass_fields__ if key in stored}
        for key in ("village_id", "citizen_id"):
            known[key] = UUID(known[key]) if known.get(key) else None
        return cls(**{"name": "", **known})


@dataclass(frozen=True)
class PostedTo:
    """Whom and where the post brings a result: `address` is house and village, `area` commune and province."""

    name: str
    address: str
    area: str


@dataclass(frozen=True)
class Filing:
    """A complete application, ready to become a dossier. `papers` tells per paper id what was given: kind and number of sheets."""

    dossier_id: UUID
    version_id: UUID
    channel: str
    applicant: Applicant
    answers: dict[str, Any]
    papers: dict[str, Any] = field(default_factory=dict)
    representative: dict[str, Any] = field(default_factory=dict)
    language: str = "vi"
