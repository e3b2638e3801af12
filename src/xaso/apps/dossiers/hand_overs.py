"""Through whose hands a dossier went, read from its steps for the control slip (form 06), and whether in time. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from xaso.apps.dossiers.extending import Outcome, kept


class Done(Protocol):
    """A step as this module needs it: what was done, when, by whom, with what note."""

    @property
    def verb(self) -> str:
        """The move."""

    @property
    def at(self) -> datetime:
        """When it happened."""

    @property
    def note(self) -> str:
        """What was written with it."""


@dataclass(frozen=True)
class Party:
    """Who holds the dossier: a person in words, or the part of the house where it waits."""

    words: str


@dataclass(frozen=True)
class HandOver:
    """One line of the slip. `outcome` measures against the due date of the whole dossier as it stood then; None before acceptance."""

    verb: str
    at: datetime
    giver: Party
    receiver: Party
    outcome: Outcome | None
    note: str


@dataclass(frozen=True)
class Words:
    """What the slip calls those who are no named official. `who` names the official of a step, `receiver` whom she passed it on to."""

    applicant: Party
    desk: Party
    signers: Party
    who: Callable[[Done], Party]
    passed_to: Callable[[Done], Party]


TO_APPLICANT = frozenset({"ask_for_more", "refuse", "stop", "withdraw", "hand_over", "download"})
TO_DESK = frozenset({"sign", "attach_result"})
BY_APPLICANT = frozenset({"submit", "add_supplement", "withdraw"})
READ_BY = {"prepare_result": frozenset({"sign", "send_back"}), "submit": frozenset({"accept", "refuse"})}
"""Moves that give a dossier to a group, and those by which one of it shows that she had it."""


def hand_overs(steps: Sequence[Done], words: Words, due_as_of: Callable[[datetime], datetime | None]) -> list[HandOver]:
    """Return every hand-over in order. `due_as_of` gives the due date as it was known at a moment, None while the clock stood."""
    told: list[HandOver] = []
    holder, worker = words.applicant, words.desk
    is_taken_in = False
    for place, step in enumerate(steps):
        receiver = _receiver(step, steps[place + 1 :], words, holder, worker)
        is_taken_in = is_taken_in or step.verb == "accept"
        if step.verb in {"take", "resume", "pass_on"}:
            worker = receiver or worker
        if receiver is None or receiver == holder:
            continue
        due = due_as_of(step.at) if is_taken_in and step.verb != "accept" else None
        told.append(HandOver(step.verb, step.at, holder, receiver, kept(due, step.at) if due else None, step.note))
        holder = receiver
    return told


def _receiver(step: Done, later: Sequence[Done], words: Words, holder: Party, worker: Party) -> Party | None:
    """Return who holds the dossier after the step; None when it stays where it is."""
    if step.verb in TO_APPLICANT:
        return words.applicant
    if step.verb in TO_DESK:
        return words.desk
    if step.verb in READ_BY:
        read = next((one for one in later if one.verb in READ_BY[step.verb]), None)
        return words.who(read) if read else {"submit": words.desk, "prepare_result": words.signers}[step.verb]
    if step.verb == "pass_on":
        return words.passed_to(step)
    if step.verb in {"add_supplement", "send_back"}:
        return worker
    return words.who(step) if step.verb in {"accept", "take", "resume"} else None
