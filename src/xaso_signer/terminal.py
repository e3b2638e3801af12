"""Asks in the terminal from which the program was started."""

import getpass
import sys
import threading

from xaso_signer.asking import Answer, Desk, Question
from xaso_signer.words import say


def serve(desk: Desk, ended: threading.Event) -> None:
    """Ask what comes, until the program ends."""
    while not ended.is_set():
        waiting = desk.next_question(wait_seconds=0.5)
        if waiting is None:
            continue
        question, answer = waiting
        answer.set_result(_asked(question))


def _asked(question: Question) -> Answer | None:
    lines = ["", say("asks", origin=question.origin), f"  {question.holder}", say("papers"), *(f"  - {title}" for title in question.papers)]
    lines += [say("was_wrong")] if question.was_wrong else []
    lines += [say(question.tries)] if question.tries else []
    _write(*lines)
    for_all = question.may_be_for_all and _yes(say("for_all_asked", count=len(question.papers)))
    if question.may_be_for_all and not for_all:
        _write(say("first_alone"))
    if question.on_reader:
        return Answer("", for_all) if _yes(f"{say('on_reader')} [c/K] ") else None
    _write(say("decline_by_empty"))
    try:
        pin = getpass.getpass(f"{say('pin')}: ")
    except (EOFError, KeyboardInterrupt):
        return None
    return Answer(pin, for_all) if pin else None


def _yes(words: str) -> bool:
    try:
        return input(words).strip().lower()[:1] in {"c", "y"}
    except (EOFError, KeyboardInterrupt):
        return False


def _write(*lines: str) -> None:
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
