"""What a real Celery worker of these tests runs with: the tests' settings, and a mail server that listens."""

from tests.settings import *

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
