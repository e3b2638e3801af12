"""The only readers of sentences and recordings."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from xaso.apps.speech import access, cabinet, sealing
from xaso.apps.speech.models import ListenedPage, Recording, Sentence
from xaso.apps.speech.voices import voice_for
from xaso.apps.speech.words import INTERFACES, LANGUAGES, OWN_LANGUAGE, written_in
from xaso.kernel.errors import Refusal
from xaso.kernel.speaking import Piece
from xaso.platform.actor import Actor
from xaso.platform.listening import ADDRESS

ALIKE = 0.5
"""How much two texts must share, from 0 to 1, for one to be what became of the other."""


@dataclass(frozen=True)
class Heard:
    """A sentence and its sound. `address` has no ending and is "" where nobody speaks it; `is_missing`: not in the wanted language."""

    piece: Piece
    address: str
    is_missing: bool
    sentence: Sentence | None = None
    recording: Recording | None = None


@dataclass(frozen=True)
class Coverage:
    """How much of a commune's sentences people have spoken in a language. `changed`: their words stand nowhere any more."""

    language: str
    heard: int
    waiting: int
    total: int
    changed: int

    @property
    def percent(self) -> int:
        """Return the share that citizens can hear."""
        return 100 * self.heard // self.total if self.total else 0

    @property
    def missing(self) -> int:
        """Return how many nobody has spoken yet."""
        return max(0, self.total - self.heard)


def heard(commune_id: UUID, pieces: Iterable[Piece], wanted: str) -> list[Heard]:
    """Return the sound of each sentence: a person's in the wanted language, else in its own, else the machine's. Two queries."""
    keyed = [(cabinet.key_of(piece), piece) for piece in pieces]
    sentences = Sentence.objects.in_bulk({key for key, _piece in keyed})
    spoken = (
        Recording.objects.filter(commune_id=commune_id, sentence_id__in=sentences, language__in={wanted, *INTERFACES}, removed_at=None)
        .exclude(approved_at=None)
        .select_related("file")
    )
    by_place = {(one.sentence_id, one.language): one for one in spoken}
    return [
        _heard(piece, sentences.get(key), by_place.get((key, wanted)), by_place.get((key, piece.language)), wanted) for key, piece in keyed
    ]


def _heard(piece: Piece, sentence: Sentence | None, best: Recording | None, own: Recording | None, wanted: str) -> Heard:
    recording = best or own
    is_missing = best is None and wanted not in {OWN_LANGUAGE, piece.language}
    if recording is not None:
        return Heard(piece, f"{ADDRESS}nguoi/{recording.id}", is_missing, sentence, recording)
    voice = voice_for(piece.language)
    if voice is None:
        return Heard(piece, "", is_missing, sentence)
    if sentence is None:
        return Heard(piece, f"{ADDRESS}rieng/{sealing.seal([piece])}", is_missing)
    return Heard(piece, f"{ADDRESS}may/{sentence.key}-{cabinet.edition_of(piece, voice)}", is_missing, sentence)


def weight_of(lines: Iterable[Heard]) -> int | None:
    """Return how many bytes the sounds of sentences weigh; None while one of them is not made, or is there for one person alone."""
    total = 0
    for line in lines:
        if line.recording is not None:
            total += line.recording.file.size_bytes
        elif line.address:
            voice = voice_for(line.piece.language)
            made = cabinet.made(line.sentence, voice) if line.sentence is not None and voice is not None else None
            if made is None:
                return None
            total += made.stat().st_size
    return total


def find_sentence(key: str) -> Sentence | None:
    """Return a sentence that is known."""
    return Sentence.objects.filter(pk=key).first()


def get_sentence(key: str) -> Sentence:
    """Return a sentence. Raises Refusal `speech.not_found`."""
    found = find_sentence(key)
    if found is None:
        raise Refusal("speech.not_found")
    return found


def find_recording(actor: Actor, recording_id: UUID) -> Recording | None:
    """Return a recording that the actor may hear."""
    return Recording.objects.filter(access.audible_to(actor), pk=recording_id).select_related("file").first()


def languages_heard(commune_id: UUID) -> list[str]:
    """Return Vietnamese, which stands for the page's own language, and each other in which its texts can be heard. One query."""
    spoken = Recording.objects.filter(commune_id=commune_id, removed_at=None).exclude(approved_at=None)
    found = set(spoken.order_by().values_list("language", flat=True).distinct())
    return [code for code in LANGUAGES if code == OWN_LANGUAGE or (code in found and code not in INTERFACES)]


def coverage(commune_id: UUID) -> list[Coverage]:
    """Return for each language how many of the commune's sentences people have spoken. Three queries."""
    totals = dict(_sentences_of(commune_id).values_list("language").annotate(Count("key", distinct=True)).order_by())
    living = Recording.objects.filter(commune_id=commune_id, removed_at=None, sentence__places__page__commune_id=commune_id).order_by()
    counted = living.values("language").annotate(
        heard=Count("sentence", filter=~Q(approved_at=None), distinct=True),
        waiting=Count("sentence", filter=Q(approved_at=None), distinct=True),
    )
    found = {row["language"]: (row["heard"], row["waiting"]) for row in counted}
    gone = Recording.objects.filter(commune_id=commune_id, removed_at=None, sentence__places=None).order_by()
    changed = dict(gone.values_list("language").annotate(Count("sentence", distinct=True)))
    return [Coverage(code, *found.get(code, (0, 0)), totals.get(written_in(code), 0), changed.get(code, 0)) for code in LANGUAGES]


def made_share(commune_id: UUID) -> tuple[int, int]:
    """Return how many of the commune's sentences are spoken ahead in the voices of today, or by a person, and how many there are."""
    sentences = _sentences_of(commune_id)
    people = Recording.objects.filter(commune_id=commune_id, removed_at=None).exclude(approved_at=None).values("sentence_id")
    voices = filter(None, map(voice_for, sentences.order_by().values_list("language", flat=True).distinct()))
    made = Q(made_with__in={cabinet.stamp_of(voice) for voice in voices}) | Q(key__in=people)
    return sentences.filter(made).count(), sentences.count()


def list_pages(commune_id: UUID, language: str) -> QuerySet[ListenedPage]:
    """Return the commune's pages with `total` and, in the language, `heard`, `waiting` and `changed` sentences, by their titles."""
    written = Q(places__sentence__language=written_in(language))
    ours = written & Q(places__sentence__recordings__commune_id=commune_id, places__sentence__recordings__language=language)
    living = ours & Q(places__sentence__recordings__removed_at=None)
    approved = living & Q(places__sentence__recordings__approved_at__isnull=False)
    waiting = living & Q(places__sentence__recordings__approved_at=None)
    return (
        ListenedPage.objects.filter(commune_id=commune_id, language=written_in(language))
        .annotate(
            total=Count("places", filter=written, distinct=True),
            heard=Count("places", filter=approved, distinct=True),
            waiting=Count("places", filter=waiting, distinct=True),
            changed=Count("left", filter=Q(left__recordings__language=language, left__recordings__removed_at=None), distinct=True),
        )
        .order_by("title", "address")
    )


def get_page(commune_id: UUID, page_id: UUID) -> ListenedPage:
    """Return a page of the commune. Raises Refusal `speech.not_found`."""
    found = ListenedPage.objects.filter(commune_id=commune_id, pk=page_id).first()
    if found is None:
        raise Refusal("speech.not_found")
    return found


def lines_of(page: ListenedPage, language: str) -> list[tuple[Sentence, Recording | None, Recording | None]]:
    """Return each sentence of a page with what is heard of it in the language and what waits for approval. Two queries."""
    places = page.places.filter(sentence__language=written_in(language)).select_related("sentence").order_by("number")
    sentences = [place.sentence for place in places]
    living = Recording.objects.filter(
        commune_id=page.commune_id, language=language, removed_at=None, sentence_id__in=[one.key for one in sentences]
    )
    by_key = {(one.sentence_id, one.approved_at is not None): one for one in living}
    return [(one, by_key.get((one.key, True)), by_key.get((one.key, False))) for one in sentences]


@dataclass(frozen=True)
class Changed:
    """A recording whose words stand nowhere any more, and the sentence of its page that is most like them and that nobody has spoken."""

    recording: Recording
    now: Sentence | None


def changed_on(page: ListenedPage, language: str) -> list[Changed]:
    """Return the recordings in the language that no longer speak, because the words of the page are other ones. Three queries."""
    gone = Recording.objects.filter(commune_id=page.commune_id, language=language, removed_at=None, sentence__left_page=page)
    found = list(gone.filter(sentence__places=None).select_related("sentence").order_by("sentence__text", "recorded_at"))
    if not found:
        return []
    unspoken = {one.text: one for one, heard, waiting in lines_of(page, language) if heard is None and waiting is None}
    likest = [next(iter(get_close_matches(one.sentence.text, unspoken, n=1, cutoff=ALIKE)), "") for one in found]
    return [Changed(one, unspoken.get(text)) for one, text in zip(found, likest, strict=True)]


def _sentences_of(commune_id: UUID) -> QuerySet[Sentence]:
    return Sentence.objects.filter(places__page__commune_id=commune_id).distinct()
