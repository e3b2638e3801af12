"""Questions about consent: may something be done with a person's data, and what did she say to each purpose."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from xaso.apps.people import facade as people
from xaso.apps.rights.actions.consents import must_ask_child
from xaso.apps.rights.consent_rules import Word, stands
from xaso.apps.rights.models import Consent
from xaso.platform.personal_data import ConsentPurpose, consent_purposes


@dataclass(frozen=True)
class PurposeShown:
    """A purpose with the person's last word on it; `is_old` where the text has changed since she agreed."""

    purpose: ConsentPurpose
    last: Consent | None
    stands: bool
    is_old: bool
    asks_child: bool


def has_consent(citizen_id: UUID, purpose: str) -> bool:
    """Tell whether something may be done for the purpose with the person's data, as its text is now. One query.

    Without a word of hers it may not, but for what is done until she refuses.

    Raises KeyError for a purpose that nobody declared.
    """
    asked = consent_purposes.find(purpose)
    if asked is None:
        raise KeyError(purpose)
    last = Consent.objects.filter(citizen_id=citizen_id, purpose=purpose).order_by("-at", "-id").first()
    return stands(_word(last), asked.version, until_refused=asked.until_refused)


def purposes_shown(citizen: people.Citizen, now: datetime) -> list[PurposeShown]:
    """Return every purpose with the person's last word. One query."""
    last: dict[str, Consent] = {}
    for one in Consent.objects.filter(citizen_id=citizen.id).order_by("at", "id"):
        last[one.purpose] = one
    return [_shown(citizen, asked, last.get(asked.name), now) for asked in consent_purposes]


def _shown(citizen: people.Citizen, asked: ConsentPurpose, last: Consent | None, now: datetime) -> PurposeShown:
    does = stands(_word(last), asked.version, until_refused=asked.until_refused)
    is_old = last is not None and last.is_given and not does
    return PurposeShown(asked, last, does, is_old, must_ask_child(citizen, asked, now))


def _word(last: Consent | None) -> Word | None:
    return Word(last.is_given, last.version) if last else None
