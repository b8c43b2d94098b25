"""The project's settings, with services of the tests' own."""

from tests import services

services.prepare()

from zesportal import embedded
from zesportal.settings import *

if not DATABASE_URL:
    services.hurry(embedded.database_url(VAR_DIR / "postgres"))

MEDIA_ROOT = VAR_DIR / f"documents-{services.worker_number()}"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # a test logs in often
COUNT_VISITS = False  # a query more for each page; the tests of counting switch it on
WHITENOISE_AUTOREFRESH = True  # do not read every asset for each new client
