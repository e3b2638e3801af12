"""What a voice says of a written text: a page read in order, a text cut into sentences, and each sentence as people say it."""

from xaso.kernel.speaking.blocks import Piece, ReadPage, pieces_of, read_page
from xaso.kernel.speaking.rules import rules_digest, spoken
from xaso.kernel.speaking.scripts import said_by_scripts
from xaso.kernel.speaking.sentences import sentences_of

__all__ = ["Piece", "ReadPage", "pieces_of", "read_page", "rules_digest", "said_by_scripts", "sentences_of", "spoken"]
