"""Serve the site through WSGI; whoever serves it means production, and the settings check that."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum.settings")
os.environ.setdefault("COUNTERPOINT_MODE", "production")

application = get_wsgi_application()
