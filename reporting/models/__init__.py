"""What reporting keeps: what municipalities and the site hand in, and the reports that were published."""

from reporting.models.publication import FormerText, ReportFile, ReportText, ReportToParliament
from reporting.models.returns import MonthlyReturn, ReturnUpload, ReturnVersion
from reporting.models.site import BranchSignal, MailTopic, SiteMonth, SiteMonthVersion

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
