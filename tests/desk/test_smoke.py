import pytest
from django.urls import reverse
from tests import given

pytestmark = pytest.mark.django_db
def test_all(as_caseworker, as_team_lead, caseworker, applicant):
    case = given.waiting(by=applicant, desk=caseworker)
    assert as_caseworker.get("/loket/").status_code == 200
    r = as_caseworker.get(reverse("admin:exemptions_application_changelist")+"?list=waiting")
    assert str(case.dossier) in r.content.decode()
    r = as_caseworker.post(reverse("admin:exemptions_application_search"), {"q": "vx-123-z"})
    assert str(case.dossier) in r.content.decode()
    r = as_caseworker.get(reverse("admin:exemptions_application_change", args=[case.pk]))
    print(r.content.decode())
    assert r.status_code==200
