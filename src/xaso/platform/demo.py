"""Where rooms hang what they load into the demo commune; `order` follows the floors, lowest first."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from xaso.platform.registries import Registry


@dataclass(frozen=True)
class DemoLoader:
    """A room's part of the demo. `load` is idempotent and returns one line that says what it loaded."""

    name: str
    load: Callable[[datetime], str]
    order: int = 50


loaders: Registry[DemoLoader] = Registry("demo loaders")
