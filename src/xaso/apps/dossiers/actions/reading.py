"""Digitising a paper: the machine reads it page by page, a person confirms, the copy is signed."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO
from itertools import groupby
from pathlib import Path
from uuid import UUID

import structlog
from django.db import DatabaseError, transaction
from django.db.models import Q

from xaso.apps.audit import facade as audit
from xaso.apps.dossiers import access
from xaso.apps.dossiers.models import Attachment, Finding, Reading
from xaso.apps.people.facade import Role
from xaso.apps.procedures import facade as procedures
from xaso.apps.signing import facade as signing
from xaso.kernel.errors import Refusal
from xaso.kernel.text import fold, tidy_name
from xaso.kernel.worktime import VN
from xaso.platform import files, ocr
from xaso.platform.actor import Actor, require_full

log = structlog.get_logger(__name__)

LEASE = timedelta(minutes=10)
LONG_FOR_A_PAGE = timedelta(minutes=1)
_not_given_back: dict[UUID, datetime] = {}
"""This worker's leases of pages that a full database did not take: given back before the next page is begun."""
MOST_CHARACTERS = 200
LIST_NUMBER = re.compile(r"\d{1,2}[.,)]")
MAY_DIGITISE = frozenset({Role.DESK.value, Role.CASE_OFFICER.value})


@dataclass(frozen=True)
class Confirmed:
    """What a person said of a reading: the value of each finding that was compared with its picture, and names typed from the paper.

    `reusable` tells that later filings of the same person may use the paper, until the end of `valid_until` where one stands on it;
    `result_code` is the national code of the result that the paper is.
    """

    values: Mapping[UUID, str]
    names: tuple[str, ...] = ()
    reusable: bool = False
    valid_until: date | None = None
    result_code: str = ""


def ask_to_read(actor: Actor, attachment_id: UUID, *, now: datetime) -> Reading:
    """Let the worker read the paper; asking twice is asking once, a reading that failed is tried again.

    Raises Refusal `dossiers.not_found` and `dossiers.no_reader`.
    """
    if ocr.missing_packages():
        raise Refusal("dossiers.no_reader", packages=" ".join(ocr.missing_packages()))
    with transaction.atomic():
        attachment = _locked_attachment(actor, attachment_id)
        reading, is_new = Reading.objects.get_or_create(attachment=attachment, defaults={"asked_at": now, "asked_by": actor.name})
        if reading.state == "failed":
            Reading.objects.filter(pk=reading.pk).update(state="waiting", asked_at=now)
        if is_new:
            _trace(actor, attachment, "dossiers.ask_to_read", now)
        return reading


def write_by_hand(actor: Actor, attachment_id: UUID, *, now: datetime) -> Reading:
    """Let a person write what stands on the paper, where no machine can read it or none is there. What was read stays.

    Raises Refusal `dossiers.not_found`, and `dossiers.not_read_yet` while a machine is reading.
    """
    with transaction.atomic():
        attachment = _locked_attachment(actor, attachment_id)
        reading, is_new = Reading.objects.get_or_create(
            attachment=attachment, defaults={"asked_at": now, "asked_by": actor.name, "state": "read"}
        )
        if reading.state == "failed":
            reading.state = "read"
            reading.save(update_fields=["state"])
        elif not is_new and reading.state in {"waiting", "reading"}:
            raise Refusal("dossiers.not_read_yet")
        if is_new:
            _trace(actor, attachment, "dossiers.write_by_hand", now)
        return reading


def read_next_page(now: datetime) -> int:
    """Read one page of the paper that was asked for first; returns 1 when one was read. What was read before a kill is kept."""
    if not _gave_back():
        return 0
    free = Q(state__in=("waiting", "reading")) & (Q(leased_until=None) | Q(leased_until__lt=now))
    seen = Reading.objects.filter(free).exclude(attachment__file__virus_check=files.WAITING)
    reading = seen.select_related("attachment__file", "attachment__dossier").order_by("asked_at").first()
    if reading is None or not Reading.objects.filter(free, pk=reading.pk).update(leased_until=now + LEASE, state="reading"):
        return 0
    try:
        _read_page(reading)
    except (ocr.Unreadable, Refusal):
        log.warning("paper_unreadable", reading_id=str(reading.id))
        Reading.objects.filter(pk=reading.pk).update(state="failed", leased_until=None)
        return 0
    except DatabaseError:
        _not_given_back[reading.pk] = now + LEASE
        raise
    return 1


def is_held_up(reading: Reading, now: datetime) -> bool:
    """Tell whether the page in hand takes longer than any page does."""
    return reading.leased_until is not None and now - (reading.leased_until - LEASE) > LONG_FOR_A_PAGE


def _gave_back() -> bool:
    """Give back the leases of pages that were not written, so that they are read again at once; False while even that can't be."""
    try:
        for reading_id, leased_until in list(_not_given_back.items()):
            with transaction.atomic():
                Reading.objects.filter(pk=reading_id, leased_until=leased_until).update(leased_until=None)
            del _not_given_back[reading_id]
    except DatabaseError:
        return False
    return True


def _read_page(reading: Reading) -> None:
    """Read the next page. One that the machine can't read is passed over, so that the others are; of a paper of one page that is all.

    Raises ocr.Unreadable, and Refusal where the file itself can't be opened.
    """
    file = reading.attachment.file
    path = files.open_path(file)
    reading.pages_count = reading.pages_count or ocr.count_pages(files.read(file), file.media_type)
    number = len(reading.pages) + 1
    page = _page_or_none(path, file.media_type, number, is_only=reading.pages_count == 1)
    reading.pages = [*reading.pages, page.lines if page else None]
    reading.state = "read" if number >= reading.pages_count else "reading"
    reading.leased_until = None
    with transaction.atomic():
        Finding.objects.bulk_create(_findings(reading, page, number) if page else [])
        reading.save(update_fields=["pages_count", "pages", "state", "leased_until"])


def _page_or_none(path: Path, media_type: str, number: int, *, is_only: bool) -> ocr.ReadPage | None:
    try:
        return ocr.read_page(path, media_type, number)
    except ocr.Unreadable:
        if is_only:
            raise
        log.warning("page_unreadable", page=number)
        return None


def _findings(reading: Reading, page: ocr.ReadPage, number: int) -> list[Finding]:
    dossier = reading.attachment.dossier
    assert dossier is not None
    return [
        Finding(
            reading=reading,
            commune_id=dossier.commune_id,
            dossier=dossier,
            page=number,
            number=place,
            read=word.text.rstrip(",;")[:MOST_CHARACTERS],
            picture=ocr.cut_out(page.picture, word),
        )
        for place, word in enumerate(numbers_to_compare(page.words), 1)
    ]


def numbers_to_compare(words: Iterable[ocr.Word]) -> list[ocr.Word]:
    """Return the words with digits, but for the “1.” or “2)” with which a line of a list begins: a person has nothing to compare there."""
    lines = groupby(words, key=lambda word: word.line)
    return [
        word
        for _line, on_line in lines
        for place, word in enumerate(on_line)
        if any(character.isdigit() for character in word.text) and (place or not LIST_NUMBER.fullmatch(word.text))
    ]


def result_codes(on: date) -> dict[str, str]:
    """Return the national codes of results that the catalogue knows, each with the paper's name; of the others nobody told us a code."""
    known = (version.result for version in procedures.versions_in_force(on))
    return {result.code: result.name["vi"] for result in known if result and result.code}


@transaction.atomic
def confirm(actor: Actor, attachment_id: UUID, said: Confirmed, *, now: datetime) -> Reading:
    """Keep what a person compared with the paper; what she did not confirm is left out. A later confirmation takes the place of this.

    Raises Refusal `dossiers.not_found`, `dossiers.result_code_unknown`, and `dossiers.not_read_yet` while pages are missing.
    """
    attachment = _locked_attachment(actor, attachment_id)
    reading = Reading.objects.filter(attachment=attachment, state__in=("read", "confirmed")).first()
    if reading is None:
        raise Refusal("dossiers.not_read_yet")
    if said.result_code and said.result_code not in result_codes(now.astimezone(VN).date()):
        raise Refusal("dossiers.result_code_unknown")
    Finding.objects.filter(reading=reading, page=0).delete()
    for finding in Finding.objects.filter(reading=reading).defer("picture"):
        value = tidy_name(said.values.get(finding.id, ""))[:MOST_CHARACTERS]
        if value != finding.value:
            Finding.objects.filter(pk=finding.pk).update(value=value, folded=fold(value))
    assert attachment.dossier_id is not None
    names = [tidy_name(name)[:MOST_CHARACTERS] for name in said.names]
    Finding.objects.bulk_create(
        Finding(
            reading=reading,
            commune_id=attachment.file.commune_id,
            dossier_id=attachment.dossier_id,
            page=0,
            number=place,
            read="",
            value=name,
            folded=fold(name),
        )
        for place, name in enumerate(filter(None, names), 1)
    )
    reading.state, reading.confirmed_at, reading.confirmed_by = "confirmed", now, actor.name
    reading.reusable, reading.valid_until, reading.result_code = said.reusable, said.valid_until, said.result_code
    reading.save(update_fields=["state", "confirmed_at", "confirmed_by", "reusable", "valid_until", "result_code"])
    _trace(actor, attachment, "dossiers.confirm_reading", now)
    return reading


def sign_copy(actor: Actor, attachment_id: UUID, *, now: datetime) -> Reading:
    """Sign the digital copy with the official's certificate and keep it beside the paper; a copy that is signed stays as it is.

    Raises Refusal `dossiers.not_found`, `dossiers.not_confirmed`, those of signing, `platform.confirm_first` and `files.not_kept`.
    """
    require_full(actor)
    with transaction.atomic():
        attachment = _locked_attachment(actor, attachment_id)
        reading = Reading.objects.filter(attachment=attachment, state="confirmed").first()
    if reading is None or actor.account_id is None:
        raise Refusal("dossiers.not_confirmed")
    if reading.signed_copy_id is not None:
        return reading
    commune_id = attachment.file.commune_id
    content = _as_pdf(files.read(attachment.file), attachment.file.media_type)
    signed = signing.sign(
        content, account_id=actor.account_id, name=actor.name, reason="Số hóa giấy tờ", commune_id=commune_id, place=None, now=now
    )
    with transaction.atomic():
        attachment = _locked_attachment(actor, attachment_id)
        name = f"{attachment.name.rpartition('.')[0] or attachment.name}-da-ky.pdf"
        stored = files.keep(signed.content, name=name, media_type="application/pdf", commune_id=commune_id, now=now)
        if Reading.objects.filter(pk=reading.pk, signed_copy=None).update(signed_copy=stored):
            assert attachment.dossier_id is not None
            signing.keep_provable(stored, signed, subject=access.subject_of(attachment.dossier_id), now=now)
            _trace(actor, attachment, "dossiers.sign_copy", now)
    reading.refresh_from_db()
    return reading


def _as_pdf(content: bytes, media_type: str) -> bytes:
    if media_type == "application/pdf":
        return content
    from PIL import Image

    target = BytesIO()
    with Image.open(BytesIO(content)) as picture:
        picture.convert("RGB").save(target, "PDF", resolution=ocr.DPI)
    return target.getvalue()


def _locked_attachment(actor: Actor, attachment_id: UUID) -> Attachment:
    """Return the paper of a dossier that the actor may see, its dossier locked."""
    found = Attachment.objects.filter(pk=attachment_id, dossier__isnull=False, removed_at=None).select_related("file").first()
    if found is None or found.dossier_id is None or not actor.holds(*MAY_DIGITISE):
        raise Refusal("dossiers.not_found")
    access.locked(actor, found.dossier_id)
    return found


def _trace(actor: Actor, attachment: Attachment, verb: str, now: datetime) -> None:
    assert attachment.dossier_id is not None
    audit.record(actor, verb, access.subject_of(attachment.dossier_id), {"attachment": str(attachment.id)}, now=now)
