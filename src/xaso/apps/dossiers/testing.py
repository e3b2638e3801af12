"""Builders for tests of this room: a commune with the catalogue, its officials, and dossiers brought to a state by real actions."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.contrib.auth import get_user_model

from xaso.apps.dossiers.actions import examination, intake, money, results
from xaso.apps.dossiers.actions.filing import file_dossier
from xaso.apps.dossiers.demo.answers import answers_for, looked_up_for
from xaso.apps.dossiers.models import Arrival, Dossier
from xaso.apps.dossiers.pages.arriving import ItemIn, take_in
from xaso.apps.dossiers.papers.result_fields import first_values
from xaso.apps.dossiers.shapes import Applicant, Filing
from xaso.apps.people import facade as people
from xaso.apps.people import testing as build
from xaso.apps.procedures import facade as procedures
from xaso.apps.procedures.testing import catalogue, catalogue_changed, everything_filed_and_issued_here
from xaso.apps.signing import facade as signing
from xaso.kernel.identifiers import uuid7
from xaso.platform import clock
from xaso.platform.actor import Actor
from xaso.platform.tests.file_samples import photo
from xaso.platform.tests.kept_rows import MadeOnce, made_once
from xaso.platform.uploads.testing import sent_whole

COPY, POOR, BIRTH, MARITAL = "2.000815", "1.011607", "1.001193", "1.004873"
ANSWERS_TYPED = {
    "_shown": "documents purpose",
    "documents-0-name": "Căn cước",
    "documents-0-pages": "1",
    "documents-0-copies": "2",
    "purpose": "Xin việc",
}
"""A certified copy's questions, answered as a browser sends them."""
MORNING = datetime(2026, 11, 19, 2, 0, tzinfo=UTC)
"""Thursday 19 November 2026, 09:00 in Vietnam."""
SIGNED_AFTER = timedelta(hours=1)
"""How long after `now` the result of `solved` is signed."""


@dataclass(frozen=True)
class Office:
    """A commune at work: its officials as actors, and a citizen with an account."""

    commune_id: Any
    desk: Actor
    officer: Actor
    signer: Actor
    administrator: Actor
    owner: Actor
    stranger: Actor

    def under(self, commune_id: UUID) -> "Office":
        """Return the same people in a commune of another id."""
        people_of_it = {name: replace(one, commune_id=commune_id) for name, one in vars(self).items() if isinstance(one, Actor)}
        return Office(commune_id=commune_id, **people_of_it)


_made_once: dict[bool, MadeOnce[Office]] = {}
"""By `files_here`: the office of this process's first test, whose rows those that follow get under a new id of the commune."""


def office(*, files_here: bool = True) -> Office:
    """Return a commune with the catalogue loaded; unless told otherwise it files and issues everything itself."""
    once = _made_once.get(files_here)
    if once is None:
        made, once = made_once(partial(_founded, files_here=files_here))
        if once:
            _made_once[files_here] = once
        return made
    if not once.finds_empty_tables():
        return _founded(files_here=files_here)
    commune_id = uuid7()
    once.put_back((once.made.commune_id, commune_id))
    catalogue_changed()
    build.forget()
    return once.made.under(commune_id)


def _founded(*, files_here: bool) -> Office:
    catalogue()
    commune = build.commune()
    made = Office(
        commune_id=commune.id,
        desk=build.actor_for(build.staff(commune, people.Role.DESK, title="Công chức một cửa")),
        officer=build.actor_for(build.staff(commune, people.Role.CASE_OFFICER, title="Công chức tư pháp")),
        signer=build.actor_for(build.staff(commune, people.Role.SIGNER, title="Phó Chủ tịch", full_name="Nông Thị Chanh")),
        administrator=build.actor_for(build.staff(commune, people.Role.ADMINISTRATOR)),
        owner=build.actor_for_citizen(build.citizen(commune, "Giàng A Pao", with_account=True)),
        stranger=build.actor_for_citizen(build.citizen(commune, "Lù Văn Phừ", with_account=True)),
    )
    if files_here:
        everything_filed_and_issued_here(commune.id)
    return made


def another_desk(made: Office) -> Actor:
    """Return a second official of the same desk."""
    return build.actor_for(build.staff_of(made.commune_id, people.Role.DESK, title="Công chức một cửa"))


def give_certificates(made: Office) -> None:
    """Give the signer and the commune their test certificates."""
    assert made.signer.account_id is not None
    now = datetime.now(tz=UTC)
    signing.issue_test_certificate(made.signer.account_id, made.commune_id, name=made.signer.name, now=now)
    signing.issue_test_seal(made.commune_id, now=now)


def filing(made: Office, code: str = COPY, *, channel: str = "counter", answers: dict[str, Any] | None = None, **applicant: Any) -> Filing:
    """Return a complete application of the office's citizen; `answers` are set beside or over the usual ones."""
    assert made.owner.citizen_id is not None
    citizen = people.citizen(made.owner.citizen_id)
    version = procedures.current(made.commune_id, code, MORNING.date())
    assert citizen is not None
    assert version is not None
    usual: dict[str, Any] = {
        "name": citizen.full_name,
        "personal_number": citizen.personal_number,
        "phone": citizen.phone,
        "citizen_id": citizen.id,
    }
    return Filing(
        dossier_id=uuid7(),
        version_id=version.id,
        channel=channel,
        applicant=Applicant(**usual | applicant),
        answers=answers_for(version, citizen, Random(1), MORNING.date()) | (answers or {}),
    )


def submitted(made: Office, code: str = COPY, *, now: datetime = MORNING, **facts: Any) -> Dossier:
    """Return a dossier that waits at the desk."""
    return file_dossier(made.desk, filing(made, code, **facts), now=now)


def accepted(made: Office, code: str = COPY, *, now: datetime = MORNING, **facts: Any) -> Dossier:
    """Return a dossier that was taken in."""
    return intake.accept(made.desk, submitted(made, code, now=now, **facts).id, now=now)


def examining(made: Office, code: str = COPY, *, now: datetime = MORNING, **facts: Any) -> Dossier:
    """Return a dossier that the case officer took."""
    return examination.take(made.officer, accepted(made, code, now=now, **facts).id, now=now)


def in_review(made: Office, code: str = COPY, *, now: datetime = MORNING, **facts: Any) -> Dossier:
    """Return a dossier whose prepared result waits for the signature."""
    dossier = examining(made, code, now=now, **facts)
    return results.prepare_result(made.officer, dossier.id, prepared(dossier), now=now)


def prepared(dossier: Dossier, **written: str) -> dict[str, str]:
    """Return complete lines of the dossier's result: what stands there first, what the officer looks up, and what the test writes."""
    version = procedures.get_version(dossier.version_id)
    return first_values(version, dossier) | looked_up_for(version.code, dossier.answers, MORNING.date()) | written


def solved(made: Office, code: str = POOR, *, now: datetime = MORNING, **facts: Any) -> Dossier:
    """Return a dossier whose result is signed and sealed; needs `give_certificates`."""
    return results.sign_result(made.signer, in_review(made, code, now=now, **facts).id, clock=lambda: now + SIGNED_AFTER)


def paid(made: Office, dossier: Dossier, *, now: datetime = MORNING) -> Dossier:
    """Return the dossier with its fee taken."""
    return money.take_payment(made.desk, dossier.id, dossier.fee_vnd or 0, "0000123", method="cash", now=now)


STATES: dict[str, Callable[[Office], Dossier]] = {
    "submitted": submitted,
    "accepted": accepted,
    "examining": examining,
    "in_review": in_review,
}


def account_of(actor: Actor) -> Any:
    """Return the account with which the person signs in."""
    assert actor.account_id is not None
    return get_user_model().objects.get(pk=actor.account_id)


def item(made: Office, code: str = COPY, *, typed: dict[str, str] | None = None, photo: bytes = b"", **over: Any) -> dict[str, Any]:
    """Return an item of a phone's outbox: a complete application as the form's screens post it, with the owner's own name and number."""
    version = procedures.current(made.commune_id, code, clock.now().date())
    citizen = people.citizen(made.owner.citizen_id) if made.owner.citizen_id else None
    assert version is not None
    assert citizen is not None
    fields = {**ANSWERS_TYPED, "agree": "yes"} | (typed or {})
    papers = [{"paper": "photo_of_original", "upload": sent_whole(photo), "name": "anh.jpg"}] if photo else []
    whole = {
        "id": str(uuid4()),
        "procedure": code,
        "version": str(version.id),
        "language": "vi",
        "made_at": "2026-11-19T08:00:00+07:00",
        "sent_at": "2026-11-19T09:00:00+07:00",
        "device": "",
        "secret": uuid4().hex,
        "applicant": {"name": citizen.full_name, "personal_number": citizen.personal_number, "phone": citizen.phone},
        "answers": urlencode(fields),
        "papers": papers,
        "draft": False,
    }
    return whole | over


def arrived(made: Office, **over: Any) -> Arrival:
    """Return an item that came from a phone which nobody knows, and waits for somebody to vouch for it."""
    sent = item(made, photo=photo(), **over)
    take_in(made.commune_id, ItemIn.model_validate(sent), people.Signed(None, doubt="no_device"), address="127.0.0.1", now=clock.now())
    return Arrival.objects.get(pk=sent["id"])
