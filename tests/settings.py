"""The project's settings, with services of the tests' own."""

import os
import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import time_machine

from tests import services

services.prepare()

# `make test-hours`: everything at another moment, written in Dutch time, such as 2027-03-28T01:30; workers too.
if CLOCK := os.environ.get("CLOCK"):
    began = float(os.environ.setdefault("CLOCK_BEGAN", str(time.time())))  # for a worker that a test starts later
    moment = datetime.fromisoformat(CLOCK).replace(tzinfo=ZoneInfo("Europe/Amsterdam"))
    time_machine.travel(moment.astimezone(UTC) + timedelta(seconds=time.time() - began)).start()

from zesportal import embedded_postgresql
from zesportal.settings import *

if not DATABASE_URL:
    services.hurry(embedded_postgresql.database_url(VAR_DIR / "postgres"))

MEDIA_ROOT = VAR_DIR / f"documents-{services.worker_number()}"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # a test logs in often
REFERENCE_ANSWERS_KEPT = 0  # what a page asks does not hang on the test before it; those of keeping switch it on
COUNT_VISITS = False  # a query more for each page; the tests of counting switch it on
PAGES_KEPT_S = 0  # a page is read right after what changes it; the tests of keeping switch it on
WHITENOISE_AUTOREFRESH = True  # do not read every asset for each new client
