"""The entry point for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

from zesportal.charset import only_utf_8

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zesportal.settings")
application = only_utf_8(get_wsgi_application())
