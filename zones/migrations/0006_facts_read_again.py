"""Two facts that came with the product and were not so, mended where nobody changed them at the desk.

A wheelchair accessible truck is exempt as a van is: RVV 1990 art. 86c defines a vehicle, and art. 86e(5)(a) names it.
Amersfoort gave no fines yet in the autumn of 2025, so the first of July 2025 is not sure.
"""

from datetime import date

from django.db import migrations

VANS = {
    "categories": ["van"],
    "source": "RVV 1990 art. 86c",
    "explanation_nl": "Een bestelauto die als rolstoeltoegankelijk geregistreerd staat, is vrijgesteld. "
    "U hoeft niets aan te vragen.",
    "explanation_en": "A van that is registered as wheelchair accessible is exempt. There is nothing to apply for.",
}
VANS_AND_TRUCKS = {
    "categories": ["van", "truck"],
    "source": "RVV 1990 art. 86e lid 5, onder a (Stb. 2023, 241); art. 86c",
    "explanation_nl": "Een bestelauto of vrachtauto die als rolstoeltoegankelijk geregistreerd staat, is vrijgesteld. "
    "U hoeft niets aan te vragen.",
    "explanation_en": "A van or truck that is registered as wheelchair accessible is exempt. "
    "There is nothing to apply for.",
}
SURE = {"fines_from_is": "published", "source": "opwegnaarZES (in De Ondernemer, juni 2025)"}
NOT_SURE = {"fines_from_is": "unknown", "source": f"{SURE['source']}; autoblog.nl, najaar 2025: nog geen boetes"}


def mend(apps, schema_editor):
    """What the tables of the product say now."""
    wheelchairs = apps.get_model("zones", "AutomaticExemption").objects.filter(code="XSH")
    wheelchairs.filter(**VANS).update(**VANS_AND_TRUCKS)
    amersfoort = apps.get_model("zones", "Municipality").objects.filter(cbs_code="GM0307", fines_from=date(2025, 7, 1))
    amersfoort.filter(**SURE).update(**NOT_SURE)


class Migration(migrations.Migration):
    dependencies = [("zones", "0005_announced_rules")]

    operations = [migrations.RunPython(mend, migrations.RunPython.noop, elidable=True)]
