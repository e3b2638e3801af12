"""What was being sent when the session had ended: kept over the sign-in, then put back on the same screen."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, QueryDict

from xaso.apps.dossiers.models import Draft

KEY = "unsent"
MOST_CHARACTERS = 60_000


@dataclass(frozen=True)
class Unsent:
    """The fields of a screen as typed. Files cannot be kept; `had_files` tells that there were some."""

    fields: QueryDict
    had_files: bool


def keep(request: HttpRequest, draft_id: UUID) -> None:
    """Keep the posted screen of a draft that exists in the visitor's session; whose draft it is shows after the sign-in."""
    fields = request.POST.copy()
    fields.pop("csrfmiddlewaretoken", None)
    typed = fields.urlencode()
    if len(typed) <= MOST_CHARACTERS and Draft.objects.filter(pk=draft_id, submitted_at=None).exists():
        request.session[KEY] = {"path": request.path, "typed": typed, "files": bool(request.FILES)}


def take(request: HttpRequest) -> Unsent | None:
    """Return what was kept for this screen, once; what was kept for another screen is forgotten."""
    if KEY not in request.session:
        return None
    kept = request.session.pop(KEY)
    return Unsent(QueryDict(kept["typed"]), kept["files"]) if kept["path"] == request.path else None
