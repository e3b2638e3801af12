"""The bill of materials names all that is installed, each with its hashes and by whom it is wanted."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCK = """# made by uv
asgiref==3.9.1 \\
    --hash=sha256:{a} \\
    --hash=sha256:{b}
    # via
    #   django
    #   xaso (pyproject.toml)
colorama==0.4.6 ; sys_platform == 'win32' \\
    --hash=sha256:{c}
    # via django
django==5.2.19 \\
    --hash=sha256:{d}
    # via xaso (pyproject.toml)
""".format(**{letter: letter * 64 for letter in "abcd"})


@pytest.fixture(scope="module")
def sbom() -> ModuleType:
    spec = importlib.util.spec_from_file_location("sbom", ROOT / "deploy" / "sbom.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["sbom"] = module
    spec.loader.exec_module(module)
    return module


def test_packages_hashes_and_who_wants_them_are_read_from_the_lock_file(sbom: ModuleType) -> None:
    made = sbom.bill(sbom.locked_packages(LOCK), "0.1.0")

    assert [(one["purl"], len(one["externalReferences"][0]["hashes"])) for one in made["components"]] == [
        ("pkg:pypi/asgiref@3.9.1", 2),
        ("pkg:pypi/colorama@0.4.6", 1),
        ("pkg:pypi/django@5.2.19", 1),
    ]
    wants = {one["ref"]: one["dependsOn"] for one in made["dependencies"]}
    assert wants["xaso"] == ["pkg:pypi/asgiref@3.9.1", "pkg:pypi/django@5.2.19"]
    assert wants["pkg:pypi/django@5.2.19"] == ["pkg:pypi/asgiref@3.9.1", "pkg:pypi/colorama@0.4.6"]


def test_the_same_lock_file_gives_the_same_bill_and_another_gives_another(sbom: ModuleType) -> None:
    first, again = (sbom.bill(sbom.locked_packages(LOCK), "0.1.0") for _ in range(2))
    other = sbom.bill(sbom.locked_packages(LOCK.replace("5.2.19", "5.2.20")), "0.1.0")

    assert first == again
    assert first["serialNumber"] != other["serialNumber"]


def test_a_package_that_is_held_to_no_hash_is_refused(sbom: ModuleType) -> None:
    with pytest.raises(ValueError, match="without a hash: loose"):
        sbom.locked_packages(LOCK + "loose==1\n    # via django\n")


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock", "requirements-uv.lock"])
def test_every_package_of_every_lock_file_is_held_to_a_hash(sbom: ModuleType, name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")

    assert len(sbom.locked_packages(text)) == len(re.findall(r"^[a-z0-9].*==", text, re.MULTILINE)) > 0


def test_each_package_that_runs_here_names_its_licence_and_is_wanted_by_something(sbom: ModuleType) -> None:
    made = sbom.bill(sbom.locked_packages((ROOT / "requirements.lock").read_text(encoding="utf-8")), "0.1.0")
    wanted = {reference for one in made["dependencies"] for reference in one["dependsOn"]}

    assert sorted(one["purl"] for one in made["components"] if one["purl"] not in wanted) == []
    assert next(one for one in made["components"] if one["name"] == "django")["licenses"]
