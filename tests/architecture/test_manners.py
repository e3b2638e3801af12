"""Names, lengths and habits of the code, held by reading it."""

import ast
from collections.abc import Iterator

from tests.architecture.reading import ROOT, Module, all_imports, is_in, modules

NAMELESS = {"core", "common", "utils", "util", "helpers", "helper", "misc", "lib", "manager", "managers"}
LONGEST_FILE_LINES = 400
EVERYWHERE = ("xaso", "xaso_signer", "xaso_standins")


def ours() -> Iterator[Module]:
    """Yield every module of the source."""
    for package in EVERYWHERE:
        yield from modules(package)


def test_every_folder_and_file_has_a_name_that_says_what_it_is() -> None:
    folders = ("src", "tests", "bench", "docs", "deploy", "catalogue")
    paths = [path.relative_to(ROOT) for folder in folders for path in (ROOT / folder).rglob("*")]

    assert [str(path) for path in paths if path.stem in NAMELESS] == []


def test_no_file_outgrows_its_length() -> None:
    lengths = {module.place: len(module.path.read_text(encoding="utf-8").splitlines()) for module in ours()}

    assert {place: lines for place, lines in lengths.items() if lines > LONGEST_FILE_LINES} == {}


def test_every_module_says_what_it_is_for() -> None:
    silent = [module.place for module in ours() if not module.is_test and module.tree.body and not ast.get_docstring(module.tree)]

    assert [place for place in silent if not place.endswith("/apps.py")] == []


def test_only_actions_assign_states() -> None:
    """A state moves by its flow, inside an action; anywhere else it could skip the trace."""
    found = []
    for module in ours():
        if module.is_test or module.room is None or _may_assign_states(module):
            continue
        found += [f"{module.place}: {ast.unparse(node)}" for node in ast.walk(module.tree) if _assigns_state(node)]

    assert found == []


def _may_assign_states(module: Module) -> bool:
    parts = module.name.split(".")
    return "actions" in parts or "flow" in parts


def _assigns_state(node: ast.AST) -> bool:
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return any(isinstance(target, ast.Attribute) and _is_state(target.attr) for target in targets) and node.value is not None
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "setattr" and len(node.args) > 1:
        return isinstance(node.args[1], ast.Constant) and _is_state(str(node.args[1].value))
    return isinstance(node, ast.Call) and _is_update(node) and any(_is_state(word.arg or "") for word in node.keywords)


def _is_state(name: str) -> bool:
    return name == "state" or name.endswith("_state")


def _is_update(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Attribute) and node.func.attr == "update"


def test_no_signals() -> None:
    """Django's signals hide who does what. What must follow a change stands in its action or hears it through the outbox."""
    targets = (
        "django.dispatch",
        "django.db.models.signals",
        "django.core.signals",
        "django.contrib.auth.signals",
        "allauth.account.signals",
    )
    found = [str(one) for one in all_imports() if any(is_in(one.target, target) for target in targets)]

    assert found == []


def test_tests_patch_none_of_our_code() -> None:
    found = []
    for path in [*(ROOT / "src").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found += [f"{path.relative_to(ROOT)}:{node.lineno}" for node in ast.walk(tree) if isinstance(node, ast.Call) and _patches(node)]

    assert found == []


def _patches(node: ast.Call) -> bool:
    """Tell whether the call is `mock.patch("xaso…")` or `monkeypatch.setattr` on something of ours."""
    name = ast.unparse(node.func)
    first = ast.unparse(node.args[0]) if node.args else ""
    if name.endswith(("mock.patch", "patch.object")) or name == "patch":
        return True
    return name == "monkeypatch.setattr" and first.strip("'\"").startswith("xaso")


def test_no_thing_is_left_undone() -> None:
    marks = ("TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK")
    found = []
    for module in ours():
        lines = module.path.read_text(encoding="utf-8").splitlines()
        found += [f"{module.place}:{number}" for number, line in enumerate(lines, start=1) if any(mark in line for mark in marks)]

    assert found == []
