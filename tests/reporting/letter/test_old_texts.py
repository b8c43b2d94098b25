"""Words that editors changed before the letter's language was Jinja's read the same afterwards."""

import importlib

import pytest
from django.apps import apps
from django.utils import timezone

from reporting.letter import template_language
from reporting.models import FormerText, ReportText

pytestmark = pytest.mark.django_db
MIGRATION = importlib.import_module("reporting.migrations.0007_texts_for_jinja")
OLD = (
    '{{ R12.all|plural:"beroep,beroepen" }}'
    "{% for one in signals %}{{ one.text }}{% if forloop.last %}.{% endif %}{% empty %}Geen.{% endfor %}"
)


def test_a_draft_is_rewritten(report, reporter):
    ReportText.objects.create(report=report, block="zones", body=OLD)
    FormerText.objects.create(report=report, block="zones", body=OLD, changed_at=timezone.now())

    MIGRATION.rewrite_texts(apps, None)

    assert report.words_of("zones") == FormerText.objects.get().body
    template_language.check_text(report.words_of("zones"))
