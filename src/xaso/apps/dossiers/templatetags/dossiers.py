"""Words of this room's values in templates."""

from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from xaso.apps.dossiers import words
from xaso.apps.dossiers.procedure_names import plain_name
from xaso.platform.templatetags.xaso import tone_tag

register = template.Library()
register.filter(plain_name)

PAPER_SOURCES = {
    "phone": _("gửi từ điện thoại"),
    "desk": _("tải lên tại quầy"),
    "scanner": _("từ máy quét"),
    "program": _("phần mềm khác gửi"),
    "demo": _("ảnh mẫu"),
    "before": _("dùng lại giấy đã có"),
}


@register.simple_tag
def paper_source(source: str) -> Any:
    """Say which way a file came."""
    return PAPER_SOURCES.get(source, source)


@register.simple_tag
def paper_kind(kind: str) -> Any:
    """Say what kind of copy a paper is."""
    return words.PAPER_KINDS.get(kind, kind)


@register.filter
def channel_words(channel: str) -> Any:
    """Say on which way a dossier came."""
    return words.CHANNELS[channel]


@register.simple_tag
def state_tag(state: str) -> SafeString:
    """Draw in which state the work is, for officials."""
    text, tone = words.STATES[state]
    return tone_tag(tone, text)


@register.simple_tag
def delivery_tag(state: str) -> SafeString:
    """Draw how far the result is on its way to the applicant."""
    text, tone = words.DELIVERY[state]
    return tone_tag(tone, text)


@register.simple_tag
def slip_name(form: str) -> Any:
    """Return the legal name of a form."""
    return words.FORMS.get(form, form)


@register.simple_tag
def print_words(form: str) -> Any:
    """Return what the button says that prints a form just issued."""
    return words.PRINT_FORM.get(form, form)
