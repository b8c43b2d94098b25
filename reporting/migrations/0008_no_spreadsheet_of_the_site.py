"""Months of the site come in by form, and from our own helpdesk by itself: their spreadsheet is gone."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("reporting", "0007_texts_for_jinja")]

    operations = [migrations.DeleteModel("SiteUpload")]
