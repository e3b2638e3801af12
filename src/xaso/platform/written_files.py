"""YAML that people write: procedures, articles. Read strictly, so that nothing means something else than it looks like."""

import json
import re
from functools import lru_cache
from typing import Any

import yaml

if yaml.__with_libyaml__:
    from yaml import CSafeLoader as SafeLoader
else:
    from yaml import SafeLoader  # type: ignore[assignment]

UNREADABLE = (yaml.YAMLError, UnicodeDecodeError)
"""What `read_yaml` raises for a file that is none."""


class _Loader(SafeLoader):
    """YAML in which only true, false, null and plain whole numbers are not texts: 15:00, 2026-12-31, no and 2.000815 are.

    A key written twice is a fault.
    """

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = {str(key) for key in keys if keys.count(key) > 1}
        if twice:
            raise yaml.MarkedYAMLError(problem=f"written twice: {', '.join(sorted(twice))}", problem_mark=node.start_mark)
        return super().construct_mapping(node, deep=deep)


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"(?:true|false)\Z"), ["t", "f"])
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"(?:0|[1-9][0-9]*)\Z"), list("0123456789"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"(?:null|)\Z"), ["n", ""])


@lru_cache(maxsize=1024)
def _as_json(content: bytes) -> str:
    return json.dumps(yaml.load(content.decode("utf-8-sig"), _Loader), ensure_ascii=False)  # noqa: S506 - derived from the safe one


def read_yaml(content: bytes) -> dict[str, Any]:
    """Return a fresh document, empty for what is no mapping; the same bytes are parsed once per process. Raises UNREADABLE."""
    document = json.loads(_as_json(content))
    return document if isinstance(document, dict) else {}
