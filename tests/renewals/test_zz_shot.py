import pytest
from django.urls import reverse
from renewals.publication import make_list
from tests.renewals import changes
from tests.renewals.changes import *
from tests.renewals.test_journey import in_english
pytestmark = pytest.mark.django_db(transaction=True)
def test_shot(live_server, reject, page, in_english, team_lead, other_team_lead):
    from dataclasses import replace
    in_english(page.context, team_lead)
    for i in range(3): reject()
    reject(facts=replace(HEAVY, payload_kg=None))
    d=version(by=other_team_lead, published=False)
    run=make_list(version(valid_from=timezone.localdate()-timedelta(days=1)), by=team_lead)
    for name,addr in {"run":reverse("admin:renewals_renewal_change", args=[run.pk]),"form":reverse("admin:exemptions_thresholdversion_add"),"pub":reverse("admin:exemptions_thresholdversion_publish",args=[d.pk]),"start":"/loket/","case":reverse("admin:exemptions_application_change",args=[run.items.all()[0].decision.application_id])}.items():
        for w in (1280,360):
            page.set_viewport_size({"width":w,"height":900}); page.goto(addr); page.screenshot(path=f"/tmp/shot_{name}_{w}.png", full_page=True)
