"""docs/security/cryptography.md names every file that reaches for cryptography, with its algorithms, and none that is not there."""

import re
from pathlib import Path

from tests.architecture.reading import ROOT

SOURCE = ROOT / "src"
PAGE = (ROOT / "docs" / "security" / "cryptography.md").read_text(encoding="utf-8")
ROWS = [line for line in PAGE.splitlines() if line.startswith("|")]
REACHES = re.compile(
    r"^\s*(?:import|from) (?:cryptography|hashlib|hmac|secrets|ssl|pyhanko|pyhanko_certvalidator|asn1crypto|pkcs11|jwt)\b", re.MULTILINE
)
ALGORITHMS = {
    "SHA-1": r"\bsha1\b|\bSHA1\b",
    "SHA-256": r"sha256|SHA256",
    "HMAC": r"hmac\.(?:new|digest)",
    "HKDF": r"\bHKDF\(",
    "AES-256-GCM": r"\bAESGCM\b",
    "ChaCha20-Poly1305": r"\bChaCha20Poly1305\b",
    "Fernet": r"\bFernet\b",
    "X25519": r"\bX25519",
    "P-256": r"\bSECP256R1\b",
    "RSA": r"\brsa\.",
    "random": r"\bsecrets\.(?!compare)",
    "TLS": r"\bssl\.",
}
PATH = re.compile(r"`([\w./]+/[\w./]+\.\w+)`")
TRIES, BUILDERS = "tests", {"testing.py"}


def programs() -> dict[str, str]:
    """Return the code of what runs at communes, by path: no tests, no builders for them, no stand-ins, no demo."""
    found = (path for room in ("xaso", "xaso_signer") for path in (SOURCE / room).rglob("*.py"))
    kept = (path for path in found if not {TRIES, "demo"} & set(path.parts) and path.name not in BUILDERS | {"demo.py"})
    return {_short(path): path.read_text(encoding="utf-8") for path in kept}


def _short(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix().removeprefix("xaso/")


def said_of(path: str) -> str:
    """Return the rows that name a file."""
    return "\n".join(row for row in ROWS if f"`{path}`" in row)


def test_every_file_that_reaches_for_cryptography_is_named() -> None:
    reaching = [path for path, code in programs().items() if REACHES.search(code)]

    assert len(reaching) > 50
    assert [path for path in reaching if not said_of(path)] == []


def test_its_rows_name_the_algorithms_that_it_uses() -> None:
    lacking = [
        (path, name)
        for path, code in programs().items()
        if REACHES.search(code)
        for name, pattern in ALGORITHMS.items()
        if re.search(pattern, code) and name.lower() not in said_of(path).lower()
    ]

    assert lacking == []


def test_every_file_named_is_there() -> None:
    named = {path for row in ROWS for path in PATH.findall(row)}

    assert len(named) > 50
    assert [path for path in named if not any((place / path).exists() for place in (SOURCE / "xaso", SOURCE, ROOT))] == []
