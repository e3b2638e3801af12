"""Reads what citizens can listen to and notes its sentences, so that they can be spoken ahead of time and recorded by people."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import product
from uuid import UUID

import structlog
from django.db import transaction
from django.utils import translation

from xaso.apps.people import facade as people
from xaso.apps.speech import cabinet, inner, options
from xaso.apps.speech.models import ListenedPage, Place, Sentence
from xaso.apps.speech.words import OWN_LANGUAGE
from xaso.kernel.speaking import Piece, pieces_of
from xaso.platform.language import languages_offered
from xaso.platform.listening import Listenable, sources

log = structlog.get_logger(__name__)

PAGES_A_ROUND = 5
READ_AGAIN = timedelta(hours=1)
FORGOTTEN_AFTER = timedelta(days=30)


@dataclass
class Reader:
    """Reads some pages a round of the worker: all when the program starts, as a new version may have new texts, and then every hour."""

    waiting: deque[tuple[UUID, Listenable, str]] = field(default_factory=deque)
    begun_at: datetime | None = None

    def read_next(self, now: datetime) -> int:
        """Read pages that wait; returns how many. Reads none where the operator wants nothing spoken ahead of time."""
        if not options.AHEAD_SECONDS.value():
            return 0
        if not self.waiting:
            if self.begun_at is not None and now - self.begun_at < READ_AGAIN:
                return 0
            self.begun_at = now
            self.waiting.extend(sorted(everything(), key=lambda one: one[2] != OWN_LANGUAGE))
            forget_unused(now)
        due = [self.waiting.popleft() for _place in range(min(PAGES_A_ROUND, len(self.waiting)))]
        for commune_id, listenable, language in due:
            try:
                read(commune_id, listenable, language, now=now)
            except Exception:
                log.exception("page_not_read", address=listenable.address)
        return len(due)


def everything() -> Iterator[tuple[UUID, Listenable, str]]:
    """Yield all that can be listened to in each language of the interface, commune by commune."""
    for commune in people.communes():
        for source in sources:
            with translation.override(OWN_LANGUAGE):
                found = list(source.found(commune.id))
            for listenable, (language, _name) in product(found, languages_offered()):
                if language == OWN_LANGUAGE or not listenable.is_vietnamese:
                    yield commune.id, listenable, language


def read(commune_id: UUID, listenable: Listenable, language: str = OWN_LANGUAGE, *, now: datetime) -> int:
    """Note the sentences of a page or of texts, in place of those that stood there before; returns how many."""
    with translation.override(language):
        title, pieces = _pieces(commune_id, listenable, language)
    return note(commune_id, listenable.address, title, pieces, language, now=now)


@transaction.atomic
def note(commune_id: UUID, address: str, title: str, pieces: list[Piece], language: str = OWN_LANGUAGE, *, now: datetime) -> int:
    """Write the sentences with their places."""
    if not pieces:
        ListenedPage.objects.filter(commune_id=commune_id, address=address, language=language).delete()
        return 0
    keyed = {cabinet.key_of(piece): piece for piece in pieces}
    page, _made = ListenedPage.objects.update_or_create(
        commune_id=commune_id, address=address, language=language, defaults={"title": title[:300] or address, "read_at": now}
    )
    before = list(page.places.order_by("number").values_list("sentence_id", flat=True))
    if before == list(keyed):
        return len(keyed)
    Sentence.objects.bulk_create(
        [Sentence(key=key, language=piece.language, text=piece.text, first_found_at=now) for key, piece in keyed.items()],
        ignore_conflicts=True,
    )
    page.places.all().delete()
    Place.objects.bulk_create([Place(page=page, sentence_id=key, number=number) for number, key in enumerate(keyed)])
    Sentence.objects.filter(key__in=keyed).exclude(left_page=None).update(left_page=None)
    Sentence.objects.filter(key__in=set(before) - set(keyed), places=None).update(left_page=page)
    return len(keyed)


@transaction.atomic
def forget_unused(now: datetime) -> int:
    """Delete pages that were not read for a month, and sentences that stand nowhere any more and that nobody recorded."""
    before = now - FORGOTTEN_AFTER
    ListenedPage.objects.filter(read_at__lt=before).delete()
    gone = list(Sentence.objects.filter(places=None, recordings=None, first_found_at__lt=before))
    for sentence in gone:
        cabinet.drop(sentence.key)
    Sentence.objects.filter(key__in=[sentence.key for sentence in gone]).delete()
    return len(gone)


def _pieces(commune_id: UUID, listenable: Listenable, language: str) -> tuple[str, list[Piece]]:
    if listenable.texts is not None:
        texts = [str(text) for text in listenable.texts()]
        return str(listenable.title), [piece for text in texts for piece in pieces_of(text, language)]
    page = inner.page_for_strangers(people.commune_of(commune_id).hostname or "", listenable.address, language).read(language)
    return str(listenable.title) or page.title, list(page.pieces)
