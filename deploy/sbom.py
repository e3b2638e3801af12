"""The bill of materials: every package that `requirements.lock` holds to a hash, in CycloneDX 1.6, for who must know what runs here.

`make sbom` writes build/sbom.cdx.json. The same lock file gives the same bill.
"""

import json
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

ROOT = Path(__file__).resolve().parents[1]
TARGET = Path("build/sbom.cdx.json")
_PINNED = re.compile(r"([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^ ;\\]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_LONGEST_LICENSE = 80


@dataclass
class Package:
    """One package of the lock file: its hashes (of each file that may be installed) and by which packages it is wanted."""

    name: str
    version: str
    hashes: list[str] = field(default_factory=list)
    wanted_by: list[str] = field(default_factory=list)

    @property
    def purl(self) -> str:
        """Return the package's address in the language of such bills."""
        return f"pkg:pypi/{self.name.lower().replace('_', '-')}@{self.version}"


def locked_packages(lock: str) -> list[Package]:
    """Return what a lock file of uv holds. Raises ValueError for a package without a hash."""
    packages: list[Package] = []
    for line in lock.splitlines():
        pinned = _PINNED.match(line)
        if pinned:
            packages.append(Package(pinned[1], pinned[2]))
        elif packages:
            packages[-1].hashes += _HASH.findall(line)
            packages[-1].wanted_by += _wanted_by(line)
    bare = [package.name for package in packages if not package.hashes]
    if bare:
        raise ValueError(f"without a hash: {', '.join(bare)}")
    return packages


def _wanted_by(line: str) -> Iterator[str]:
    remark = line.strip()
    if remark.startswith("#"):
        name = remark.removeprefix("#").strip().removeprefix("via").strip()
        if name:
            yield "xaso" if name.startswith("xaso") else name.partition("[")[0]


def bill(packages: list[Package], version: str) -> dict[str, Any]:
    """Return the bill as CycloneDX wants it."""
    references = {package.name: package.purl for package in packages} | {"xaso": "xaso"}
    wants: dict[str, list[str]] = {reference: [] for reference in references.values()}
    for package in packages:
        for parent in package.wanted_by:
            if parent in references:
                wants[references[parent]].append(package.purl)
    content = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "xaso",
                "name": "xaso",
                "version": version,
                "licenses": [{"license": {"id": "EUPL-1.2"}}],
            }
        },
        "components": [_component(package) for package in packages],
        "dependencies": [{"ref": reference, "dependsOn": sorted(set(wanted))} for reference, wanted in sorted(wants.items())],
    }
    return {"serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, json.dumps(content, sort_keys=True))}", **content}


def _component(package: Package) -> dict[str, Any]:
    hashes = [{"alg": "SHA-256", "content": digest} for digest in sorted(set(package.hashes))]
    url = f"https://pypi.org/project/{package.name}/{package.version}/"
    return {
        "type": "library",
        "bom-ref": package.purl,
        "name": package.name,
        "version": package.version,
        "purl": package.purl,
        "externalReferences": [{"type": "distribution", "url": url, "hashes": hashes}],
        **_licences(package.name),
    }


def _licences(name: str) -> dict[str, Any]:
    """Return the licence that the installed package names; nothing for one that is not installed on this kind of machine."""
    try:
        facts = metadata(name)
    except PackageNotFoundError:
        return {}
    expression = facts.get("License-Expression")
    if expression:
        return {"licenses": [{"expression": expression}]}
    classified = [text.rpartition(" :: ")[2] for text in facts.get_all("Classifier") or () if text.startswith("License ::")]
    told = classified or [text for text in [facts.get("License") or ""] if text and "\n" not in text and len(text) <= _LONGEST_LICENSE]
    return {"licenses": [{"license": {"name": text}} for text in told]} if told else {}


def main() -> int:
    """Write the bill."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    packages = locked_packages((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(json.dumps(bill(packages, project["version"]), indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"{TARGET}: {len(packages)} packages\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
