"""The question to the official: who asks for which papers, and her PIN. One at a time; what asks meanwhile is told to wait."""

import queue
import threading
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NoAnswer
from dataclasses import dataclass

ANSWER_WITHIN_SECONDS = 180


@dataclass(frozen=True)
class Question:
    """What the official sees before she types her PIN.

    `papers` are the titles that this PIN will sign, or could: `may_be_for_all` offers one PIN for all of them, else it is the first alone.
    `was_wrong`: the last PIN was; `tries` is what the token says of its counter: "", "some_wrong" or "last". `on_reader`: a keypad asks.
    """

    origin: str
    holder: str
    papers: tuple[str, ...]
    may_be_for_all: bool = False
    was_wrong: bool = False
    tries: str = ""
    on_reader: bool = False


@dataclass(frozen=True)
class Answer:
    """A PIN, for one paper or for all that were shown. It is shown in no log and no error."""

    pin: str
    for_all: bool = False

    def __repr__(self) -> str:
        return "Answer(…)"


class Desk:
    """Where threads that serve pages leave a question, and the thread of the window or terminal finds it."""

    def __init__(self) -> None:
        self._questions: queue.SimpleQueue[tuple[Question, Future[Answer | None]]] = queue.SimpleQueue()
        self.busy = threading.Lock()

    def ask(self, question: Question, *, seconds: float = ANSWER_WITHIN_SECONDS) -> Answer | None:
        """Return the official's answer; None when she declines, or says nothing for so long."""
        answer: Future[Answer | None] = Future()
        self._questions.put((question, answer))
        try:
            return answer.result(timeout=seconds)
        except NoAnswer:
            answer.cancel()
            return None

    def next_question(self, *, wait_seconds: float) -> tuple[Question, "Future[Answer | None]"] | None:
        """Return the question that waits, and where its answer goes; None while there is none. One that nobody waits for is passed over."""
        try:
            question, answer = self._questions.get(timeout=wait_seconds) if wait_seconds else self._questions.get_nowait()
        except queue.Empty:
            return None
        return (question, answer) if answer.set_running_or_notify_cancel() else None
