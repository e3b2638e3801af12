"""How Django's own forms draw their fields."""

from typing import Any

from django.forms import BoundField, Widget
from django.forms.renderers import DjangoTemplates


class ToldField(BoundField):
    """A field that says it is required and leaves judging to us: Firefox calls an empty one wrong before anybody has typed."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Widget | None = None) -> dict[str, Any]:
        """Return the attributes as Django has them, with `aria-required` in place of `required`."""
        built = super().build_widget_attrs(attrs, widget)
        if built.pop("required", False):
            built["aria-required"] = "true"
        return built


class FormRenderer(DjangoTemplates):
    """Django's renderer with our fields."""

    bound_field_class = ToldField
