"""What runs by itself, and when; hours are Amsterdam time. Every task may be late, repeated or run twice at once."""

from typing import Any

from celery.schedules import crontab

SCHEDULE: dict[str, dict[str, Any]] = {
    "carry out the steps that wait": {"task": "casework.tasks.carry_out_steps", "schedule": 60.0},
    "send the outbox": {"task": "casework.tasks.send_outbox", "schedule": 60.0},
    "store the letters": {"task": "casework.tasks.store_letters", "schedule": 60.0},
    "make the exports": {"task": "casework.tasks.make_exports", "schedule": 60.0},
    "go on with runs of deciding again": {"task": "renewals.tasks.resume", "schedule": 60.0},
    "learn ways to ask": {"task": "helpdesk.tasks.learn_ways_to_ask", "schedule": 60.0},
    "collect the mail": {"task": "helpdesk.tasks.collect_mail", "schedule": 60.0},
    "close the days of visits": {
        "task": "helpdesk.tasks.close_days",
        "schedule": crontab(hour="0", minute="20"),
    },
    "remove old questions": {
        "task": "helpdesk.tasks.remove_old_questions",
        "schedule": crontab(hour="4", minute="15"),
    },
    "tidy the mailbox": {
        "task": "helpdesk.tasks.tidy_mailbox",
        "schedule": crontab(hour="4", minute="30"),
    },
    "hand in the month of the help desk": {
        "task": "helpdesk.tasks.deliver_helpdesk_month",
        "schedule": crontab(hour="5", minute="0"),
    },
    "go on with lists of vehicles": {"task": "exemptions.tasks.go_on_with_fleets", "schedule": 60.0},
    "refresh the fleets": {
        "task": "exemptions.tasks.refresh_fleets",
        "schedule": crontab(hour="1-5", minute="*"),
    },
    "drop old lists of vehicles": {
        "task": "exemptions.tasks.drop_old_fleet_lists",
        "schedule": crontab(hour="3", minute="10"),
    },
    "remind": {
        "task": "exemptions.tasks.remind",
        "schedule": crontab(hour="7", minute="0"),
    },
    "tell who expires": {
        "task": "exemptions.tasks.tell_expiring",
        "schedule": crontab(hour="7", minute="30"),
    },
    "remind of objections": {
        "task": "objections.tasks.remind",
        "schedule": crontab(hour="7", minute="15"),
    },
    "drop old drafts of objections": {
        "task": "objections.tasks.drop_old_drafts",
        "schedule": crontab(hour="3", minute="15"),
    },
    "remind of missing returns": {
        "task": "reporting.tasks.remind_of_returns",
        "schedule": crontab(hour="7", minute="45"),
    },
    "drop old uploads of returns": {
        "task": "reporting.tasks.drop_old_uploads",
        "schedule": crontab(hour="3", minute="45"),
    },
    "drop old drafts": {
        "task": "exemptions.tasks.drop_old_drafts",
        "schedule": crontab(hour="3", minute="0"),
    },
    "sweep removed files": {
        "task": "casework.tasks.sweep_files",
        "schedule": crontab(hour="3", minute="30"),
    },
    "drop old exports": {
        "task": "casework.tasks.drop_old_exports",
        "schedule": crontab(hour="4", minute="0"),
    },
    "count the conversations": {
        "task": "helpdesk.tasks.count_conversations",
        "schedule": crontab(hour="4", minute="45"),
    },
    "look at the frequent questions": {
        "task": "helpdesk.tasks.look_at_topics",
        "schedule": crontab(hour="0", minute="15"),
    },
    "measure the lead times": {
        "task": "helpdesk.tasks.measure_lead_times",
        "schedule": crontab(hour="4", minute="30"),
    },
    "drop old requests for advice": {
        "task": "helpdesk.tasks.drop_old_advice_requests",
        "schedule": crontab(hour="3", minute="50"),
    },
}
