"""Files sent to a browser: shown if that is safe, otherwise downloaded; never able to run anything."""

from io import BytesIO

from django.http import FileResponse, Http404

from casework import letter_pdfs
from casework.models import Document, Letter

SHOWN = {
    "application/pdf": "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'",
    **dict.fromkeys(
        ("image/png", "image/jpeg"),
        "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'",
    ),
}
"""Types that browsers may display, with a policy that runs nothing. A sandboxed PDF would not display at all."""
SAVED = "default-src 'none'; sandbox; frame-ancestors 'none'"


def as_response(document: Document) -> FileResponse:
    """The content under its checked type, never under its name; raises Http404 if the storage has lost it."""
    try:
        content = document.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(
        content,
        as_attachment=document.content_type not in SHOWN,
        filename=document.name,
        content_type=document.content_type,
    )
    return guard_response(response, document.content_type)


def letter_as_response(letter: Letter) -> FileResponse:
    """A letter as PDF: the stored one, or one made now if the worker has not made it yet."""
    if letter.pdf is not None and letter.pdf.removed_at is None:
        return as_response(letter.pdf)
    name = f"{letter.dossier} {letter.subject}"[:190] + ".pdf"
    made = BytesIO(letter_pdfs.render_letter_pdf(letter))
    return guard_response(FileResponse(made, filename=name, content_type="application/pdf"), "application/pdf")


def guard_response(response: FileResponse, content_type: str) -> FileResponse:
    """Set headers that keep a hostile file from doing anything, and any file out of caches."""
    response["Content-Security-Policy"] = SHOWN.get(content_type, SAVED)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
