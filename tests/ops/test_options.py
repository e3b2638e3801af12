"""`xaso options` and the operator's handbook name every setting that the program reads."""

import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from xaso.platform.options import Option

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = [path for path in (ROOT / "src" / "xaso").rglob("*.py") if "tests" not in path.parts]
READ = re.compile(r"""(?:os\.environ(?:\.get|\.setdefault)?[(\[]|_required\()\s*f?"([A-Z_]+)\"""")
ROOMS_WITH_OPTIONS = sorted(path.parent.name for path in (ROOT / "src" / "xaso" / "apps").glob("*/options.py"))
NOT_THE_OPERATORS = {"DJANGO_SETTINGS_MODULE", "PATH"}


@pytest.fixture(scope="module")
def listed() -> str:
    command = [sys.executable, "-m", "xaso.site.cli", "options"]
    return subprocess.run(command, env={**os.environ, "XASO_MODE": "demo"}, capture_output=True, text=True, check=True).stdout


def names(text: str) -> set[str]:
    return {line.split(" = ")[0] for line in text.splitlines()}


def read_by_the_program() -> set[str]:
    found = {name for path in PROGRAM for name in READ.findall(path.read_text(encoding="utf-8"))}
    return found - NOT_THE_OPERATORS


def test_settings_are_found_in_the_code() -> None:
    assert {"XASO_MODE", "XASO_SECRET_KEY", "XASO_LOG_LEVEL", "DATABASE_URL", "PORT"} <= read_by_the_program()


def test_every_setting_that_the_program_reads_is_listed(listed: str) -> None:
    assert read_by_the_program() - names(listed) == set()


@pytest.mark.parametrize("room", ROOMS_WITH_OPTIONS)
def test_the_options_of_every_room_are_listed(listed: str, room: str) -> None:
    declared = {one.name for one in vars(import_module(f"xaso.apps.{room}.options")).values() if isinstance(one, Option)}

    assert declared
    assert declared - names(listed) == set()


def test_the_operators_handbook_names_every_listed_setting(listed: str) -> None:
    handbook = (ROOT / "docs" / "operator.md").read_text(encoding="utf-8")

    assert sorted(name for name in names(listed) if f"`{name}`" not in handbook) == []


def test_the_example_of_an_environment_is_a_production_one_and_says_how_messages_leave() -> None:
    example = (ROOT / "deploy" / "systemd" / "environment.example").read_text(encoding="utf-8").splitlines()

    assert "XASO_MODE=production" in example
    named = {line.lstrip("#").split("=")[0] for line in example if "=" in line}
    assert {"XASO_SMS", "XASO_EMAIL", "XASO_EMAIL_FROM", "XASO_SMTP_HOST", "XASO_SMTP_PASSWORD_FILE"} <= named
