"""What is cleaned once a day: facts long delivered, old windows of the rate limit, results of old tasks, sessions that ended, files that
nothing names or nobody sent to the end."""

from datetime import datetime, timedelta

import structlog
from django.contrib.sessions.models import Session
from django.db import transaction
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from xaso.platform import clock, files, ratelimit
from xaso.platform.models import OutboxMessage
from xaso.platform.sheets.jobs import forget_ended
from xaso.platform.uploads.actions import forget_expired

log = structlog.get_logger(__name__)

EVERY = timedelta(days=1)
FACTS_KEPT = timedelta(days=90)
RESULTS_KEPT = timedelta(days=14)


@task()
def clean_up() -> dict[str, int]:
    """Clean, and return how much of each kind went. Safe to run at any time and twice."""
    now = clock.now()
    gone = {
        "facts": forget_facts(now),
        "rate_windows": ratelimit.forget_old(now),
        "task_results": DBTaskResult.objects.finished().filter(finished_at__lt=now - RESULTS_KEPT).delete()[0],
        "files": files.forget_unused(now),
        "sheets": forget_ended(now),
        "uploads": forget_expired(now),
        "sessions": Session.objects.filter(expire_date__lt=now).delete()[0],
    }
    log.info("cleaned_up", **gone)
    return gone


def enqueue_daily(now: datetime) -> int:
    """Enqueue the cleaning unless one was within a day; returns how many were enqueued."""
    recent = DBTaskResult.objects.filter(task_path=clean_up.module_path, enqueued_at__gt=now - EVERY)
    if recent.exists():
        return 0
    clean_up.enqueue()
    return 1


@transaction.atomic
def forget_facts(now: datetime) -> int:
    """Delete facts that were delivered long ago, with the marks of their listeners."""
    deleted, by_model = OutboxMessage.objects.filter(done_at__lt=now - FACTS_KEPT).delete()
    return by_model.get("platform.OutboxMessage", 0) if deleted else 0
