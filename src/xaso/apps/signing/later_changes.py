"""Says in plain things what a PDF got after a signature: pages, other contents, notes, filled fields, further signatures.

Whether a change is allowed is not judged here: pyHanko's comparison of revisions does that, and knows more than what is named here.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

MOST_PAGES, MOST_PARTS, DEEPEST, MOST_CHANGES = 2000, 20_000, 40, 40
PAGES_ADDED, PAGES_REMOVED, PAGE, NOTE, FIELD, SIGNED, STAMPED, OTHER = (
    "pages_added",
    "pages_removed",
    "page",
    "note",
    "field",
    "signed",
    "stamped",
    "other",
)
_NOT_THE_PAGE_ITSELF = {"/Parent", "/Annots", "/StructParents", "/P"}


@dataclass(frozen=True)
class Change:
    """One change: its kind, and what it was done to: a number of pages, a page's number, or a field's name."""

    kind: str
    about: str = ""


def changes_after(reader: PdfFileReader, signature: EmbeddedPdfSignature) -> tuple[Change, ...]:
    """Return what the last revision has that the signed one had not; at most 40 changes. Nothing when the signed one is the last."""
    signed, last = signature.signed_revision, reader.total_revisions - 1
    if signed >= last:
        return ()
    before, after = reader.get_historical_resolver(signed), reader.get_historical_resolver(last)
    found = [*_of_pages(before.root, after.root), *_of_fields(before.root, after.root), *_of_signatures(before, after)]
    if not found and "/DSS" not in after.root:
        found = [Change(OTHER)]
    return tuple(found[:MOST_CHANGES])


def _of_pages(before: Any, after: Any) -> Iterator[Change]:
    old, new = list(_pages(before["/Pages"], 0))[:MOST_PAGES], list(_pages(after["/Pages"], 0))[:MOST_PAGES]
    if len(new) != len(old):
        yield Change(PAGES_ADDED if len(new) > len(old) else PAGES_REMOVED, str(abs(len(new) - len(old))))
    for number, (one, other) in enumerate(zip(old, new, strict=False), 1):
        if _digest_of(one) != _digest_of(other):
            yield Change(PAGE, str(number))
        if _notes(other) - _notes(one):
            yield Change(NOTE, str(number))


def _pages(node: Any, depth: int) -> Iterator[Any]:
    if depth > DEEPEST:
        return
    if _at(node, "/Type") == "/Page" or "/Kids" not in node:
        yield node
        return
    for kid in node["/Kids"]:
        yield from _pages(kid.get_object(), depth + 1)


def _digest_of(page: Any) -> bytes:
    """Return a digest of what the page shows: contents and resources, without its notes and its place among the others."""
    hashed, seen = hashlib.sha256(), set()
    waiting = [(page, 0)]
    for _turn in range(MOST_PARTS):
        if not waiting:
            break
        part, depth = waiting.pop()
        if isinstance(part, generic.IndirectObject):
            name = (part.idnum, part.generation)
            if name in seen:
                continue
            seen.add(name)
            part = part.get_object()  # type: ignore[no-untyped-call]
        if isinstance(part, generic.StreamObject):
            hashed.update(part.encoded_data)
        if isinstance(part, generic.DictionaryObject):
            keys = sorted(key for key in part if key not in _NOT_THE_PAGE_ITSELF)
            hashed.update(repr(keys).encode())
            waiting += [(part.raw_get(key), depth + 1) for key in keys]
        elif isinstance(part, generic.ArrayObject):
            hashed.update(str(len(part)).encode())
            waiting += [(part.raw_get(index), depth + 1) for index in range(len(part))]
        else:
            hashed.update(repr(part).encode())
    return hashed.digest()


def _notes(page: Any) -> set[str]:
    """Return what stands on the page besides its contents, form fields left out."""
    notes = [one.get_object() for one in _at(page, "/Annots", ())]
    looks = [[repr(_at(one, key)) for key in ("/Subtype", "/Rect", "/Contents")] for one in notes if _at(one, "/Subtype") != "/Widget"]
    return {" ".join(look) for look in looks}


def _of_fields(before: Any, after: Any) -> Iterator[Change]:
    old, new = dict(_values(before)), dict(_values(after))
    for name, value in new.items():
        if old.get(name) != value:
            yield Change(FIELD, name)


def _values(root: Any) -> Iterator[tuple[str, str]]:
    """Yield names and values of the form's fields that are no signatures."""
    waiting = [(field.get_object(), "", 0) for field in _at(_at(root, "/AcroForm", {}), "/Fields", ())]
    for _turn in range(MOST_PARTS):
        if not waiting:
            return
        field, above, depth = waiting.pop()
        name = ".".join(filter(None, (above, str(_at(field, "/T", "")))))
        if _at(field, "/FT") not in {None, "/Sig"} and "/V" in field:
            yield name, str(field["/V"])
        if depth < DEEPEST:
            waiting += [(kid.get_object(), name, depth + 1) for kid in _at(field, "/Kids", ())]


def _of_signatures(before: Any, after: Any) -> Iterator[Change]:
    old = {name for name, value, _ in enumerate_sig_fields(before) if value is not None}
    for name, value, _ in enumerate_sig_fields(after):
        if value is not None and name not in old:
            is_stamp = _at(value.get_object(), "/Type") == "/DocTimeStamp"
            yield Change(STAMPED) if is_stamp else Change(SIGNED, name)


def _at(thing: Any, key: str, default: Any = None) -> Any:
    """Return what stands under the key, references followed."""
    try:
        return thing[key]
    except KeyError:
        return default
