"""`manage.py audit_ledger`: do the books add up?"""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from payments import ledger
from payments.models import LedgerPosting, LedgerTransaction


class Command(BaseCommand):
    help = "Check the ledger: prints each finding and exits with 1, or says that it is clean."

    def handle(self, *args: Any, **options: Any) -> None:
        findings = ledger.audit()
        for finding in findings:
            self.stderr.write(str(finding))
        if findings:
            sys.exit(1)
        self.stdout.write(
            f"ledger clean: {LedgerTransaction.objects.count()} transactions, {LedgerPosting.objects.count()} postings"
        )
