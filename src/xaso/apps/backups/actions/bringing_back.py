"""A whole restore as the operator and the drill run it: put back, proven, and written into the restored record."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.db import transaction

from xaso.apps.audit import facade as audit
from xaso.apps.backups import age, place
from xaso.apps.backups.actions.restoring import restore_backup
from xaso.apps.backups.databases import database_here
from xaso.apps.backups.models import BackupRun
from xaso.apps.backups.proving import Proof, prove
from xaso.platform.actor import Actor


def bring_back(path: Path, identities: Sequence[age.Identity], *, now: datetime) -> Proof:
    """Restore the backup into this empty installation and prove it. Raises Refusal; then nothing is there that was not there before.

    The backup itself was still under way when its snapshot was taken; here it is known to have come to its end.
    """
    with place.at_work():
        proof = prove(*restore_backup(path, identities, database_here()))
    with transaction.atomic():
        BackupRun.objects.filter(outcome="running").update(outcome="done", ended_at=proof.manifest.made_at, file_name=path.name)
        detail = {"file": path.name, "made_at": proof.manifest.made_at, "whole": proof.is_whole}
        audit.record(Actor.system(None, "xaso restore", channel="console"), "backups.restored", f"backup:{path.name}", detail, now=now)
    return proof
