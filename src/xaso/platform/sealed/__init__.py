"""Columns that are kept sealed under the key ring, so that who has the database without the ring reads nothing (decision 0112)."""

from xaso.platform.sealed.fields import BlindIndex, SealedJSON, SealedRow, SealedText, emptied

__all__ = ["BlindIndex", "SealedJSON", "SealedRow", "SealedText", "emptied"]
