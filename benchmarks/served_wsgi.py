"""The product's own WSGI application, with the bare views among its URLs."""

from django.conf import settings

from zesportal.wsgi import application

__all__ = ["application"]

settings.ROOT_URLCONF = "benchmarks.bare"
