"""The components that templates are built of: a builtin library, so no template needs to load it."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote

import segno
from django import template
from django.conf import settings
from django.core.paginator import Page
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from xaso.kernel.forms import in_language
from xaso.kernel.forms.fields import InVietnamese
from xaso.kernel.forms.summary import shown_phone
from xaso.kernel.identifiers import PersonalNumber
from xaso.kernel.money import format_vnd
from xaso.kernel.partial_dates import PartialDate
from xaso.kernel.worktime import VN
from xaso.platform import clock as wall_clock
from xaso.platform import first_page, kept_drawings
from xaso.platform.language import languages_offered
from xaso.platform.listening import can_listen
from xaso.platform.rail import rail_of
from xaso.platform.templatetags.fixed_texts import address_of

register = template.Library()

TONE_ICONS = {"la": "check", "nghe": "clock", "son": "warn"}
WEEKDAYS = (_("Thứ Hai"), _("Thứ Ba"), _("Thứ Tư"), _("Thứ Năm"), _("Thứ Sáu"), _("Thứ Bảy"), _("Chủ Nhật"))
PAGES_SHOWN_EACH_SIDE = 2


@lru_cache(maxsize=256)
def _icon(name: str) -> SafeString:
    return format_html('<svg class="svg" aria-hidden="true"><use href="{}#{}"/></svg>', address_of("xaso/sprite.svg"), name)


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon of the sprite. It says nothing to a screen reader: words stand beside it."""
    return _icon(name)


@register.simple_tag(takes_context=True)
def is_first_page(context: template.Context) -> bool:
    """Tell whether this phone has not fetched style and script yet, so that the page brings them along."""
    request = context.get("request")
    return request is not None and first_page.is_first(request, address_of(first_page.STYLE))


@register.simple_tag
def whole(name: str) -> SafeString:
    """Put a static file of ours, as it is, into the page."""
    return mark_safe(first_page.text_of(name))  # noqa: S308 - a file of ours


@register.simple_tag
def tone_tag(tone: str, text: Any, icon: str = "") -> SafeString:
    """Draw a state as a small tag: tone cham, nghe, la or son, its words, and an icon (each tone but cham has a usual one)."""
    if not text:
        return mark_safe("")
    shown = icon or TONE_ICONS.get(tone, "")
    return format_html('<span class="the {}">{}{}</span>', tone, _icon(shown) if shown else "", text)


@register.simple_tag
def local(texts: Mapping[str, str]) -> str:
    """Return a catalogue text in the visitor's language, else in Vietnamese and marked as such."""
    return in_language(texts, get_language() or "vi")


@register.filter
def in_vietnamese(text: str) -> str:
    """Mark what the commune wrote in Vietnamese where the page is in another language."""
    return text if get_language() == "vi" else InVietnamese(text)


@register.filter
def plain(text: Any) -> str:
    """Return the words alone, without the mark of their language: for attributes and options, where no mark can stand."""
    return str(text)


@register.inclusion_tag("xaso/untranslated.html")
def untranslated_note(texts: Mapping[str, str]) -> dict[str, Any]:
    """Say that what is named so has no translation into the visitor's language, where that is so."""
    return {"untranslated": (get_language() or "vi") not in texts}


@register.simple_tag
def qr(text: str) -> SafeString:
    """Draw a QR code as SVG that scales to its box and prints; who does not see it hears what it is."""
    drawn = segno.make(text, error="m", micro=False).svg_inline(border=2, omitsize=True, light="#fff", title=gettext("Mã QR"))
    return mark_safe(drawn)  # noqa: S308 - segno draws paths and escapes the title; the text itself does not stand in the drawing


@register.filter
def vnd(amount: int | None) -> str:
    """Show an amount of money: 15.000 đ."""
    return "" if amount is None else format_vnd(amount)


@register.filter
def day(value: date | datetime | str | None) -> str:
    """Show a day of Vietnam as 25/11/2026; of a partial ISO date ("1952-11") what is known of it."""
    if not value:
        return ""
    if isinstance(value, str):
        return str(PartialDate.from_iso(value))
    return (value.astimezone(VN) if isinstance(value, datetime) else value).strftime("%d/%m/%Y")


@register.filter
def clock(value: datetime | None) -> str:
    """Show an instant as the time in Vietnam: 14:30."""
    return value.astimezone(VN).strftime("%H:%M") if value else ""


@register.filter
def long_day(value: date | datetime) -> str:
    """Show a day with its name: Thứ Hai, 23/11/2026."""
    local_value = value.astimezone(VN) if isinstance(value, datetime) else value
    return f"{WEEKDAYS[local_value.weekday()]}, {local_value:%d/%m/%Y}"


@register.filter
def phone(digits: str) -> str:
    """Show a phone number as 0912 345 678."""
    return shown_phone(digits) if digits else ""


@register.filter
def inside(name: str) -> str:
    """Return a unit's name as it stands inside a sentence: xã Bảo Nhai."""
    return name[:1].lower() + name[1:]


@register.filter
def masked(personal_number: str) -> str:
    """Hide the middle of a personal number; of anything that is no such number all but the ends."""
    try:
        return PersonalNumber(personal_number).masked
    except ValueError:
        return f"{personal_number[:1]}*****{personal_number[-1:]}" if personal_number else ""


@register.simple_tag
def trial() -> bool:
    """Tell whether this is a trial, whose every page must say so, even one that is drawn without a request."""
    return settings.XASO_MODE == "demo"


@register.simple_tag
def today_long() -> str:
    """Return today's date with the name of the day."""
    return long_day(wall_clock.now())


@register.simple_tag
def language_code() -> str:
    """Return the code of the language this page is drawn in."""
    return get_language() or "vi"


@register.simple_tag
def unreviewed() -> bool:
    """Tell whether no native speaker has read the language this page is drawn in."""
    return get_language() in settings.LANGUAGES_UNREVIEWED


@register.simple_tag(takes_context=True)
def language_switch(context: template.Context) -> SafeString:
    """Offer the other languages as plain links that come back to this page."""
    request = context.get("request")
    here = request.get_full_path() if request is not None and request.method == "GET" else "/"
    return kept_drawings.filled("xaso/languages.html", here=quote(here, safe=""))


@register.simple_tag
def offered_languages() -> tuple[tuple[str, str], ...]:
    """Return code and own name of each language that pages can be read in."""
    return languages_offered()


@register.simple_tag(takes_context=True)
def listen_link(context: template.Context) -> SafeString:
    """Offer to have this page read aloud, where somebody can speak."""
    request = context.get("request")
    if request is None or not can_listen():
        return SafeString()
    return kept_drawings.filled("xaso/listen.html", here=quote(request.get_full_path()))


@register.simple_tag(takes_context=True)
def lock_press(context: template.Context) -> SafeString:
    """Draw the press that locks an official's computer; nothing for others. It works without scripts, and by Alt+K."""
    if context["actor"].kind != "staff":
        return SafeString()
    return kept_drawings.filled(
        "xaso/lock.html",
        seconds=context["lock_after_seconds"](),
        typed=context["typed_before"](),
        here=context["request"].get_full_path(),
        token=context["csrf_token"],
    )


@register.simple_tag(takes_context=True)
def official_rail(context: template.Context) -> SafeString:
    """Draw the officials' rail: the rooms open to the actor's roles, with what waits in each."""
    request = context["request"]
    return kept_drawings.drawn("xaso/rail.html", rail_of(request.actor, request.path, wall_clock.now()))


@register.simple_tag
def fixed(name: str) -> SafeString:
    """Draw a template that shows nothing but fixed texts, or take what was drawn of it in this language."""
    return kept_drawings.filled(name)


@register.filter
def drawn(values: Any, name: str) -> SafeString:
    """Draw a template with plain values alone, or take what was drawn of the same ones."""
    return kept_drawings.drawn(name, values)


@register.filter
def drawn_each(lines: Any, name: str) -> SafeString:
    """Draw a template once for each line of plain values, one after the other."""
    return kept_drawings.drawn_each(name, lines)


@register.simple_tag
def sheet_link(name: str, query: str = "", words: Any = "") -> SafeString:
    """Draw the link to a list as XLSX. `query` is that of the list's own page, so that what is filtered is what is sent."""
    address = f"/tai-bang/{name}/?{query}" if query else f"/tai-bang/{name}/"
    return format_html('<a class="nut phu" href="{}">{}{}</a>', address, _icon("download"), words or gettext("Tải bảng XLSX"))


@register.inclusion_tag("xaso/pager.html")
def pager(page: "Page[Any]", query: str = "") -> dict[str, Any]:
    """Draw links to the other pages of a list; `query` holds the rest of the address, without `trang`."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=PAGES_SHOWN_EACH_SIDE, on_ends=1)
    prefix = f"?{query}&trang=" if query else "?trang="
    return {"page": page, "prefix": prefix, "numbers": [number if isinstance(number, int) else None for number in numbers]}
