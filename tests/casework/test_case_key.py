"""What is about a case points at one that exists, whatever app it is of."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection

from casework.models import CaseKey
from tests import given

pytestmark = pytest.mark.django_db
CASES = [model for model in apps.get_models() if hasattr(model, "CASE_TYPE")]
NOBODY = 2**40
"""The number of no case."""


def test_every_table_of_cases_keeps_its_keys():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, encode(tgargs, 'escape') FROM pg_trigger"
            " WHERE tgname = 'casework_key_of_case'"
        )
        found = {table: case_type.removesuffix("\\000") for table, case_type in cursor.fetchall()}

    assert found == {model._meta.db_table: model.CASE_TYPE for model in CASES}


def test_whatever_has_a_case_type_points_at_a_case():
    soft = [model for model in apps.get_models() if has_case(model) and model is not CaseKey]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text FROM pg_constraint"
            " WHERE contype = 'f' AND confrelid = 'casework_casekey'::regclass"
        )
        found = {table for (table,) in cursor.fetchall()}

    assert found == {model._meta.db_table for model in soft}


def has_case(model):
    return {"case_type", "case_id"} <= {field.name for field in model._meta.concrete_fields}


def test_an_event_of_no_case_is_refused(applicant):
    dossier = given.draft(by=applicant).dossier

    dossier.events.create(case_type="application", case_id=NOBODY, step="file", from_status="", to_status="")

    with pytest.raises(IntegrityError, match="event_of_a_case"):
        connection.check_constraints()
    connection.set_rollback(True)


def test_a_draft_takes_its_key_along(applicant):
    draft = given.draft(by=applicant)
    key = CaseKey.objects.get(case_type="application", case_id=draft.pk)

    draft.drop()

    assert not CaseKey.objects.filter(pk=key.pk).exists()
