"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ObjectionsConfig(AppConfig):
    """Objections and appeals (bezwaar en beroep)."""

    name = "objections"
    verbose_name = _("Objections and appeals")

    def ready(self) -> None:
        """Tell the general rooms what objections and appeals add to them."""
        from exemptions import files, search
        from exemptions.following.overview import stand_beside
        from exemptions.views import verify
        from objections import deadline_words, listings, placeholders, worklists
        from objections.admin import desk
        from objections.following import files as own_files
        from objections.following import overview, references

        deadline_words.register()
        placeholders.register()
        files.keep_inside(own_files.court_papers)
        files.keep_unsent(own_files.not_sent)
        stand_beside(overview.besides, objected=overview.objected)
        verify.know_too(references.lookup)
        search.find_too(references.find)
        worklists.register()
        listings.register()
        desk.register()
