"""Which cases there are, of every type."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseKey(models.Model):
    """One case of any type: what an event, deadline, letter, notice of default or waiting step is about.

    The tables of cases stand in apps above, so the rows here come and go with theirs, by a trigger on each
    (`casework_key_of_case`). What points at a case by its type and number refers to this table. A case that was removed
    after its term leaves its key where its events stay.
    """

    case_type = models.CharField(_("case type"), max_length=20)
    case_id = models.BigIntegerField(_("case id"))

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        constraints = (models.UniqueConstraint(fields=["case_type", "case_id"], name="casekey_once"),)

    def __str__(self) -> str:
        return f"{self.case_type} {self.case_id}"
