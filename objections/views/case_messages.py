"""The thread of an objection, for those for whom the user acts."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.form_recovery import keep_typed
from exemptions.views.case_messages import Thread, answer_request
from objections.views import mine


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def objection_messages(request: HttpRequest, key: UUID) -> HttpResponse:
    """Read and write messages about an objection; their files are in the dossier."""
    found = mine.get_own_objection(request, key)
    title = _("Messages about your objection, %(number)s") % {"number": found.dossier}
    home = mine.make_home(request, found)
    head, file_key = "portal/_objection_head.html", found.application.key
    return answer_request(request, Thread(found, home, title, head=head, file_key=file_key))
