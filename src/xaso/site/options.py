"""The settings of the installation itself, beside those of its rooms, so that `xaso options` lists all there are.

The settings modules read them before anything is loaded; here they are only told.
"""

from xaso.platform.options import Option, declare

TOLD = (
    ("XASO_MODE", "demo", "demo | production", "what this installation is for; production needs what follows"),
    ("XASO_DATA", "var/", "path", "folder of the database, files, keys and logs"),
    ("DATABASE_URL", "", "address", "postgresql://user:password@host/name; empty for SQLite in XASO_DATA"),
    ("PORT", "8000", "port", "port of the web server under `xaso run`; the demo's stand-ins, e-ID and authority, have the next two"),
    ("XASO_BIND", "127.0.0.1", "address", "where the web server listens under `xaso run`, in production only"),
    ("XASO_WEB_WORKERS", "2", "processes", "web processes under `xaso run`"),
    ("XASO_SECRET_KEY", "", "text of 50 characters", "signs sessions and forms; XASO_SECRET_KEY_FILE names a file instead"),
    ("XASO_HOSTS", "", "host names", "names the pages are asked for by, with commas between"),
    ("XASO_PUBLIC_URL", "https:// and the first host", "address", "what QR codes and messages begin with"),
    (
        "XASO_HSTS_SUBDOMAINS",
        "0",
        "0 | 1",
        "1: browsers use TLS for every name below XASO_HOSTS too, for a year; only when all of them have it",
    ),
    ("XASO_TRUSTED_PROXIES", "127.0.0.1", "addresses", "proxies that may say who the visitor is, with commas between"),
    ("XASO_LOG_LEVEL", "INFO", "DEBUG | INFO | WARNING | ERROR", "how much goes into the logs"),
    ("XASO_CATALOGUE", "catalogue/", "path", "folder of the procedures' files"),
    ("XASO_EID_ISSUER", "", "address", "provider of electronic identities (OpenID Connect); empty for none"),
    ("XASO_EID_CLIENT_ID", "xaso", "text", "what the provider calls us"),
    ("XASO_EID_CLIENT_SECRET", "", "text", "what the provider gave us; XASO_EID_CLIENT_SECRET_FILE names a file instead"),
    ("XASO_EID_SCOPE", "openid profile phone identity", "words", "what the provider is asked for"),
    ("XASO_EID_CLAIM_NUMBER", "personal_number", "name", "what the provider calls the 12-digit number"),
    ("XASO_EID_CLAIM_LEVEL", "acr", "name", "what the provider calls the level of a sign-in"),
    ("XASO_EID_LEVEL_1", "1", "text", "what the provider calls level 1"),
    ("XASO_EID_LEVEL_2", "2", "text", "what the provider calls level 2; asked for as acr_values where a procedure needs it"),
)

for name, default, unit, meaning in TOLD:
    declare(Option(name, default, str, unit, meaning))
