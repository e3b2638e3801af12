"""`{% translate "…" %}` for plain texts, translated once a language: Django's own looks the text up several times at each drawing."""

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.templatetags.i18n import do_translate
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
    literal = bits[1] if len(bits) == 2 else ""
    quote = literal[:1]
    if len(literal) > 2 and quote in {'"', "'"} and literal.endswith(quote) and literal.count(quote) == 2 and "\\" not in literal:
        return FixedText(literal[1:-1])
    return do_translate(parser, token)
