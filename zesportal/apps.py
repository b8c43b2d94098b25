"""App configuration: the product, and the desk as Django's admin site."""

import structlog
from django.apps import AppConfig
from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _

from casework.uploads.virus_scanner import nobody_scans

log = structlog.get_logger("loket.start")


class StaticConfig(StaticFilesConfig):
    """Static files, without those that packages bring for developers: 36 MB that no page needs."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        *("django_htmx", "rest_framework"),  # htmx comes from npm; the API answers programs only
        *("*-dev.mjs", "*.mjs.map", "*.d.ts", "*.d.cts", "*.cjs", "cjs", "esm"),
        *("htmx.js", "htmx.amd.js", "htmx.cjs.js", "htmx.esm.js", "ext", "*.js.gz"),
        *("tokens.json", "list.json", "variables.json", "variables.mjs", "*.less", "*.scss", "prince-xml.css"),
    ]


class ZesportalConfig(AppConfig):
    """Settings, URLs, templates and template tags of the whole product."""

    name = "zesportal"
    verbose_name = _("Loket")

    def ready(self) -> None:
        """Register the system checks and the desk's pages that join several apps."""
        from zesportal import checks
        from zesportal.versions import pages

        register(checks.check_scanner, Tags.security)
        register(checks.check_squashed_migrations, Tags.database)
        if nobody_scans():
            log.warning("no_virus_scanner", reason=checks.NO_SCANNER)
        pages.register_pages(admin.site)


class DeskConfig(AdminConfig):
    """The desk is Django's admin with our own start page and menu."""

    default_site = "zesportal.desk.Desk"
