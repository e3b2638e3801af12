"""The base of each room's AppConfig: names its neighbours and loads its plugs and listeners at start."""

from importlib import import_module
from importlib.util import find_spec
from typing import ClassVar

from django.apps import AppConfig


class RoomConfig(AppConfig):
    """A room. `uses` names the rooms whose facades it may import; tests/architecture holds it to that.

    `options.py`, `errors.py`, `privacy.py`, `acts.py`, `plugs.py`, `listeners.py` and `sheet_lists.py` are imported at start when the
    room has them; one that can't be loaded stops the start.
    """

    uses: ClassVar[tuple[str, ...]] = ()
    default = False

    def __init_subclass__(cls) -> None:
        """Make the room's own class the one that Django picks from its apps.py, where this base is imported beside it."""
        cls.default = True

    def ready(self) -> None:
        for part in ("options", "errors", "privacy", "acts", "plugs", "listeners", "sheet_lists"):
            module = f"{self.name}.{part}"
            if find_spec(module):
                import_module(module)
