"""What the job worker does in a round: the steps that rooms plugged in, then the tasks that wait in the database."""

import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import FrameType

import structlog
from django.db import close_old_connections
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from prometheus_client import Counter, Gauge

from xaso.platform import clock, housekeeping, outbox
from xaso.platform.registries import Registry
from xaso.platform.sheets import jobs as sheet_jobs
from xaso.platform.stillness import Stillness

log = structlog.get_logger(__name__)

DONE = Counter("xaso_worker_done", "Things that the job worker completed, by step.", ["step"])
FAILED = Counter("xaso_worker_failures", "Failures of the job worker's steps.", ["step"])
LAST_ROUND = Gauge("xaso_worker_last_round_timestamp_seconds", "When the job worker last ended a round.", multiprocess_mode="mostrecent")


@dataclass(frozen=True)
class WorkerStep:
    """A piece of work done again and again; `run` returns how many things it completed."""

    name: str
    run: Callable[[datetime], int]
    order: int = 50


class NowAndThen:
    """For a step that need not look in each round: tells whether it is time again. A clock set back does not stop it."""

    def __init__(self, every: timedelta) -> None:
        self._every = every
        self._last: datetime | None = None

    def is_time(self, now: datetime) -> bool:
        """Tell whether so much time went by since this was last answered with yes."""
        if self._last is not None and timedelta() <= now - self._last < self._every:
            return False
        self._last = now
        return True

    def forget(self) -> None:
        """Say yes the next time."""
        self._last = None


steps: Registry[WorkerStep] = Registry("worker steps")
steps.add(WorkerStep("outbox", outbox.relay, order=10))
steps.add(WorkerStep("sheets", sheet_jobs.make_next, order=80))
steps.add(WorkerStep("housekeeping", housekeeping.enqueue_daily, order=95))


def work(stop: threading.Event, *, pause_seconds: float = 0.5) -> None:
    """Do rounds until `stop` is set; a round that found nothing to do is followed by a pause, and by another when there is nothing new."""
    stillness = Stillness()
    while not stop.is_set():
        close_old_connections()
        if stillness.lasts():
            stop.wait(pause_seconds)
            continue
        stillness.begin()
        if not one_round(clock.now()):
            stillness.found_nothing()
            stop.wait(pause_seconds)


def work_off(stop: threading.Event) -> None:
    """Do rounds until one finds nothing to do, or until `stop` is set. What is to be tried again later is left for later."""
    while not stop.is_set() and one_round(clock.now()):
        pass


def one_round(now: datetime) -> int:
    """Run every step and every ready task once. A step that fails is logged and does not keep the others from running."""
    done = sum(_run_safely(step, now) for step in (*steps, TASKS))
    LAST_ROUND.set_to_current_time()
    return done


def _run_safely(step: WorkerStep, now: datetime) -> int:
    try:
        done = step.run(now)
    except Exception:
        log.exception("worker_step_failed", step=step.name)
        FAILED.labels(step.name).inc()
        return 0
    DONE.labels(step.name).inc(done)
    return done


def _run_tasks(_now: datetime) -> int:
    """Run the tasks that are ready; returns their number."""
    ready = DBTaskResult.objects.ready().count()
    if ready:
        Worker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=ready,
            worker_id="xaso-work",
            excluded_queue_names=[],
        ).run()
    return ready


TASKS = WorkerStep("tasks", _run_tasks)


def stop_on_signals() -> threading.Event:
    """Return an event that SIGINT and SIGTERM set, so that the round in progress ends before the process does."""
    stop = threading.Event()

    def ask_to_stop(_signum: int, _frame: FrameType | None) -> None:
        stop.set()

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, ask_to_stop)
    return stop
