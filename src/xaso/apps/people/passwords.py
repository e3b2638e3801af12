"""Passwords that others would try first: common ones however they are dressed up, and words of this place. Django's validators.

The list of common ones is Django's: 19,640 that were found in breaches. Nobody outside is asked.
"""

import re
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from xaso.apps.people import memory
from xaso.kernel.text import fold

WORDS = ("xaso", "xso", "motcua", "ubnd", "uyban", "hanhchinh", "dichvucong", "matkhau", "password", "vietnam", "quantri", "canbo", "admin")
"""Words that everybody in a commune's office thinks of; the names of the place and of the person come besides."""
FEWEST_LEFT = 6
DRESS = re.compile(r"^[\W\d_]+|[\W\d_]+$")
REPEATED = re.compile(r"(.+?)\1+")
SWAPPED = str.maketrans("013457@$!", "oleastasi")


class NotCommon(CommonPasswordValidator):
    """Refuses a common password, also with figures and signs at its ends, with figures for letters, or said several times."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError where the password or what it is made of is common."""
        if any(form in self.passwords for form in _forms(password.lower().strip())):
            raise ValidationError(_("Mật khẩu này nhiều người dùng, kẻ xấu thử trước tiên. Anh/chị ghép vài từ khác."), code="common")


class NotOfThisPlace:
    """Refuses a password of which little is left without the names of the commune, the province, the person and the trade."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError where such words leave fewer than FEWEST_LEFT letters and figures of one's own."""
        left = plain = _plain(password)
        for word in sorted(_words(user), key=len, reverse=True):
            left = left.replace(word, "")
        if left != plain and len(left) < FEWEST_LEFT:
            raise ValidationError(
                _("Mật khẩu này gần như chỉ gồm tên xã, tên người hoặc từ của cơ quan. Anh/chị thêm vài từ khác."), code="place"
            )

    def get_help_text(self) -> str:
        """Return what to keep in mind."""
        return _("Không chỉ dùng tên xã, tên mình hoặc từ của cơ quan.")


def _forms(password: str) -> set[str]:
    bare = DRESS.sub("", password)
    forms = {password, bare, password.translate(SWAPPED), bare.translate(SWAPPED)}
    return {*forms, *(found[1] for form in forms if (found := REPEATED.fullmatch(form)))} - {""}


def _words(user: Any) -> set[str]:
    commune = memory.the_commune()
    names = [getattr(user, "username", "") or "", getattr(user, "full_name", "") or ""]
    if commune is not None:
        names += [commune.short_name, commune.province]
    return {word for word in (*WORDS, *map(_plain, names), *(_plain(part) for name in names for part in name.split())) if len(word) > 2}


def _plain(text: str) -> str:
    """Return letters and figures without accents, as a hurried person types them."""
    return "".join(filter(str.isalnum, fold(text)))
