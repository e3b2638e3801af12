"""The demo citizens one may sign in as, read from the file that the demo loader writes."""

import json
import unicodedata
from pathlib import Path
from typing import Any


class People:
    """The file's people, in its order; read anew when the file changes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp = 0
        self._people: dict[str, dict[str, Any]] = {}
        self._folded: dict[str, str] = {}

    def find(self, sub: str) -> dict[str, Any] | None:
        """Return a person by identifier."""
        return self._read().get(sub)

    def search(self, words: str, limit: int = 20) -> list[dict[str, Any]]:
        """Return people whose name, number or village holds all words, accents aside; the first of the list for no words."""
        people = self._read()
        wanted = fold(words).split()
        hits = (person for sub, person in people.items() if all(word in self._folded[sub] for word in wanted))
        return [person for person, _ in zip(hits, range(limit), strict=False)]

    def __len__(self) -> int:
        return len(self._read())

    def _read(self) -> dict[str, dict[str, Any]]:
        stamp = self._path.stat().st_mtime_ns if self._path.exists() else 0
        if stamp != self._stamp:
            listed = json.loads(self._path.read_text(encoding="utf-8"))["people"] if stamp else []
            self._people = {person["sub"]: person for person in listed}
            self._folded = {sub: fold(" ".join([p["name"], p["personal_number"], p.get("village", "")])) for sub, p in self._people.items()}
            self._stamp = stamp
        return self._people


def fold(text: str) -> str:
    """Return the text in small letters without accents, đ as d."""
    bare = "".join(letter for letter in unicodedata.normalize("NFD", text) if unicodedata.category(letter) != "Mn")
    return bare.replace("đ", "d").replace("Đ", "D").casefold()
