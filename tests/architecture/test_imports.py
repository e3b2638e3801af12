"""Who may know whom: the five sentences of the plan, held against every import at every depth."""

import graphlib
import re
from collections.abc import Iterator

import pytest

from tests.architecture.reading import ROOT, Import, all_imports, imports, is_in, modules, room_of, rooms

FLOORS = ("xaso.site", "xaso.apps", "xaso.platform", "xaso.kernel")


def floor_of(name: str) -> int | None:
    """Return the floor as an index into FLOORS, top first."""
    return next((index for index, floor in enumerate(FLOORS) if is_in(name, floor)), None)


def test_floors_are_only_looked_down_from() -> None:
    upward = [str(found) for found in all_imports() if _looks_up(found)]

    assert upward == []


def _looks_up(found: Import) -> bool:
    mine, theirs = floor_of(found.importer.name), floor_of(found.target)
    return mine is not None and theirs is not None and theirs < mine


def test_kernel_imports_neither_django_nor_anything_that_needs_it() -> None:
    forbidden = ("django", "ninja", "allauth", "django_tasks", "django_tasks_db")
    found = [str(one) for one in all_imports() if is_in(one.importer.name, "xaso.kernel") and any(is_in(one.target, f) for f in forbidden)]

    assert found == []


def test_nobody_imports_site() -> None:
    found = [str(one) for one in all_imports() if is_in(one.target, "xaso.site") and not is_in(one.importer.name, "xaso.site")]

    assert found == []


def _between_rooms() -> Iterator[tuple[Import, str, str]]:
    for found in all_imports():
        mine, theirs = found.importer.room, room_of(found.target)
        if mine and theirs and mine != theirs:
            yield found, mine, theirs


def test_a_room_imports_only_the_neighbours_that_it_names() -> None:
    plates = rooms()
    strangers = [str(found) for found, mine, theirs in _between_rooms() if not found.importer.is_test and theirs not in plates[mine]]

    assert strangers == []


def test_tests_of_a_room_know_no_room_above_it() -> None:
    strangers = [str(found) for found, mine, theirs in _between_rooms() if found.importer.is_test and theirs not in _below(mine)]

    assert strangers == []


def _below(room: str) -> set[str]:
    """Return the rooms that a room reaches through its neighbours."""
    plates, reached, waiting = rooms(), set[str](), [room]
    while waiting:
        for other in plates[waiting.pop()]:
            if other not in reached:
                reached.add(other)
                waiting.append(other)
    return reached


def test_from_another_room_only_the_facade_is_imported() -> None:
    assert [str(found) for found, _mine, theirs in _between_rooms() if not _through_a_door(found, theirs)] == []


def _through_a_door(found: Import, room: str) -> bool:
    doors = ["facade", "testing"] if found.importer.is_test else ["facade"]
    return any(is_in(found.target, f"xaso.apps.{room}.{door}") for door in doors)


def test_site_enters_rooms_by_facades_and_addresses_only() -> None:
    doors = ("facade", "urls", "endpoints", "apps")
    found = [
        str(one)
        for one in all_imports()
        if is_in(one.importer.name, "xaso.site")
        and (room := room_of(one.target))
        and one.target.split(".")[3:4]
        and not one.importer.is_test
        if one.target.removeprefix(f"xaso.apps.{room}.").split(".")[0] not in doors
    ]

    assert found == []


def test_builders_for_tests_are_used_by_tests_only() -> None:
    found = [str(one) for one in all_imports() if "testing" in one.target.split(".") and "xaso" in one.target and not one.importer.is_test]

    assert found == []


def test_the_plates_form_no_circle() -> None:
    assert [room for room in rooms() if room in _below(room)] == []


def test_the_table_of_the_plan_names_each_room_and_its_neighbours() -> None:
    rows = re.findall(r"^\| `(\w+)` \|[^|]+\| ([^|]+) \|$", (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8"), re.MULTILINE)
    drawn = {room: set() if uses == "–" else set(uses.split(", ")) for room, uses in rows}

    assert drawn == {room: set(uses) for room, uses in rooms().items()}


def test_every_named_neighbour_exists() -> None:
    plates = rooms()

    assert {room: [other for other in uses if other not in plates] for room, uses in plates.items() if set(uses) - set(plates)} == {}


def test_stand_ins_and_the_house_share_nothing() -> None:
    outward = [str(one) for one in all_imports() if is_in(one.target, "xaso_standins") and not one.importer.is_test]
    inward = [str(one) for module in modules("xaso_standins") for one in imports(module) if is_in(one.target, "xaso")]

    assert outward + inward == []


def test_no_module_imports_itself_in_a_circle() -> None:
    """Circles between modules, function-level imports included; packages' `__init__` re-exports count as their own module."""
    names = {module.name for module in modules() if not module.is_test}
    graph = {
        module.name: {_named(one, names) for one in imports(module)} - {None, module.name} for module in modules() if not module.is_test
    }

    assert _circles(graph) == []


def _named(found: Import, names: set[str]) -> str | None:
    return next((name for name in (found.target, found.source) if name in names), None)


def _circles(graph: dict[str, set[str | None]]) -> list[str]:
    """Return the members of the first circle found, in order; empty when there is none."""
    try:
        graphlib.TopologicalSorter({name: others - {None} for name, others in graph.items()}).prepare()
    except graphlib.CycleError as error:
        return sorted(set(error.args[1]))
    return []


@pytest.mark.parametrize(
    ("graph", "circle"),
    [
        ({"a": {"b"}, "b": {"c"}, "c": set()}, []),
        ({"a": {"b"}, "b": {"a"}, "c": {"a"}}, ["a", "b"]),
        ({"a": {"b"}, "b": {"c"}, "c": {"a"}}, ["a", "b", "c"]),
    ],
)
def test_circles_are_found_where_there_are_any(graph: dict[str, set[str | None]], circle: list[str]) -> None:
    assert _circles(graph) == circle
