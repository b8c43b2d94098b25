"""The help desk's own pages in the desk. The mailbox has pages of its own, outside the admin."""

from helpdesk.information.desk import AdviserAdmin, OutageAdmin
from helpdesk.information.topic_desk import TopicAdmin

__all__ = ["AdviserAdmin", "OutageAdmin", "TopicAdmin"]
