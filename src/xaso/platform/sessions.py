"""Sessions in the database, found by a question that is kept: every page of whoever has signed in begins with it."""

from datetime import datetime

from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db.models import QuerySet
from django.utils import timezone

from xaso.platform.kept_questions import KeptQuestion


class SessionStore(db.SessionStore):
    """Django's own, but for how a session is found."""

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        found = _STANDING.ask(key=self.session_key, now=timezone.now())
        if not found:
            self._session_key = None
        return next(iter(found), None)


def _standing(key: str, now: datetime) -> QuerySet[AbstractBaseSession]:
    return SessionStore.get_model_class().objects.filter(session_key=key, expire_date__gt=now)


_STANDING = KeptQuestion(_standing, key=str, now=datetime)
