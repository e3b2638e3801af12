"""How this room's figures are shown."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def minutes(seconds: int | None) -> str:
    """Show a duration in minutes; a dash where nothing was measured."""
    if seconds is None:
        return "–"
    if seconds < 60:
        return _("dưới 1 phút")
    return _("%(minutes)s phút") % {"minutes": round(seconds / 60)}
