"""What stood with each municipality holds in its row from the first day on; then it stands there only."""

from datetime import date

from django.db import migrations, models

FIRST_DAY = date(2024, 7, 1)
"""Of the rows that come with the product: what stood with a municipality held on every day."""
FIELDS = ("authority_nl", "authority_en", "mandate", "objection_address", "contact", "court", "policy_rules")
PUBLICATIONS = ("rechtbank: ", "https://zoek.officielebekendmakingen.nl/", "https://lokaleregelgeving.overheid.nl/")


def take_over(apps, schema_editor):
    """One row for each municipality; one that has a row already is left alone."""
    authorities = apps.get_model("zones", "MunicipalAuthority").objects
    known = authorities.values("municipality")
    for municipality in apps.get_model("zones", "Municipality").objects.exclude(pk__in=known).order_by("pk"):
        said = {name: getattr(municipality, name) for name in FIELDS}
        authorities.create(
            municipality=municipality, valid_from=FIRST_DAY, source=find_source(municipality.source), **said
        )


def find_source(source):
    """Of the sources of a municipality those of its court and its policy rules; if none is named as such, all."""
    parts = source.split("; ")
    about = [part for part in parts if part.startswith(PUBLICATIONS)]
    return "; ".join(about) or source or "bladzijde van de gemeente"


def give_back(apps, schema_editor):
    """What holds now, into the columns of before."""
    for row in apps.get_model("zones", "MunicipalAuthority").objects.filter(valid_until=None):
        said = {name: getattr(row, name) for name in FIELDS}
        apps.get_model("zones", "Municipality").objects.filter(pk=row.municipality_id).update(**said)


class Migration(migrations.Migration):
    dependencies = [("zones", "0008_municipal_authority")]

    operations = [
        migrations.RunPython(take_over, give_back, elidable=True),
        *(  # the way back adds the columns, and needs a value for them until `give_back` has run
            migrations.AlterField("municipality", name, models.CharField(max_length=200, default=""))
            for name in ("authority_nl", "authority_en")
        ),
        *(migrations.RemoveField("municipality", name) for name in FIELDS),
    ]
