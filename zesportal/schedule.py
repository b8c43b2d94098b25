"""What runs by itself, and when, in Amsterdam time. Every task may be late, repeated, or run twice at once."""

from typing import Any

from celery.schedules import crontab

EXPIRES_SECONDS = 55
"""A job that no worker took within the minute is left to the next one: a night without a worker builds no backlog."""
MINUTE_LIMIT, DAILY_LIMIT = 120, 2 * 3600
"""Seconds after which the worker kills a job. Its turn is shorter, so this only affects one that hangs."""
MAIL_LIMIT = 720
"""One mail may take ten minutes: `casework.outbox.REPLY_SECONDS`."""
MAIL_QUEUE = "mail"


def every_minute(task: str, *, hours: str = "", limit: int = MINUTE_LIMIT, **options: Any) -> dict[str, Any]:
    """A task that asks the database every minute, or every minute of some hours, what there is to do."""
    options |= {"expires": EXPIRES_SECONDS, "time_limit": limit}
    return {"task": task, "schedule": crontab(hour=hours) if hours else 60.0, "options": options}


def schedule_daily(task: str, hour: int, minute: int) -> dict[str, Any]:
    """A daily task; if no worker is running, it waits for one."""
    return {"task": task, "schedule": crontab(hour=hour, minute=minute), "options": {"time_limit": DAILY_LIMIT}}


SCHEDULE: dict[str, dict[str, Any]] = {
    "carry out the steps that wait": every_minute("casework.tasks.carry_out_steps"),
    "send the outbox": every_minute("casework.tasks.send_outbox", limit=MAIL_LIMIT, queue=MAIL_QUEUE),
    "send the text messages": every_minute("casework.tasks.send_texts"),
    "store the letters": every_minute("casework.tasks.store_letters"),
    "make the exports": every_minute("casework.tasks.make_exports"),
    "go on with runs of deciding again": every_minute("renewals.tasks.resume"),
    "learn ways to ask": every_minute("helpdesk.tasks.learn_ways_to_ask"),
    "collect the mail": every_minute("helpdesk.tasks.collect_mail"),
    "close the days of visits": schedule_daily("helpdesk.tasks.close_days", 0, 20),
    "remove old questions": schedule_daily("helpdesk.tasks.remove_old_questions", 4, 15),
    "tidy the mailbox": schedule_daily("helpdesk.tasks.tidy_mailbox", 4, 30),
    "hand in the month of the help desk": schedule_daily("helpdesk.tasks.deliver_helpdesk_month", 5, 0),
    "go on with lists of vehicles": every_minute("exemptions.tasks.go_on_with_fleets"),
    "refresh the fleets": every_minute("exemptions.tasks.refresh_fleets", hours="1-5"),
    "drop old lists of vehicles": schedule_daily("exemptions.tasks.drop_old_fleet_lists", 3, 10),
    "compare with the register": schedule_daily("exemptions.tasks.compare_with_register", 6, 0),
    "remind": schedule_daily("exemptions.tasks.remind", 7, 0),
    "refresh the followed plates": every_minute("watches.tasks.refresh_watches", hours="1-6"),
    "tell whose access ends": schedule_daily("watches.tasks.announce_ends", 7, 30),
    "drop watches that nobody confirmed": schedule_daily("watches.tasks.drop_watches", 3, 35),
    "remind of objections": schedule_daily("objections.tasks.remind", 7, 15),
    "drop what programs no longer need": schedule_daily("enforcement.tasks.drop_expired", 3, 40),
    "drop old questions of programs": schedule_daily("enforcement.tasks.drop_old_questions", 3, 55),
    "drop old drafts of objections": schedule_daily("objections.tasks.drop_old_drafts", 3, 15),
    "remind of missing returns": schedule_daily("reporting.tasks.remind_of_returns", 7, 45),
    "drop old uploads of returns": schedule_daily("reporting.tasks.drop_old_uploads", 3, 45),
    "drop old sessions": schedule_daily("accounts.tasks.drop_old_sessions", 3, 20),
    "drop accounts that nobody confirmed": schedule_daily("accounts.tasks.drop_unconfirmed_accounts", 3, 25),
    "drop old drafts": schedule_daily("exemptions.tasks.drop_old_drafts", 3, 0),
    "sweep removed files": schedule_daily("casework.tasks.sweep_files", 3, 30),
    "drop old exports": schedule_daily("casework.tasks.drop_old_exports", 4, 0),
    "count the conversations": schedule_daily("helpdesk.tasks.count_conversations", 4, 45),
    "look at the frequent questions": schedule_daily("helpdesk.tasks.look_at_topics", 0, 15),
    "measure the lead times": schedule_daily("helpdesk.tasks.measure_lead_times", 4, 35),
    "drop old requests for advice": schedule_daily("helpdesk.tasks.drop_old_advice_requests", 3, 50),
}
