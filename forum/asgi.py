"""Serve the site through ASGI; whoever serves it means production, and the settings check that."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum.settings")
os.environ.setdefault("COUNTERPOINT_MODE", "production")

application = get_asgi_application()
