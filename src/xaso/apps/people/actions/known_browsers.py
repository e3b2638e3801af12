"""Browsers from which officials have signed in with all that their roles need: known from then on, forgotten when trust may be lost."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID

from django.db import transaction

from xaso.apps.people.models import KnownBrowser

KNOWN_DAYS = 180
MOST_OF_ONE_ACCOUNT = 20
TOKEN_BYTES = 32


@transaction.atomic
def know_browser(account_id: UUID, sign_in_id: UUID | None, carried: Iterable[str], *, now: datetime) -> tuple[str, list[str]]:
    """Know the browser in which the official has signed in; returns its new token, and which of the carried ones are hers no more.

    Each whole sign-in renews the token, so that a copy of an older one is worth nothing. What is older than KNOWN_DAYS is forgotten,
    and the oldest beyond MOST_OF_ONE_ACCOUNT.
    """
    own = KnownBrowser.objects.filter(account_id=account_id)
    digests = {digest_of(token): token for token in carried}
    spent = [digests[digest] for digest in own.filter(digest__in=digests).values_list("digest", flat=True)]
    own.filter(digest__in=digests).delete()
    own.filter(known_at__lt=now - timedelta(days=KNOWN_DAYS)).delete()
    kept = list(own.order_by("-known_at", "-id").values_list("pk", flat=True)[: MOST_OF_ONE_ACCOUNT - 1])
    own.exclude(pk__in=kept).delete()
    token = token_urlsafe(TOKEN_BYTES)
    KnownBrowser.objects.create(account_id=account_id, sign_in_id=sign_in_id, digest=digest_of(token), known_at=now)
    return token, spent


def forget_browsers(account_ids: Iterable[UUID], *, but: UUID | None = None) -> None:
    """Forget all browsers of these accounts, save that of the sign-in `but`; in the caller's transaction."""
    known = KnownBrowser.objects.filter(account__in=list(account_ids))
    (known.exclude(sign_in_id=but) if but else known).delete()


def digest_of(token: str) -> str:
    """Return what is kept of a token that a browser carries: it is random and long, so a plain digest is enough."""
    return sha256(token.encode()).hexdigest()
