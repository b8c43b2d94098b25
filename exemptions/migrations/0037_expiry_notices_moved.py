"""The notices of ends are `watches.EndNotice` now, which has taken over these rows."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("exemptions", "0036_after_the_grant"),
        ("watches", "0002_earlier_notices"),
    ]

    operations = [migrations.DeleteModel(name="ExpiryNotice")]
