"""The demo as an app, for its commands. Only with `DEMO` set, and never in the production image."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Invented people and cases; it has no models of its own."""

    name = "demo"
