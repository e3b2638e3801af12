"""xaso-signer: lets the pages of a commune ask an official's own USB token for signatures. The PIN is typed here and never into a page.

A program of its own: it needs Python and python-pkcs11, nothing of the commune's server, and listens on this computer alone.
"""

__version__ = "0.1.0"
PORT = 17817
"""Where pages look for the program; a commune that chooses another names it to both (`XASO_SIGNER_PORT`, `--port`)."""
