"""Messages about an application, both ways; see `casework.message_steps`."""

from django.utils.translation import gettext_lazy as _

from casework import message_steps
from casework.models import CaseMessage
from casework.steps import Button, step
from exemptions.steps.permissions import may_act_for_applicant, may_handle
from exemptions.steps.statuses import FILED

message_desk = step(
    source=FILED,
    target=None,
    permission=may_act_for_applicant,
    done=_("The applicant wrote a message"),
    told=_("Wrote us a message"),
)(message_steps.message_desk)


message_applicant = step(
    source=FILED,
    target=None,
    permission=may_handle,
    done=_("Message to the applicant"),
    told=_("We wrote you a message"),
    button=Button(
        _("Write to the applicant"),
        _("A message on the page of the application. It decides nothing and moves no term: a letter does that."),
    ),
)(message_steps.message_applicant)


settle_messages = step(
    source=FILED,
    target=None,
    permission=may_handle,
    conditions=[lambda case: CaseMessage.objects.of(case).unanswered().exists()],
    done=_("The message needs no answer"),
    button=Button(_("No answer needed"), _("What the applicant wrote asks for no answer."), rare=True),
)(message_steps.settle_messages)
