"""The demo as an app: its commands. Only where `DEMO` is set, and never in the image of production."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Invented people and cases; it has no tables of its own."""

    name = "demo"
