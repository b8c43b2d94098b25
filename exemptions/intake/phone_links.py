"""Photos of the evidence from a telephone: a link for one draft, one telephone and some minutes, without a login.

The link can only add files, and read nothing. It ends by itself, when the draft is sent or discarded, when its maker
may no longer act for the applicant, or when they press stop.
"""

import secrets
from datetime import timedelta
from hashlib import sha256
from uuid import UUID, uuid4

from django.core import signing
from django.db import transaction
from django.db.models import F

from accounts.models import User
from casework import clock
from casework.current_policy import CurrentPolicy
from casework.uploads.upload_checks import CheckedFile
from exemptions.intake import draft_files
from exemptions.models import Application, EvidenceItem, PhoneLink

SIGNER = signing.Signer(salt="exemptions.phone_link")


class LinkEnded(Exception):
    """The draft was sent or the link ended while the file was on its way."""


def open_link(draft: Application, *, by: User) -> PhoneLink:
    """Create a link, which replaces an earlier one; also delete links that have ended."""
    now = clock.now()
    PhoneLink.objects.filter(ends_at__lt=now).delete()
    minutes = CurrentPolicy.on(clock.today()).number("phone_link_minutes")
    fresh = {"made_by": by, "key": uuid4(), "device": "", "arrived": 0, "ends_at": now + timedelta(minutes=minutes)}
    link, _is_new = PhoneLink.objects.update_or_create(application=draft, defaults=fresh)
    return link


def end_link(draft: Application) -> None:
    """End the link: the telephone can add nothing more."""
    PhoneLink.objects.filter(application=draft).delete()


def find_running(draft: Application) -> PhoneLink | None:
    """The working link of a draft, if any."""
    return PhoneLink.objects.filter(application=draft, ends_at__gt=clock.now()).first()


def sign_token(link: PhoneLink) -> str:
    """The signed token in the link's URL; not stored, but created each time."""
    return SIGNER.sign(link.key.hex)


def find_link(token: str) -> PhoneLink | None:
    """The link with this token, if it still works for this draft and its maker."""
    try:
        key = UUID(SIGNER.unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    links = PhoneLink.objects.select_related("application", "made_by")
    link = links.filter(key=key, ends_at__gt=clock.now(), made_by__is_active=True).first()
    if link is None or not link.application.is_draft:
        return None
    mine = Application.objects.of_applicant(link.made_by)
    return link if mine.filter(pk=link.application_id).exists() else None


def bind_device(link: PhoneLink) -> str | None:
    """Claim the link for a telephone: the secret for its cookie; None if another telephone was first."""
    secret = secrets.token_urlsafe(32)
    taken = PhoneLink.objects.filter(pk=link.pk, key=link.key, device="").update(device=hash_secret(secret))
    return secret if taken else None


def is_bound_to(link: PhoneLink, secret: str) -> bool:
    """Whether the telephone with this cookie claimed the link."""
    return bool(link.device) and secrets.compare_digest(link.device, hash_secret(secret))


def hash_secret(secret: str) -> str:
    """The hash of the secret, as stored in the database."""
    return sha256(secret.encode()).hexdigest()


@transaction.atomic
def add_photo(link: PhoneLink, item: EvidenceItem, checked: CheckedFile) -> None:
    """Store a checked file while the draft cannot be sent. Raises LinkEnded, TooManyFiles, NoRoom or NotKept."""
    running = PhoneLink.objects.filter(pk=link.pk, key=link.key, ends_at__gt=clock.now())
    if not draft_files.lock_draft(link.application) or not running.exists():
        raise LinkEnded
    draft_files.add_file(item, checked, by=link.made_by)
    running.update(arrived=F("arrived") + 1)
