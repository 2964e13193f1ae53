"""The environment, and what decides most of it: in which mode the site runs."""

import environ
from django.core.exceptions import ImproperlyConfigured

MODES = ("development", "demo", "test", "production")

env = environ.Env()
MODE = env.str("COUNTERPOINT_MODE", default="development")
if MODE not in MODES:
    raise ImproperlyConfigured(f"COUNTERPOINT_MODE is “{MODE}”; it must be one of {', '.join(MODES)}.")
PRODUCTION = MODE == "production"
DEMO = MODE == "demo"
SITE_NAME = env.str("COUNTERPOINT_SITE_NAME", default="Counterpoint")
