"""Work that does not wait for a visitor: its queues, which tasks go where, and what runs when."""

import re

from celery.schedules import crontab
from kombu import Queue

CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_QUEUES = [Queue(name, routing_key=name) for name in ("money", "notices", "default", "slow")]
"""By urgency. A worker takes them all unless it is told which (`--queues`)."""
CELERY_TASK_ROUTES = [
    [
        (
            re.compile(
                r"orders\.(outbox\.write_deed|tasks\.write_deeds)|messaging\.outbox\.preview|offers\."
                r"|accounts\.tasks\.|marketplace\.tasks\.|payments\.reporting\."
                r"|payments\.tasks\.(audit_ledger|make_exports|dispatch_invoices|tell_of_the_year|ask_for_tax_details)"
                r"|messaging\.tasks\.measure_replies"
            ),
            {"queue": "slow"},
        ),
        (
            re.compile(r"messaging\.|orders\.outbox\.announce|orders\.tasks\.announce_forgotten"),
            {"queue": "notices"},
        ),
        (re.compile(r"payments\.|orders\.|missions\.|disputes\."), {"queue": "money"}),
    ]
]
"""The first that fits. Deadlines of orders and disputes move money: no heap of mails or pictures may delay them."""
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_TIME_LIMIT = 300
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {
    "expire quotes": {"task": "missions.tasks.expire_quotes", "schedule": 60},
    "keep the dates of missions": {"task": "missions.tasks.sweep_missions", "schedule": 60},
    "watch silent missions": {"task": "missions.tasks.watch_missions", "schedule": 3600},
    "expire unpaid orders": {"task": "orders.tasks.expire_unpaid", "schedule": 60},
    "cancel orders never started": {
        "task": "orders.tasks.cancel_not_started",
        "schedule": 60,
    },
    "end pauses whose time ran out": {"task": "orders.tasks.end_pauses", "schedule": 60},
    "answer for experts silent on a revision": {
        "task": "orders.tasks.answer_revisions",
        "schedule": 60,
    },
    "accept deliveries left unanswered": {
        "task": "orders.tasks.accept_unanswered",
        "schedule": 60,
    },
    "publish reviews": {"task": "orders.tasks.publish_reviews", "schedule": 60},
    "answer requests left unanswered": {
        "task": "orders.tasks.expire_requests",
        "schedule": 60,
    },
    "make deeds a lost queue forgot": {"task": "orders.tasks.write_deeds", "schedule": 60},
    "end extras left unpaid": {"task": "orders.tasks.expire_extras", "schedule": 60},
    "remind": {"task": "orders.tasks.remind", "schedule": 60},
    "issue missing invoices": {"task": "payments.tasks.issue_missing_invoices", "schedule": 600},
    "pay back unanswered questions": {"task": "orders.tasks.refund_unanswered", "schedule": 60},
    "add up the figures of the days": {
        "task": "marketplace.tasks.keep_figures",
        "schedule": crontab(minute=20),
    },
    "keep custom requests": {"task": "orders.tasks.keep_requests", "schedule": 60},
    "remind of calls": {"task": "orders.tasks.remind_of_calls", "schedule": 60},
    "answer proposed times left unanswered": {"task": "orders.tasks.expire_moves", "schedule": 60},
    "settle absences nobody contested": {"task": "orders.tasks.settle_absences", "schedule": 60},
    "remind of certificates": {
        "task": "accounts.tasks.remind_of_certificates",
        "schedule": crontab(hour=6, minute=40),
    },
    "announce events a lost queue forgot": {
        "task": "orders.tasks.announce_forgotten",
        "schedule": 60,
    },
    "read payment events again": {"task": "payments.tasks.sweep_inbox", "schedule": 60},
    "tell of payments again": {"task": "payments.tasks.sweep_facts", "schedule": 60},
    "ask the gateway again": {"task": "payments.tasks.sweep_calls", "schedule": 60},
    "bring experts' accounts up to date": {"task": "payments.tasks.sweep_transfers", "schedule": 60},
    "send withdrawals": {"task": "payments.tasks.sweep_withdrawals", "schedule": 60},
    "pay out forgotten balances": {
        "task": "payments.tasks.pay_out_forgotten",
        "schedule": crontab(hour=4, minute=10),
    },
    "make exports of the books": {"task": "payments.tasks.make_exports", "schedule": 300},
    "take invoices to the platform": {
        "task": "payments.tasks.dispatch_invoices",
        "schedule": 300,
    },
    "tell of the year that is over": {
        "task": "payments.tasks.tell_of_the_year",
        "schedule": crontab(hour=8, minute=20, day_of_month="2-31", month_of_year=1),
    },
    "ask for tax details": {
        "task": "payments.tasks.ask_for_tax_details",
        "schedule": crontab(hour=9, minute=10, day_of_week=1),
    },
    "send refunds again": {"task": "payments.tasks.sweep_refunds", "schedule": 60},
    "send daily mails": {"task": "messaging.tasks.send_digests", "schedule": 600},
    "keep disputes moving": {"task": "disputes.tasks.keep_disputes", "schedule": 300},
    "measure how fast experts answer": {
        "task": "messaging.tasks.measure_replies",
        "schedule": crontab(hour=1, minute=40),
    },
    "announce new terms": {"task": "messaging.tasks.announce_changes", "schedule": 300},
    "send mail again": {"task": "messaging.tasks.sweep_mail", "schedule": 60},
    "audit the ledger": {
        "task": "payments.tasks.audit_ledger",
        "schedule": crontab(hour=2, minute=30),
    },
    "work out the places of offers again": {
        "task": "offers.tasks.refresh_places",
        "schedule": crontab(hour=0, minute=10),
    },
    "make sizes of pictures a lost queue forgot": {"task": "offers.tasks.render_forgotten", "schedule": 300},
    "count the words of offers": {"task": "offers.tasks.count_terms", "schedule": crontab(hour=2, minute=50)},
    "make copies of data a lost queue forgot": {"task": "marketplace.tasks.build_copies", "schedule": 300},
    "close accounts": {"task": "marketplace.tasks.close_accounts", "schedule": crontab(minute=20)},
    "forget what was kept long enough": {
        "task": "marketplace.tasks.forget",
        "schedule": crontab(hour=3, minute=40),
    },
    "tell what is new for saved searches": {
        "task": "offers.tasks.mail_saved_searches",
        "schedule": crontab(minute=40),
    },
    "remind of recommendations": {
        "task": "accounts.tasks.remind_of_recommendations",
        "schedule": crontab(minute=20),
    },
    "let a day pass over the documents": {
        "task": "accounts.tasks.sweep_documents",
        "schedule": crontab(hour="0-23/6", minute=5),
    },
    "move applications on": {"task": "accounts.tasks.sweep_applications", "schedule": 300},
    "begin and end suspensions": {"task": "accounts.tasks.sweep_suspensions", "schedule": 300},
    "watch over refusals": {
        "task": "marketplace.tasks.watch_refusals",
        "schedule": crontab(hour=6, minute=20),
    },
    "forget old sessions": {
        "task": "accounts.tasks.forget_old_sessions",
        "schedule": crontab(hour=3, minute=15),
    },
}

CELERY_BEAT_SCHEDULER = "marketplace.beat.LeaderScheduler"
"""Any number of beats may run: one leads, and another takes its place when it dies."""
