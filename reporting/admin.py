"""Admin of the quality sample's questions: one administrator proposes a version, another publishes it."""

from django.contrib import admin

from accounts.versioned_admin import VersionedAdmin
from reporting.models import ReviewQuestion


@admin.register(ReviewQuestion)
class ReviewQuestionAdmin(VersionedAdmin):
    """What is asked about each decision in a sample."""

    list_display = ("text_nl", "position", "valid_from", "valid_until")
    search_fields = ("code", "text_nl", "text_en")
