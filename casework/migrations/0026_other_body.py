"""Other bodies with their addresses, and the terms of a complaint."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0025_court_order"),
    ]

    operations = [
        migrations.AlterField(
            model_name="deadline",
            name="kind",
            field=models.CharField(
                choices=[
                    ("decide", "decide on the application (Awb 4:13)"),
                    ("supply", "applicant completes the application (Awb 4:5)"),
                    ("set_aside", "last day to set aside (Awb 4:5, paragraph 4)"),
                    ("view", "applicant gives a view (Awb 4:7)"),
                    ("object", "last day to object (Awb 6:7)"),
                    ("decide_objection", "decide on the objection (Awb 7:10)"),
                    ("repair", "objector repairs the objection (Awb 6:6)"),
                    ("hearing_reply", "objector says whether they want to be heard (Awb 7:3)"),
                    ("papers", "last day to hand in papers before the hearing (Awb 7:4)"),
                    ("file_open", "the file lies open from this day at the latest (Awb 7:4)"),
                    ("appeal", "last day to appeal to the court (Awb 6:7, 8:1)"),
                    ("court_papers", "send the papers to the court (Awb 8:42)"),
                    ("court_remedy", "our last day to go against the judgment (Awb 6:7, 6:24, 8:55)"),
                    ("court_repair", "repair the decision as the court asked (Awb 8:51a)"),
                    ("set_penalty", "set the penalty by decision (Awb 4:18)"),
                    ("decide_complaint", "tell the outcome of the complaint (Awb 9:11)"),
                    ("decline_complaint", "last day to tell that a complaint is not handled (Awb 9:8)"),
                ],
                max_length=20,
                verbose_name="kind",
            ),
        ),
        migrations.CreateModel(
            name="OtherBody",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=30, verbose_name="code")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "sort",
                    models.CharField(
                        choices=[("ombudsman", "ombudsman"), ("fines", "fines"), ("other", "something else")],
                        max_length=12,
                        verbose_name="for",
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=6, verbose_name="municipality")),
                ("address", models.CharField(max_length=200, verbose_name="address")),
                ("website", models.URLField(blank=True, verbose_name="website")),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                ("source", models.CharField(max_length=300, verbose_name="source")),
            ],
            options={
                "verbose_name": "other body",
                "verbose_name_plural": "other bodies",
                "ordering": ("name", "valid_from"),
                "constraints": [models.UniqueConstraint(fields=("code", "valid_from"), name="otherbody_one_row_a_day")],
            },
        ),
    ]
