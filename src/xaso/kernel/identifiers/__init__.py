"""Identifiers: row ids, dossier codes, codes of papers, the personal number, the QR code on a citizen's card."""

from xaso.kernel.identifiers.card_qr import CardQr, read_card_qr
from xaso.kernel.identifiers.dossier_codes import NATIONAL_DOSSIER_CODE, is_national_dossier_code, normalise_code, own_dossier_code
from xaso.kernel.identifiers.paper_code import grouped_paper_code, new_paper_code, read_paper_code
from xaso.kernel.identifiers.personal_number import PersonalNumber, cover_numbers
from xaso.kernel.identifiers.row_ids import uuid7

__all__ = [
    "NATIONAL_DOSSIER_CODE",
    "CardQr",
    "PersonalNumber",
    "cover_numbers",
    "grouped_paper_code",
    "is_national_dossier_code",
    "new_paper_code",
    "normalise_code",
    "own_dossier_code",
    "read_card_qr",
    "read_paper_code",
    "uuid7",
]
