"""Under which title somebody signs a paper of the commune. Source of the forms: Decree 30/2020/NĐ-CP, annex I (TM., KT., TUQ., Q.)."""

import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from xaso.apps.people.facade import Role
from xaso.kernel.text import fold
from xaso.platform.actor import Actor

CHAIR, VICE_CHAIR = gettext_noop("Chủ tịch"), gettext_noop("Phó Chủ tịch")
_COMMITTEE = r"(?:ubnd|uy ban nhan dan|xa|phuong|dac khu)\b.*"
_HEADS = re.compile(rf"(?P<acting>q\.?|quyen)?\s*(?P<vice>pho )?chu tich(?: (?:thuong truc|phu trach))*(?: {_COMMITTEE})?")
_AGENCY = re.compile(r"[\s,]+(?:UBND|(?:Ủy|Uỷ) ban nhân dân)(?:\s.*)?$", re.IGNORECASE)


@dataclass(frozen=True)
class Signer:
    """Who signs, by which title of her own; `in_place_of` is the post whose deputy she is, empty when she signs for herself."""

    name: str
    title: str
    in_place_of: str = ""


def signer_of(actor: Actor) -> Signer:
    """Return the actor as the one who signs a result."""
    return Signer(actor.name, actor.post_title, actor.in_place_of({Role.SIGNER.value}))


def signing_titles(signer: Signer, *, of_chair: bool = False) -> list[str]:
    """Return the lines above the signature.

    The chair signs for the committee (TM.), or by herself what the law gives to the chair; a vice-chair in place of the chair (KT.);
    everybody else by her authority (TUQ.), since she alone can give it: a vice-chair's deputy gets it from the chair too.
    """
    head = _head(signer.title)
    if not signer.title.strip():
        return []
    if head is None:
        return [_("TUQ. %(head)s") % {"head": _deputised_head(signer)}, short_title(signer.title)]
    lines = [] if of_chair else [_("TM. Ủy ban nhân dân")]
    if head == VICE_CHAIR:
        return [*lines, _("KT. Chủ tịch"), _("Phó Chủ tịch")]
    return [*lines, head]


def is_chairs(issuer: str) -> bool:
    """Tell whether a paper's issuer, as the paper or the catalogue names it, is the chair and not the committee."""
    return fold(issuer).startswith("chu tich")


def short_title(title: str) -> str:
    """Return a title without the agency at its end: “Phó Chủ tịch UBND xã Tân Tiến” gives “Phó Chủ tịch”."""
    return _head(title) or _without_agency(title)


@override("vi")
def title_in_words(signer: Signer) -> str:
    """Return the title as the register keeps it, in Vietnamese, with the post of whom she stands in for."""
    if not signer.in_place_of:
        return signer.title
    return _("%(who)s (làm thay %(post)s)") % {"who": signer.title, "post": signer.in_place_of}


def post_in_full(signer: Signer, agency: str) -> str:
    """Return the title as it stands in a sentence: “Phó Chủ tịch UBND xã Tân Tiến”, the agency named once, and by whose authority."""
    title = short_title(signer.title)
    if not title:
        return ""
    own = title if "ubnd" in fold(title).split() else f"{title} {agency}"
    if _head(signer.title) is not None:
        return own
    return _("%(own)s, thừa ủy quyền %(head)s %(agency)s") % {"own": own, "head": _deputised_head(signer), "agency": agency}


def _deputised_head(signer: Signer) -> str:
    """Return who gave the authority: the chair, unless the post stood in for belongs to another head."""
    if not signer.in_place_of or _head(signer.in_place_of) is not None:
        return _("Chủ tịch")
    return _without_agency(signer.in_place_of)


def _head(title: str) -> str | None:
    """Return the plain title of a chair or vice-chair of the committee, however it was typed; None for every other post."""
    found = _HEADS.fullmatch(fold(title))
    if found is None:
        return None
    if found["vice"]:
        return VICE_CHAIR
    return _("Q. Chủ tịch") if found["acting"] else CHAIR


def _without_agency(title: str) -> str:
    words = unicodedata.normalize("NFC", " ".join(title.split()))
    shortened = _AGENCY.sub("", words)
    return words if fold(shortened).endswith((" va", " hdnd")) else shortened
