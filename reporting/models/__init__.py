"""The models of reporting: deliveries of municipalities and the site, reports to parliament, and quality samples."""

from reporting.models.publication import FormerText, ReportFile, ReportText, ReportToParliament
from reporting.models.quality import QualityReview, QualitySample, ReviewAnswer, ReviewQuestion
from reporting.models.returns import MonthlyReturn, ReturnUpload, ReturnVersion
from reporting.models.site import BranchSignal, MailTopic, SiteMonth, SiteMonthVersion

__all__ = [
    "BranchSignal",
    "FormerText",
    "MailTopic",
    "MonthlyReturn",
    "QualityReview",
    "QualitySample",
    "ReportFile",
    "ReportText",
    "ReportToParliament",
    "ReturnUpload",
    "ReturnVersion",
    "ReviewAnswer",
    "ReviewQuestion",
    "SiteMonth",
    "SiteMonthVersion",
]
