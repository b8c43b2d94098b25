from django.db import migrations, models

ADVISED = {"LEV": "ordered", "PAR": "private", "NEV": "work"}


def advise_kinds(apps, schema_editor):
    versions = apps.get_model("exemptions", "KindVersion").objects.using(schema_editor.connection.alias)
    for code, advised_for in ADVISED.items():
        versions.filter(kind=code).update(advised_for=advised_for)


class Migration(migrations.Migration):
    dependencies = [("exemptions", "0049_satisfaction")]

    operations = [
        migrations.AddField(
            model_name="kindversion",
            name="advised_for",
            field=models.CharField(
                blank=True,
                choices=[
                    ("ordered", "who has ordered an emission-free vehicle"),
                    ("private", "who uses the vehicle only privately"),
                    ("work", "who needs the vehicle for work and has ordered no other"),
                ],
                default="",
                help_text="Who reads in the answer of the access check that this is the best way on. Empty: nobody.",
                max_length=10,
                verbose_name="advised to",
            ),
            preserve_default=False,
        ),
        migrations.RunPython(advise_kinds, migrations.RunPython.noop),
    ]
