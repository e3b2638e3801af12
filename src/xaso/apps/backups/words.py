"""What backups and drills are called on pages."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xaso.apps.backups.models import BackupRun
from xaso.kernel.errors import Refusal
from xaso.platform.errors import words_for

KINDS: dict[str, Any] = {"backup": _("Sao lưu"), "drill": _("Phục hồi thử")}
OUTCOMES: dict[str, tuple[Any, str]] = {
    "running": (_("đang làm"), "cham"),
    "done": (_("xong"), "la"),
    "failed": (_("không thành"), "son"),
}


def saved(run: BackupRun) -> str:
    """Return how much is in a backup; empty for none."""
    if not run.size_bytes:
        return ""
    counted = gettext("%(rows)s dòng, %(files)s tệp") % {"rows": run.row_count, "files": run.file_count}
    return f"{run.size_bytes / 1_048_576:.1f}".replace(".", ",") + f" MB · {counted}"


def problem_of(run: BackupRun) -> str:
    """Return what went wrong; empty when nothing."""
    return words_for(Refusal(run.problem, **run.problem_values)) if run.problem else ""
