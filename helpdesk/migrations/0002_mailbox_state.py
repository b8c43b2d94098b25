"""Whether the mailbox can be reached; and answers without what they quote, which the applicant's side may see."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def take_out_of_dossiers(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """The mails about questions quote whoever wrote in, so they do not belong among those of a dossier."""
    message = apps.get_model("casework", "Message")
    message.objects.filter(kind__startswith="mail_question_").update(dossier=None)


class Migration(migrations.Migration):
    """After the help desk's own tables and the outbox."""

    dependencies = (("helpdesk", "0001_helpdesk"), ("casework", "0001_case"))

    operations = (
        migrations.AddField(
            model_name="mail",
            name="written",
            field=models.TextField(
                blank=True,
                help_text="An answer without the question that it quotes.",
                verbose_name="what the editor wrote",
            ),
        ),
        migrations.CreateModel(
            name="MailboxState",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("collected_at", models.DateTimeField(blank=True, null=True, verbose_name="last collected")),
                ("failing_since", models.DateTimeField(blank=True, null=True, verbose_name="fails since")),
                ("failed_at", models.DateTimeField(blank=True, null=True, verbose_name="last failure")),
                ("error", models.CharField(blank=True, max_length=100, verbose_name="reason")),
            ],
            options={
                "verbose_name": "state of the mailbox",
                "verbose_name_plural": "states of the mailbox",
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="mailboxstate_one_row")],
            },
        ),
        migrations.RunPython(take_out_of_dossiers, migrations.RunPython.noop),
    )
