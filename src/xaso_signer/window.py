"""Asks in a window, which comes to the front when a page wants a signature. Imported only where there is a display."""

import tkinter as tk
from collections.abc import Sequence
from concurrent.futures import Future
from tkinter import ttk

from xaso_signer.asking import ANSWER_WITHIN_SECONDS, Answer, Desk, Question
from xaso_signer.words import say

LOOK_EVERY_MS = 150
WIDTH_PX = 460
ROWS_SHOWN = 8
DANGER = "#B3261E"


class Window:
    """The program's own window, small: that it runs and for whom. Questions open above it."""

    def __init__(self, desk: Desk, origins: Sequence[str]) -> None:
        self._desk = desk
        self.root = tk.Tk()
        self.root.title(say("title"))
        self.root.resizable(width=False, height=False)
        frame = ttk.Frame(self.root, padding=16)
        frame.grid()
        for text in (say("running"), say("allowed") if origins else say("none_allowed"), *origins):
            ttk.Label(frame, text=text, wraplength=WIDTH_PX).grid(sticky="w", pady=2)

    def run(self) -> None:
        """Show it until it is closed."""
        self.root.after(LOOK_EVERY_MS, self._look)
        self.root.mainloop()

    def _look(self) -> None:
        waiting = self._desk.next_question(wait_seconds=0)
        if waiting is not None:
            Asking(self.root, *waiting)
        self.root.after(LOOK_EVERY_MS, self._look)


class Asking:
    """One question. Closing it, Escape and silence decline."""

    def __init__(self, root: tk.Tk, question: Question, answer: "Future[Answer | None]") -> None:
        self._answer = answer
        self._window = tk.Toplevel(root)
        self._window.title(say("title"))
        self._window.resizable(width=False, height=False)
        self._pin, self._for_all = tk.StringVar(self._window), tk.BooleanVar(self._window)
        self._on_reader = question.on_reader
        frame = ttk.Frame(self._window, padding=16)
        frame.grid()
        self._tell(frame, question)
        entry = self._ask_for_pin(frame, question)
        self._window.protocol("WM_DELETE_WINDOW", self._decline)
        self._window.bind("<Escape>", lambda _event: self._decline())
        self._window.bind("<Return>", lambda _event: self._sign())
        self._window.after(ANSWER_WITHIN_SECONDS * 1000, self._decline)
        self._come_to_front(entry)

    def _tell(self, frame: ttk.Frame, question: Question) -> None:
        for text in (say("asks", origin=question.origin), question.holder, say("papers")):
            ttk.Label(frame, text=text, wraplength=WIDTH_PX).grid(columnspan=2, sticky="w", pady=2)
        papers = tk.Listbox(frame, height=min(len(question.papers), ROWS_SHOWN), width=60, takefocus=len(question.papers) > ROWS_SHOWN)
        papers.insert(tk.END, *question.papers)
        papers.grid(columnspan=2, sticky="we", pady=4)
        for text in ([say("was_wrong")] if question.was_wrong else []) + ([say(question.tries)] if question.tries else []):
            ttk.Label(frame, text=text, foreground=DANGER, wraplength=WIDTH_PX).grid(columnspan=2, sticky="w", pady=2)

    def _ask_for_pin(self, frame: ttk.Frame, question: Question) -> tk.Widget:
        ttk.Label(frame, text=say("on_reader") if question.on_reader else say("pin")).grid(columnspan=2, sticky="w", pady=(8, 0))
        entry = ttk.Entry(frame, textvariable=self._pin, show="•", width=30)
        if not question.on_reader:
            entry.grid(columnspan=2, sticky="we", pady=2)
        if question.may_be_for_all:
            words = say("for_all", count=len(question.papers))
            ttk.Checkbutton(frame, text=words, variable=self._for_all).grid(columnspan=2, sticky="w", pady=4)
            ttk.Label(frame, text=say("first_alone"), name="first").grid(columnspan=2, sticky="w")
            self._for_all.trace_add("write", lambda *_: self._say_how_many(frame))
        sign = ttk.Button(frame, text=say("sign"), command=self._sign)
        sign.grid(column=0, sticky="w", pady=(12, 0))
        ttk.Button(frame, text=say("decline"), command=self._decline).grid(column=1, row=sign.grid_info()["row"], sticky="e", pady=(12, 0))
        return sign if question.on_reader else entry

    def _say_how_many(self, frame: ttk.Frame) -> None:
        frame.children["first"].configure(text="" if self._for_all.get() else say("first_alone"))  # type: ignore[call-arg]

    def _come_to_front(self, entry: tk.Widget) -> None:
        self._window.attributes("-topmost", True)
        self._window.lift()
        self._window.update_idletasks()
        self._window.focus_force()
        entry.focus_set()

    def _sign(self) -> None:
        if self._pin.get() or self._on_reader:
            self._end(Answer(self._pin.get(), for_all=self._for_all.get()))

    def _decline(self) -> None:
        self._end(None)

    def _end(self, given: Answer | None) -> None:
        if self._answer.done():
            return
        self._pin.set("")
        self._window.destroy()
        self._answer.set_result(given)
