"""The demo commune's people: places and bodies as published, persons invented. The same ones each time."""

from xaso.apps.people.demo.devices import load_demo_devices
from xaso.apps.people.demo.keys import load_demo_keys
from xaso.apps.people.demo.load import DEMO_PASSWORD, DEMO_SLUG, load_demo_people

__all__ = ["DEMO_PASSWORD", "DEMO_SLUG", "load_demo_devices", "load_demo_keys", "load_demo_people"]
