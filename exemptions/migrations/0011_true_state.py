from django.db import migrations, models

# An event of `judge` names the item; the latest one tells when the judgement that stands was given.
WHEN_JUDGED = """
UPDATE exemptions_evidenceitem AS item SET judged_at = judged.at FROM (
    SELECT (detail ->> 'item')::bigint AS item, max(at) AS at FROM casework_event
    WHERE case_type = 'application' AND step = 'judge' AND detail ? 'item' GROUP BY 1
) AS judged WHERE judged.item = item.id AND item.verdict <> ''
"""


class Migration(migrations.Migration):
    dependencies = [("exemptions", "0010_bounds_of_answers")]

    operations = [
        migrations.AddField(
            model_name="evidenceitem",
            name="judged_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="judged"),
        ),
        migrations.RunSQL(WHEN_JUDGED, migrations.RunSQL.noop),
        migrations.AddField(
            model_name="viewrequest",
            name="differences",
            field=models.JSONField(default=list, verbose_name="which data differ"),
        ),
        migrations.AddField(
            model_name="letterreading",
            name="only_marked",
            field=models.BooleanField(default=False, verbose_name="marked as read, not opened"),
        ),
        migrations.AlterField(
            model_name="viewrequest",
            name="differing_data",
            field=models.TextField(blank=True, verbose_name="more about the data that differ"),
        ),
    ]
