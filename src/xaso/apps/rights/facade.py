"""What other rooms may ask of this room: whether a person agrees to something."""

from xaso.apps.rights.consents import has_consent

__all__ = ["has_consent"]
