"""How well times and fees are read, measured against sixty records labelled by hand before there was a parser."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from xaso.apps.procedures.national.channels import ChannelCell, read_channels
from xaso.apps.procedures.tests.national_data import LABELS, whole_edition

SEED, DRAWN = 2026, 60
LEAST_PRECISION, LEAST_RECALL = 0.98, 0.90


@pytest.fixture(scope="module")
def labels() -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = json.loads(Path(LABELS).read_text(encoding="utf-8"))["records"]
    return records


def _read(channel: ChannelCell | None) -> dict[str, dict[str, Any] | None]:
    term = {"amount": channel.term.amount, "unit": channel.term.unit.value} if channel and channel.term else None
    fee = {"amount_vnd": channel.charge.amount_vnd, "per": channel.charge.per} if channel and channel.charge else None
    return {"term": term, "fee": fee}


@pytest.mark.parametrize("what", ["term", "fee"])
def test_what_is_read_is_right_and_little_of_what_can_be_read_is_missed(labels: list[dict[str, Any]], what: str) -> None:
    right = read = readable = 0
    for record in labels:
        channels = {channel.channel: channel for channel in read_channels(record["cell"])}
        for name, label in record["channels"].items():
            value = _read(channels.get(name))[what]
            read += value is not None
            readable += label[what] is not None
            right += value is not None and value == label[what]

    assert readable >= 75, "the measure needs values to measure"
    assert right / read >= LEAST_PRECISION
    assert right / readable >= LEAST_RECALL


def test_no_channel_is_missed_and_none_is_made_up(labels: list[dict[str, Any]]) -> None:
    found = {record["code"]: {channel.channel for channel in read_channels(record["cell"])} for record in labels}

    assert found == {record["code"]: set(record["channels"]) for record in labels}


def test_the_labelled_records_are_those_that_the_seed_draws(labels: list[dict[str, Any]]) -> None:
    cells = {line["ma_thu_tuc"]: line["cach_thuc_thuc_hien"] for line in whole_edition()}

    drawn = random.Random(SEED).sample(sorted(cells), DRAWN)

    assert [record["code"] for record in labels] == sorted(drawn)
    assert {record["code"]: record["cell"] for record in labels} == {code: cells[code] for code in drawn}
