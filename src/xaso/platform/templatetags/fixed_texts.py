"""`{% translate "…" %}` for plain texts, translated once a language, and `{% static "…" %}` for plain names, looked up once.

Django's own look them up at each drawing, texts several times.
"""

from functools import cache

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.templatetags.i18n import do_translate
from django.templatetags.static import StaticNode, do_static
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

register = template.Library()


class FixedText(template.Node):
    """A text of a template in the visitor's language. It is the template's own, so it is not escaped."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.translated: dict[str | None, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        language = get_language()
        known = self.translated.get(language)
        if known is None:
            # As in Django's own tag: percent signs of a template stand doubled in the catalogue.
            known = mark_safe(gettext(self.text.replace("%", "%%")).replace("%%", "%"))  # noqa: S308 - a text of ours
            self.translated[language] = known
        return known


@register.tag
def translate(parser: Parser, token: Token) -> template.Node:
    """Return the node of a plain text; whatever else the tag can do is left to Django's."""
    bits = token.split_contents()
    text = _plain(bits[1]) if len(bits) == 2 else ""
    return FixedText(text) if text else do_translate(parser, token)


@cache
def address_of(name: str) -> str:
    """Return the address of a static file of ours, which stays the same as long as the process runs."""
    return StaticNode.handle_simple(name)


class FixedAddress(template.Node):
    """The address of a static file that the template names."""

    def __init__(self, name: str) -> None:
        self.name = name

    def render(self, context: Context) -> SafeString:
        return SafeString(conditional_escape(address_of(self.name)))


@register.tag
def static(parser: Parser, token: Token) -> template.Node:
    """Return the node of a plain name; whatever else the tag can do is left to Django's."""
    bits = token.split_contents()
    name = _plain(bits[1]) if len(bits) == 2 else ""
    return FixedAddress(name) if name else do_static(parser, token)


def _plain(literal: str) -> str:
    """Return what stands between the quotes; the empty text for anything but a plain text in quotes."""
    quote = literal[:1]
    is_plain = len(literal) > 2 and quote in {'"', "'"} and literal.endswith(quote) and literal.count(quote) == 2 and "\\" not in literal
    return literal[1:-1] if is_plain else ""
