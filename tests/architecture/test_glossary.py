"""GLOSSARY.md names every word by which the code speaks of the trade."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps

from xaso.apps.dossiers.flow import FLOWS
from xaso.apps.dossiers.words import FORMS, VERBS
from xaso.apps.notices.flow import FLOW as MESSAGE
from xaso.apps.notices.words import CHANNELS as MESSAGE_CHANNELS
from xaso.apps.people.facade import Role
from xaso.apps.procedures.shapes import CHANNELS, ISSUERS, NOT_OFFERED, PLACES
from xaso.apps.queue.flow import FLOW as TICKET
from xaso.apps.rights.breach_flow import BREACH_FLOW
from xaso.apps.rights.flow import FLOW as DATA_REQUEST
from xaso.apps.webhooks.flow import FLOW as WEBHOOK

GLOSSARY = Path(__file__).resolve().parents[2] / "GLOSSARY.md"
ROWS = re.compile(r"^\| (`[^|]+`) \|", re.MULTILINE)
CODE = re.compile(r"`([^`]+)`")


def explained() -> set[str]:
    """Return what stands as code in the first column of a table."""
    cells = ROWS.findall(GLOSSARY.read_text(encoding="utf-8"))
    return {word for cell in cells for word in CODE.findall(cell)}


def words_of_flows() -> Iterator[str]:
    for flow in (*FLOWS.values(), MESSAGE, WEBHOOK, TICKET, DATA_REQUEST, BREACH_FLOW):
        yield from flow.states
        for move in flow.moves:
            yield from (move.verb, *move.roles)


def test_states_moves_and_roles_are_explained() -> None:
    assert {*words_of_flows(), *VERBS, *Role} - explained() == set()


def test_channels_filing_places_issuers_and_forms_are_explained() -> None:
    assert {*CHANNELS, *PLACES, *ISSUERS, NOT_OFFERED, *MESSAGE_CHANNELS, *FORMS} - explained() == set()


def test_tables_are_explained() -> None:
    ours = {model.__name__ for model in apps.get_models() if model.__module__.startswith("xaso.")}

    assert ours - explained() == set()


def test_no_table_is_explained_that_is_gone() -> None:
    ours = {model.__name__ for model in apps.get_models() if model.__module__.startswith("xaso.")}

    assert {word for word in explained() if word[0].isupper()} - ours == set()
