"""Which dates an answer can have, held against today and the other answers; also for the questions that are there."""

from typing import Any

from django.db import migrations, models

DELIVERED_NL = "Is het voertuig al geleverd? Dan past deze ontheffing niet."
DELIVERED_EN = "Has the vehicle been delivered already? Then this exemption does not fit."
ENDED_NL = "Vraag eerst een nieuwe ontheffing voor exceptioneel transport aan bij de RDW."
ENDED_EN = "First apply to the RDW for a new permit for exceptional transport."
BOUNDS = (
    # kind, question, not before, not after, what to say of another date
    ("LEV", "ordered_on", "", "today", "", ""),
    ("LEV", "expected_on", "today ordered_on", "", DELIVERED_NL, DELIVERED_EN),
    ("BEO", "since", "", "today", "", ""),
    ("NET", "requested_on", "", "today", "", ""),
    ("EXC", "permit_until", "today", "", ENDED_NL, ENDED_EN),
)
OLD_HELP_NL = "Alleen als de leverdatum niet in het contract staat of veranderd is."
NEW_HELP_NL = (
    "Bij een eerste aanvraag alleen als de leverdatum niet in het contract staat. "
    "Bij een verlenging altijd: met de nieuwe leverdatum."
)
NEW_HELP_EN = (
    "For a first application only if the delivery date is not in the contract. "
    "For an extension always: with the new delivery date."
)
HELP = "Codes of other questions with a date, or “today”, with a space between."


def set_bounds(apps: Any, _schema_editor: Any) -> None:
    """What exemptions/data/questions.csv says for a new installation."""
    questions = apps.get_model("exemptions", "KindQuestion").objects
    for kind, code, not_before, not_after, outside_nl, outside_en in BOUNDS:
        questions.filter(kind__code=kind, code=code, answer="date").update(
            not_before=not_before, not_after=not_after, outside_nl=outside_nl, outside_en=outside_en
        )
    proof = apps.get_model("exemptions", "EvidenceRequirement").objects.filter(kind__code="LEV", code="supplier_letter")
    proof.filter(help_nl=OLD_HELP_NL).update(help_nl=NEW_HELP_NL, help_en=NEW_HELP_EN)


class Migration(migrations.Migration):
    dependencies = [("exemptions", "0009_open_application_of_applicant")]

    operations = [
        migrations.AddField(
            model_name="kindquestion",
            name="not_before",
            field=models.CharField(blank=True, help_text=HELP, max_length=100, verbose_name="a date not before"),
        ),
        migrations.AddField(
            model_name="kindquestion",
            name="not_after",
            field=models.CharField(blank=True, help_text=HELP, max_length=100, verbose_name="a date not after"),
        ),
        migrations.AddField(
            model_name="kindquestion",
            name="outside_nl",
            field=models.CharField(blank=True, max_length=300, verbose_name="what to say of another date, in Dutch"),
        ),
        migrations.AddField(
            model_name="kindquestion",
            name="outside_en",
            field=models.CharField(blank=True, max_length=300, verbose_name="what to say of another date, in English"),
        ),
        migrations.RunPython(set_bounds, migrations.RunPython.noop),
    ]
