"""A commune that really runs, for the tests that need one: loaded once for the whole run, copied for each module."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live import Live, Template, free_port


@pytest.fixture(scope="session")
def worker_number(request: pytest.FixtureRequest) -> int:
    """Return the number of this process among those that share the run."""
    return int(getattr(request.config, "workerinput", {"workerid": "gw0"})["workerid"].removeprefix("gw"))


@pytest.fixture(scope="session")
def commune_template(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Template:
    """Return the demo commune, loaded once for all processes of the run, on the database that DATABASE_URL selects."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if hasattr(request.config, "workerinput") else base
    template = Template(shared / "commune-template", os.environ.get("DATABASE_URL", ""))
    template.prepare()
    return template


@pytest.fixture(scope="session")
def live(commune_template: Template, tmp_path_factory: pytest.TempPathFactory, worker_number: int) -> Iterator[Live]:
    """Yield a running commune shared by the tests of a process."""
    yield from _running(commune_template, tmp_path_factory.mktemp("live"), worker_number)


@pytest.fixture
def live_alone(commune_template: Template, tmp_path: Path, worker_number: int) -> Iterator[Live]:
    """Yield a running commune for one test, for those that break it."""
    yield from _running(commune_template, tmp_path / "live", worker_number)


def _running(template: Template, folder: Path, worker: int) -> Iterator[Live]:
    commune = template.copy(folder, free_port(worker))
    try:
        commune.start()
        yield commune
    finally:
        commune.stop()
        template.drop(commune)
