"""A letter knows the case that it is about: an application or an objection share a dossier."""

from typing import Any

from django.db import migrations, models
from django.db.models import OuterRef, Q, Subquery, Value

OF_OBJECTION = ("objection_", "judgment_", "default_notice_", "penalty_")
"""How the kinds of letters about an objection began; those about being late too, once there was an objection."""


def find_the_case(apps: Any, _schema_editor: Any) -> None:
    """Letters of these kinds were about the last objection that was there already; all others about the application."""
    letters = apps.get_model("casework", "Letter").objects
    objections = (
        apps.get_model("objections", "Objection")
        .objects.filter(dossier=OuterRef("dossier"), created_at__lte=OuterRef("placed_at"))
        .order_by("-created_at", "-pk")
    )
    of_objection = Q()
    for kind in OF_OBJECTION:
        of_objection |= Q(kind__startswith=kind)
    letters.filter(of_objection).update(case_type=Value("objection"), case_id=Subquery(objections.values("pk")[:1]))
    applications = apps.get_model("exemptions", "Application").objects.filter(dossier=OuterRef("dossier"))
    letters.filter(case_id=None).update(case_type=Value("application"), case_id=Subquery(applications.values("pk")[:1]))


class Migration(migrations.Migration):
    """After the tables of the cases, which the letters there are look up once."""

    dependencies = (
        ("casework", "0005_message_headers"),
        ("exemptions", "0006_fleet"),
        ("objections", "0003_posted"),
    )

    operations = (
        migrations.AddField(
            "letter", "case_type", models.CharField(default="", max_length=20, verbose_name="case type"), False
        ),
        migrations.AddField("letter", "case_id", models.BigIntegerField(null=True, verbose_name="case id")),
        migrations.RunPython(find_the_case, migrations.RunPython.noop),
    )
