"""A request for a change that came by another way than the portal; what was suspended is so in its next form too."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exemptions", "0039_register_finding")]

    operations = [
        migrations.AddField(
            model_name="changerequest",
            name="channel",
            field=models.CharField(
                choices=[
                    ("portal", "portal"),
                    ("post", "post"),
                    ("counter", "counter"),
                    ("phone", "telephone"),
                    ("email", "email"),
                ],
                default="portal",
                max_length=10,
                verbose_name="came in by",
            ),
        ),
        migrations.AddField(
            model_name="changerequest",
            name="came_in_on",
            field=models.DateField(blank=True, null=True, verbose_name="came in on"),
        ),
        migrations.AlterField(
            model_name="exemptionsuspension",
            name="decision",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="suspensions",
                to="exemptions.decision",
                verbose_name="decision",
            ),
        ),
        migrations.AddConstraint(
            model_name="changerequest",
            constraint=models.CheckConstraint(
                condition=models.Q(channel="portal") | models.Q(came_in_on__isnull=False),
                name="changerequest_elsewhere_on_a_day",
            ),
        ),
    ]
