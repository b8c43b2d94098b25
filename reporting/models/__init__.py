"""What reporting keeps: what municipalities and the site hand in, published reports, and the quality samples."""

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
