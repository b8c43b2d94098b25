"""A letter in English quotes the law in English: the articles that came with the product get their English words."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

REGULATIONS = "the Traffic Rules and Signs Regulations 1990 (RVV 1990)"
POLICY_RULES = "the policy rules on exemptions for zero-emission zones"
ACT = "the General Administrative Law Act (Awb)"
IN_ENGLISH = {
    "artikel 87 RVV 1990 en de beleidsregels ontheffingen zero-emissiezone": (
        f"article 87 of {REGULATIONS} and {POLICY_RULES}"
    ),
    "artikel 87 RVV 1990 en de hardheidsclausule in de beleidsregels ontheffingen zero-emissiezone; artikel 4:84 Awb": (
        f"article 87 of {REGULATIONS} and the hardship clause in {POLICY_RULES}; article 4:84 of {ACT}"
    ),
    "artikelen 86c, 86d en 86e RVV 1990": f"articles 86c, 86d and 86e of {REGULATIONS}",
    "artikel 4:6 Awb": f"article 4:6 of {ACT}",
    "artikel 4:5, eerste lid, onder c, Awb": f"article 4:5, paragraph 1, under c, of {ACT}",
}


def translate(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """An article that the desk wrote itself stays in Dutch until the desk writes it in English."""
    ground = apps.get_model("exemptions", "Ground")
    for article, english in IN_ENGLISH.items():
        ground.objects.filter(article=article).update(article_en=english)


class Migration(migrations.Migration):
    dependencies = [("exemptions", "0015_kept_decisions")]

    operations = [
        migrations.AddField(
            model_name="ground",
            name="article_en",
            field=models.CharField(default="", max_length=300, verbose_name="article of law, in English"),
            preserve_default=False,
        ),
        migrations.RunPython(translate, migrations.RunPython.noop),
    ]
