"""Six months of invented dossiers for the demo commune, in all states, made by the same actions that people use."""

from xaso.apps.dossiers.demo.load import load_demo_dossiers
from xaso.apps.dossiers.demo.texting import load_demo_texts

__all__ = ["load_demo_dossiers", "load_demo_texts"]
