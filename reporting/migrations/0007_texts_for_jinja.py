"""Words that editors changed, in the letter's own language as it is now: `plural("one,many")`, `loop.last`."""

import re
from typing import Any

from django.db import migrations

PLURAL = re.compile(r'\|plural:("[^"]*")')


def rewrite(body: str) -> str:
    return PLURAL.sub(r"|plural(\1)", body).replace("{% empty %}", "{% else %}").replace("forloop.", "loop.")


def rewrite_texts(apps: Any, _editor: Any) -> None:
    drafts = apps.get_model("reporting", "ReportText").objects.exclude(report__status="published")
    for text in [*drafts, *apps.get_model("reporting", "FormerText").objects.all()]:
        if (body := rewrite(text.body)) != text.body:
            type(text).objects.filter(pk=text.pk).update(body=body)


class Migration(migrations.Migration):
    dependencies = [("reporting", "0006_published_not_emptied")]

    operations = [migrations.RunPython(rewrite_texts, migrations.RunPython.noop, elidable=True)]
