"""The help desk's own pages in the desk. A question to the editors has a page of its own, outside the admin."""

from helpdesk.information.desk import AdviserAdmin, OutageAdmin
from helpdesk.information.topic_desk import TopicAdmin
from helpdesk.mailbox.desk_list import QuestionAdmin

__all__ = ["AdviserAdmin", "OutageAdmin", "QuestionAdmin", "TopicAdmin"]
