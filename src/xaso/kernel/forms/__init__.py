"""The form engine: a form is data (JSON Schema with hints, and screens); this reads, checks, prunes and shows answers. No Django."""

from xaso.kernel.forms.fields import Condition, Field, Option, Screen, Texts, asked, in_language
from xaso.kernel.forms.prefill import prefill, refill
from xaso.kernel.forms.reading import Reading
from xaso.kernel.forms.spec import FormSpec
from xaso.kernel.forms.summary import Row, Section
from xaso.kernel.forms.verdicts import Choices, FieldError, FormDefinitionError

__all__ = [
    "Choices",
    "Condition",
    "Field",
    "FieldError",
    "FormDefinitionError",
    "FormSpec",
    "Option",
    "Reading",
    "Row",
    "Screen",
    "Section",
    "Texts",
    "asked",
    "in_language",
    "prefill",
    "refill",
]
