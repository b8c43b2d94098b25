"""Characters that no file can hold: copied along from a word processor, and seen by nobody."""

from dataclasses import replace

import pytest

from reporting.models import BranchSignal
from reporting.site.signals import services
from tests.reporting.site.test_signal_pages import NEW, typed
from tests.reporting.site.test_signals import SAID

pytestmark = pytest.mark.django_db


def test_a_signal_is_kept_without_them(as_editor):
    as_editor.post(NEW, typed(text="Te weinig\x1f laad\ufffepalen.", topic="Net\x02congestie"))

    said = replace(SAID, text="Te weinig laadpalen.", topic="Netcongestie")
    assert services.read_signal(BranchSignal.objects.get()) == said


def test_a_field_with_nothing_else_is_empty(as_editor):
    page = as_editor.post(NEW, typed(organisation="\x1f"))

    assert list(page.context["form"].errors) == ["organisation"]
