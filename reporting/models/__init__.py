"""What reporting keeps: what municipalities and the site hand in, and the reports that were published."""

from reporting.models.handed_in import BranchSignal, MailTopic, SiteMonth, SiteMonthVersion
from reporting.models.publication import FormerText, ReportFile, ReportText, ReportToParliament
from reporting.models.returns import MonthlyReturn, ReturnUpload, ReturnVersion

__all__ = [
    "BranchSignal",
    "FormerText",
    "MailTopic",
    "MonthlyReturn",
    "ReportFile",
    "ReportText",
    "ReportToParliament",
    "ReturnUpload",
    "ReturnVersion",
    "SiteMonth",
    "SiteMonthVersion",
]
