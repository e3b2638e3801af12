"""The tables of this room. They hold no verbs."""

from xaso.apps.rights.models.breach import Breach, BreachPerson, BreachStep
from xaso.apps.rights.models.requests import Consent, DataRequest, RequestStep, RetentionStep

__all__ = ["Breach", "BreachPerson", "BreachStep", "Consent", "DataRequest", "RequestStep", "RetentionStep"]
