"""The notices of ends are `watches.EndNotice` now, which has taken over these rows."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("exemptions", "0035_exemption_suspension"),
        ("watches", "0002_earlier_notices"),
    ]

    operations = [migrations.DeleteModel(name="ExpiryNotice")]
