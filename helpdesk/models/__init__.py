"""Frequent questions, conversations, mails, outages and visits: one file per noun."""

from helpdesk.models.adviser import AdviceRequest, Adviser
from helpdesk.models.conversation import Conversation, MonthOfConversations, Turn
from helpdesk.models.mailbox import MailboxState
from helpdesk.models.measured_time import MeasuredTime
from helpdesk.models.outage import Outage
from helpdesk.models.question import Attachment, Mail, MonthOfQuestions, Question, QuestionSeries, UnreadMail
from helpdesk.models.topic import LANGUAGES, Phrase, Topic, TopicText
from helpdesk.models.visit import DaySecret, PageDay, SeenToday, VisitorDay

__all__ = [
    "LANGUAGES",
    "AdviceRequest",
    "Adviser",
    "Attachment",
    "Conversation",
    "DaySecret",
    "Mail",
    "MailboxState",
    "MeasuredTime",
    "MonthOfConversations",
    "MonthOfQuestions",
    "Outage",
    "PageDay",
    "Phrase",
    "Question",
    "QuestionSeries",
    "SeenToday",
    "Topic",
    "TopicText",
    "Turn",
    "UnreadMail",
    "VisitorDay",
]
