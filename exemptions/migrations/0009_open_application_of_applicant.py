"""One open application for a plate, kind and place is a rule for each applicant: a stranger does not block the owner."""

from django.db import migrations, models

OPEN = ["submitted", "in_review", "supplied", "proposed", "waiting", "hearing"]


class Migration(migrations.Migration):
    dependencies = [("exemptions", "0007_decision_doubts")]

    operations = [
        migrations.RemoveConstraint(model_name="application", name="application_one_open"),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", OPEN), models.Q(("plate", ""), _negated=True)),
                fields=("applicant", "plate", "country", "kind", "municipality"),
                name="application_one_open",
                nulls_distinct=False,
            ),
        ),
    ]
