"""Of day exemptions one application a day may be open: while a decision about one is awaited, another can be asked."""

from django.db import migrations, models

FIELDS = ("applicant", "plate", "country", "kind", "municipality")
OPEN = (
    ("status__in", ["submitted", "in_review", "supplied", "proposed", "waiting", "hearing"]),
    models.Q(("plate", ""), _negated=True),
)
FOR_ONE_DAY = ("wanted_until", models.F("wanted_from"))


class Migration(migrations.Migration):
    dependencies = [("exemptions", "0012_day_maximum")]

    operations = [
        migrations.RemoveConstraint(model_name="application", name="application_one_open"),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    *OPEN,
                    models.Q(("wanted_until", None), models.Q(FOR_ONE_DAY, _negated=True), _connector="OR"),
                ),
                fields=FIELDS,
                name="application_one_open",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.UniqueConstraint(
                condition=models.Q(*OPEN, FOR_ONE_DAY),
                fields=(*FIELDS, "wanted_from"),
                name="application_one_open_a_day",
                nulls_distinct=False,
            ),
        ),
    ]
