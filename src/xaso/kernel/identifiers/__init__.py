"""Identifiers: row ids, dossier codes, the personal number, the QR code on a citizen's card."""

from xaso.kernel.identifiers.card_qr import CardQr, read_card_qr
from xaso.kernel.identifiers.dossier_codes import NATIONAL_DOSSIER_CODE, is_national_dossier_code, normalise_code, own_dossier_code
from xaso.kernel.identifiers.personal_number import PersonalNumber
from xaso.kernel.identifiers.row_ids import uuid7

__all__ = [
    "NATIONAL_DOSSIER_CODE",
    "CardQr",
    "PersonalNumber",
    "is_national_dossier_code",
    "normalise_code",
    "own_dossier_code",
    "read_card_qr",
    "uuid7",
]
