"""Signatures by a key on a signing device (SoftHSM, P-256), stamped and not, and their check; in one process, as one worker does it."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.figures import Figure, Target
from tests.live import Live

DOCUMENTS = 500
CHECKED = 40
STAMPED_DOCUMENTS = 100
SIGNED = Target("PAdES B-B by PKCS#11 P-256, evidence kept, a worker", "/s", 20)
STAMPED = Target("PAdES B-T, the stamp asked over HTTP, a worker", "/s", 9)
FAILED = Target(f"failures of {DOCUMENTS} documents signed in one go", "", 0, at_most=True)
CHECK = Target("a signed page checked, a worker", "/s", 40)
TARGETS = (SIGNED, STAMPED, FAILED, CHECK)


def measure(live: Live) -> Iterator[Figure]:
    """Yield how many a second, measured in a process of its own on this installation."""
    command = [sys.executable, "-c", "from bench import signatures; signatures.report()"]
    done = subprocess.run(command, env=live.all_variables, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    found = json.loads(done.stdout.splitlines()[-1])
    for target in TARGETS:
        yield target.figure(found[target.name])


def report() -> None:
    """Print the figures as JSON."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "xaso.site.settings.demo"
    import django

    django.setup()
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(_figures(Path(folder))))


def _figures(folder: Path) -> dict[str, float]:
    from xaso.apps.people.models import Account
    from xaso.apps.signing import checking
    from xaso.apps.signing import facade as signing
    from xaso.apps.signing.models import SignatureRecord
    from xaso.platform import clock

    stamp_address = os.environ.pop("XASO_TIME_STAMP_ADDRESS")
    signer = Account.objects.get(username="phochutich")
    commune_id = _with_key_on_device(folder, signer)
    papers = [_paper(number, signer.full_name) for number in range(DOCUMENTS)]
    before, signed = SignatureRecord.objects.count(), []
    begun = time.perf_counter()
    for paper in papers:
        one = signing.sign(paper, account_id=signer.pk, commune_id=commune_id, name=signer.full_name, reason="Đo đạc", now=clock.now())
        signed.append(one.content)
    seconds = time.perf_counter() - begun
    kept = SignatureRecord.objects.count() - before
    begun = time.perf_counter()
    checks = [check for content in signed[:CHECKED] for check in checking.check_here(content, now=clock.now())]
    check_seconds = time.perf_counter() - begun
    os.environ["XASO_TIME_STAMP_ADDRESS"] = stamp_address
    good = sum(check.verdict == "valid" and check.is_recorded for check in checks)
    return {
        SIGNED.name: DOCUMENTS / seconds,
        STAMPED.name: _stamped_per_second(papers[:STAMPED_DOCUMENTS], signer, commune_id),
        FAILED.name: DOCUMENTS - kept + CHECKED - good,
        CHECK.name: CHECKED / check_seconds,
    }


def _stamped_per_second(papers: list[bytes], signer: Any, commune_id: Any) -> float:
    """Sign papers with a time stamp of the installation's stand-in server, a program of its own; each must bear one."""
    from xaso.apps.signing import facade as signing
    from xaso.platform import clock

    begun = time.perf_counter()
    for paper in papers:
        one = signing.sign(paper, account_id=signer.pk, commune_id=commune_id, name=signer.full_name, reason="Đo đạc", now=clock.now())
        if one.stamped_at is None:
            raise RuntimeError("a signature came without its time stamp")
    return len(papers) / (time.perf_counter() - begun)


def _with_key_on_device(folder: Path, signer: Any) -> Any:
    """Put a key with a certificate for the signer on a token, and take it into use; return the commune's id."""
    from cryptography.hazmat.primitives import hashes, serialization

    from xaso.apps.people import facade as people
    from xaso.apps.people.models import Account
    from xaso.apps.signing.actions.certificates import register_held_certificate
    from xaso.apps.signing.keys import held_on_device, keys_directory
    from xaso.apps.signing.tests.authority import Authority, elliptic
    from xaso.apps.signing.tests.token import MODULE, Token
    from xaso.kernel.worktime import VN
    from xaso.platform import clock

    token, now, key = Token.made(folder / "hsm"), clock.now(), elliptic()
    os.environ["XASO_PKCS11_MODULE"], os.environ["XASO_PKCS11_PIN_FILE"] = str(MODULE), str(token.pin_file)
    authority = Authority.founded(now)
    trusted = keys_directory() / "trusted"
    trusted.mkdir(parents=True, exist_ok=True)
    (trusted / "do-dac.pem").write_bytes(authority.certificate.public_bytes(serialization.Encoding.PEM))
    lists = keys_directory() / "revocation"
    lists.mkdir(exist_ok=True)
    (lists / "do-dac.crl").write_bytes(authority.revocations(at=now))
    (lists / "do-dac-goc.crl").write_bytes(authority.root_revocations(at=now))
    certificate = authority.issues(signer.full_name, key)
    token.holds(key, certificate)
    commune = people.the_commune()
    assert commune is not None
    administrator = people.actor_of(Account.objects.get(username="quantri"), commune.id, on=now.astimezone(VN).date())
    register_held_certificate(administrator, signer.pk, held_on_device(), certificate.fingerprint(hashes.SHA256()).hex(), now=now)
    (trusted / "do-dac.pem").write_bytes(authority.root.public_bytes(serialization.Encoding.PEM))  # whom the check trusts
    return commune.id


def _paper(number: int, name: str) -> bytes:
    from xaso.platform import clock, pdf

    agency = {"name": f"Xã Bảo Nhai {number}", "place": "Bảo Nhai"}
    template = pdf.PACKAGE / "apps" / "signing" / "tests" / "paper.typ"
    return pdf.render(template, {"agency": agency, "issued_at": clock.now(), "signer": {"name": name}})
