"""Reads the code as the architecture sees it: modules, and every import in them at any depth."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src"
ROOM_PREFIX = "xaso.apps."


@dataclass(frozen=True)
class Module:
    """One file of ours. `name` is what one imports; `is_test` covers tests, their builders and their conftest."""

    name: str
    path: Path
    is_package: bool

    @property
    def place(self) -> str:
        """Return the path from the root, to name the file in a failure."""
        return str(self.path.relative_to(ROOT))

    @property
    def room(self) -> str | None:
        """Return the room the module lives in."""
        return room_of(self.name)

    @property
    def is_test(self) -> bool:
        """Tell whether the module is there for tests only."""
        parts = self.name.split(".")
        return "tests" in parts or parts[-1] in {"testing", "conftest"}

    @property
    def tree(self) -> ast.Module:
        """Return the parsed source."""
        return _parse(self.path)


@dataclass(frozen=True)
class Import:
    """One import of one name: `from a.b import c` has the target `a.b.c` (and `a.b` as its `source`)."""

    importer: Module
    source: str
    target: str
    line: int

    def __str__(self) -> str:
        return f"{self.importer.place}:{self.line} imports {self.target}"


@cache
def _parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


@cache
def modules(package: str = "xaso") -> tuple[Module, ...]:
    """Return all modules of a package of src/."""
    return tuple(_module(path) for path in sorted((SRC / package).rglob("*.py")) if "migrations" not in path.parts)


def _module(path: Path) -> Module:
    parts = list(path.relative_to(SRC).with_suffix("").parts)
    is_package = parts[-1] == "__init__"
    return Module(".".join(parts[:-1] if is_package else parts), path, is_package)


def imports(module: Module) -> Iterator[Import]:
    """Yield every import of the module, inside functions and under TYPE_CHECKING too."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(module, alias.name, alias.name, node.lineno)
        elif isinstance(node, ast.ImportFrom):
            source = _absolute(module, node)
            for alias in node.names:
                yield Import(module, source, f"{source}.{alias.name}", node.lineno)
        elif isinstance(node, ast.Call):
            yield from _dynamic(module, node)


def _dynamic(module: Module, node: ast.Call) -> Iterator[Import]:
    """Yield `import_module("literal")` as the import that it is."""
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name in {"import_module", "__import__"} and node.args and isinstance(node.args[0], ast.Constant):
        target = str(node.args[0].value)
        yield Import(module, target, target, node.lineno)


def _absolute(module: Module, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    parts = module.name.split(".")
    base = parts[: len(parts) - node.level + (1 if module.is_package else 0)]
    return ".".join([*base, node.module] if node.module else base)


@cache
def all_imports() -> tuple[Import, ...]:
    """Return every import of every module of the house."""
    return tuple(found for module in modules() for found in imports(module))


def is_in(name: str, package: str) -> bool:
    """Tell whether the dotted name is the package or lies in it."""
    return name == package or name.startswith(package + ".")


def room_of(name: str) -> str | None:
    """Return the room that a dotted name lies in."""
    return name.removeprefix(ROOM_PREFIX).split(".")[0] if name.startswith(ROOM_PREFIX) else None


def rooms() -> dict[str, tuple[str, ...]]:
    """Return each room with the neighbours that its `apps.py` names."""
    return {path.parent.name: _uses(path) for path in sorted((SRC / "xaso" / "apps").glob("*/apps.py"))}


def _uses(path: Path) -> tuple[str, ...]:
    for node in ast.walk(_parse(path)):
        if isinstance(node, ast.Assign) and any(isinstance(target, ast.Name) and target.id == "uses" for target in node.targets):
            return tuple(ast.literal_eval(node.value))
    raise AssertionError(f"{path}: a room names its neighbours in `uses`")
