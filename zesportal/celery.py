"""The Celery worker and scheduler. Tasks are in each app's `tasks.py`; the schedule is in `zesportal.schedule`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zesportal.settings")

app = Celery("loket", task_cls="zesportal.clock:Job")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
