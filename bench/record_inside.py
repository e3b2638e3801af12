"""Measures the audit record inside a process of the installation, in which Django is set up as for any command."""

import json
import os
import time
from collections.abc import Callable
from datetime import timedelta
from statistics import median
from typing import Any

SUBMISSIONS = 300
ROUNDS = 400


def measure(few: int, many: int, token: str, application: dict[str, Any]) -> None:
    """Print what was measured, as JSON: milliseconds of a submission, of an entry and of its sealing, seconds of two verifications."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "xaso.site.settings.demo"
    import django

    django.setup()
    submission_ms = _submission_ms(token, application)
    entry_ms = _with_entry_ms() - _without_entry_ms()
    sealing_ms, few_s = _filled_and_verified(few)
    _sealing_ms, many_s = _filled_and_verified(many)
    told = {"submission_ms": submission_ms, "entry_ms": entry_ms, "sealing_ms": sealing_ms, "few_s": few_s, "many_s": many_s}
    print(json.dumps(told))


def _submission_ms(token: str, application: dict[str, Any]) -> float:
    from django.test import Client

    client = Client(headers={"Authorization": f"Bearer {token}", "Host": "127.0.0.1"})
    body = json.dumps(application)
    times = []
    for number in range(SUBMISSIONS):
        begun = time.perf_counter()
        answer = client.post("/api/v1/dossiers", body, content_type="application/json", headers={"Idempotency-Key": f"record-{number}"})
        times.append(time.perf_counter() - begun)
        if answer.status_code != 201:
            raise RuntimeError(f"{answer.status_code}: {answer.content[:500]!r}")
    return 1000 * median(times)


def _with_entry_ms() -> float:
    from xaso.apps.audit import facade as audit
    from xaso.apps.people import facade as people
    from xaso.platform import clock
    from xaso.platform.actor import Actor

    commune = people.the_commune()
    assert commune is not None
    actor = Actor.system(commune.id, "bench")
    detail = {"code": "XS-1", "from": "", "to": "submitted"}
    return _transaction_ms(lambda: [audit.entry(actor, "dossiers.submit", "dossier:1", detail, now=clock.now())])


def _without_entry_ms() -> float:
    return _transaction_ms(list)


def _transaction_ms(also: Callable[[], list[Any]]) -> float:
    """Return the median of a transaction that writes a fact and the further rows together, as an act writes them."""
    from django.db import transaction

    from xaso.platform import clock, outbox, rows

    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        with transaction.atomic():
            rows.insert(outbox.message("bench.measured", "bench:1", {}, now=clock.now()), *also())
        times.append(time.perf_counter() - begun)
    return 1000 * median(times)


def _filled_and_verified(rows: int) -> tuple[float, float]:
    """Fill the record up to so many rows; returns milliseconds of sealing one of the new ones and seconds of verifying all."""
    from xaso.apps.audit.actions.sealing import seal_waiting
    from xaso.apps.audit.models import AuditEntry, AuditLink, UnsealedEntry
    from xaso.apps.audit.options import anchors_folder
    from xaso.apps.audit.verification import verify
    from xaso.apps.people import facade as people
    from xaso.platform import clock

    commune = people.the_commune()
    assert commune is not None
    now = clock.now()
    missing = rows - AuditLink.objects.filter(chain=commune.id).count() - UnsealedEntry.objects.filter(chain=commune.id).count()
    entries = (
        AuditEntry(
            commune_id=commune.id,
            at=now + timedelta(milliseconds=number),
            actor_kind="staff",
            actor_id=commune.id,
            actor_name="Nông Thị Chanh",
            post_title="Công chức tư pháp – hộ tịch",
            verb="dossiers.accept",
            subject=f"dossier:{commune.id}",
            detail={"code": f"XS-261123-{number:04d}", "from": "submitted", "to": "accepted"},
            address="10.0.0.7",
            channel="page",
        )
        for number in range(missing)
    )
    AuditEntry.objects.bulk_create(entries, batch_size=2000)
    begun = time.perf_counter()
    sealed = seal_waiting(now)
    sealing_ms = 1000 * (time.perf_counter() - begun) / sealed
    begun = time.perf_counter()
    verdict = verify(commune.id, anchors_folder())
    seconds = time.perf_counter() - begun
    if not verdict.is_sound or verdict.links != rows:
        raise RuntimeError(f"{verdict.links} links, {verdict.faults[:3]}")
    return sealing_ms, seconds
