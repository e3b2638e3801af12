"""What the signing room hangs into the platform's registries."""

from xaso.apps.signing.demo import load_test_certificates
from xaso.platform.demo import DemoLoader, loaders

loaders.add(DemoLoader("signing", load_test_certificates, order=30))
