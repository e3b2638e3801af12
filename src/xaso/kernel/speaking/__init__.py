"""What a voice says of a written text: the text cut into sentences, and each sentence as people say it.

A builder of texts needs `spoken`; what is heard sentence by sentence needs `sentences_of` as well.
"""

from xaso.kernel.speaking.rules import spoken
from xaso.kernel.speaking.sentences import sentences_of

__all__ = ["sentences_of", "spoken"]
