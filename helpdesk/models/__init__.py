"""Frequent questions, conversations, mails, outages and visits: one file a noun."""

from helpdesk.models.adviser import AdviceRequest, Adviser
from helpdesk.models.conversation import Conversation, MonthOfConversations, Turn
from helpdesk.models.outage import Outage
from helpdesk.models.question import Attachment, Mail, Question
from helpdesk.models.topic import LANGUAGES, Phrase, Topic, TopicText
from helpdesk.models.visit import PageDay, SeenToday, VisitorDay

__all__ = [
    "LANGUAGES",
    "AdviceRequest",
    "Adviser",
    "Attachment",
    "Conversation",
    "Mail",
    "MonthOfConversations",
    "Outage",
    "PageDay",
    "Phrase",
    "Question",
    "SeenToday",
    "Topic",
    "TopicText",
    "Turn",
    "VisitorDay",
]
