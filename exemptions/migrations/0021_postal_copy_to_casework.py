"""Letters by post belong to every sort of case: the model goes to casework, and its table stays as it is."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = (("exemptions", "0020_thresholds_with_steps"),)

    operations = (migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel("PostalCopy")]),)
