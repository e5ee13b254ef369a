"""Does the money add up? Questions to the ledger whose only good answer is no row at all."""

from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True)
class Finding:
    """Something that must not be: which rule, which row, and by how much."""

    rule: str
    subject: str
    detail: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.subject} ({self.detail})"


QUESTIONS: dict[str, str] = {
    "a transaction does not balance": """
        SELECT t.idempotency_key, 'out by ' || sum(p.amount_cents) || ' cents'
          FROM ledger_transaction t JOIN ledger_posting p ON p.transaction_id = t.id
         GROUP BY t.id HAVING sum(p.amount_cents) <> 0
    """,
    "a transaction has fewer than two postings": """
        SELECT t.idempotency_key, count(p.id) || ' posting(s)'
          FROM ledger_transaction t LEFT JOIN ledger_posting p ON p.transaction_id = t.id
         GROUP BY t.id HAVING count(p.id) < 2
    """,
    "a transaction mixes currencies": """
        SELECT t.idempotency_key, string_agg(DISTINCT a.currency, ', ')
          FROM ledger_transaction t
          JOIN ledger_posting p ON p.transaction_id = t.id
          JOIN ledger_account a ON a.id = p.account_id
         GROUP BY t.id HAVING count(DISTINCT a.currency) > 1
    """,
    "a transaction was altered": """
        SELECT t.idempotency_key, 'its digest no longer matches'
          FROM ledger_transaction t
          JOIN ledger_posting p ON p.transaction_id = t.id
          JOIN ledger_account a ON a.id = p.account_id
         GROUP BY t.id
        HAVING t.content_sha256 <> ledger_digest(t.kind, t.subject, array_agg(a.code), array_agg(p.amount_cents))
    """,
    "a running balance differs from its postings": """
        SELECT a.code, coalesce(b.balance_cents, 0) || ' instead of ' || sum(
                   CASE a.normal_side WHEN 'D' THEN p.amount_cents ELSE -p.amount_cents END)
          FROM ledger_account a
          JOIN ledger_posting p ON p.account_id = a.id
          LEFT JOIN ledger_balance b ON b.account_id = a.id
         WHERE NOT a.may_overdraw
         GROUP BY a.id, b.balance_cents
        HAVING coalesce(b.balance_cents, 0)
               <> sum(CASE a.normal_side WHEN 'D' THEN p.amount_cents ELSE -p.amount_cents END)
    """,
    "an account is overdrawn": """
        SELECT a.code, b.balance_cents || ' cents'
          FROM ledger_account a JOIN ledger_balance b ON b.account_id = a.id
         WHERE NOT a.may_overdraw AND b.balance_cents < 0
    """,
    "a running balance has no posting, or an account that is only summed has one": """
        SELECT a.code, b.balance_cents || ' cents'
          FROM ledger_account a JOIN ledger_balance b ON b.account_id = a.id
         WHERE a.may_overdraw OR NOT EXISTS (SELECT FROM ledger_posting p WHERE p.account_id = a.id)
    """,
    "a hold differs from its ledger account": """
        SELECT 'escrow:payment:' || h.payment_id,
               coalesce(b.balance_cents, 0) || ' instead of '
               || (h.amount_cents - h.released_cents - h.refunded_cents)
          FROM payments_escrowhold h
          LEFT JOIN ledger_account a ON a.code = 'escrow:payment:' || h.payment_id
          LEFT JOIN ledger_balance b ON b.account_id = a.id
         WHERE coalesce(b.balance_cents, 0) <> h.amount_cents - h.released_cents - h.refunded_cents
    """,
    "money is held without a hold": """
        SELECT a.code, p.amount_cents || ' cents'
          FROM ledger_account a JOIN ledger_posting p ON p.account_id = a.id
         WHERE a.code LIKE 'escrow:payment:%'
           AND NOT EXISTS (SELECT FROM payments_escrowhold h WHERE a.code = 'escrow:payment:' || h.payment_id)
    """,
    "a received payment has no hold": """
        SELECT 'payment:' || y.id, y.state
          FROM payments_payment y
         WHERE y.state = 'received' AND NOT EXISTS (SELECT FROM payments_escrowhold h WHERE h.payment_id = y.id)
    """,
    "an earning differs from its release": """
        SELECT 'payment:' || h.payment_id,
               (e.net_cents - e.recouped_cents) || ' instead of ' || coalesce(-sum(p.amount_cents), 0)
          FROM payments_earning e
          JOIN payments_escrowhold h ON h.id = e.hold_id
          LEFT JOIN ledger_transaction t ON t.subject = 'payment:' || h.payment_id
               AND t.kind IN ('release', 'commission_adjust')
          LEFT JOIN ledger_account a ON a.code = 'expert:' || e.expert_id || ':payable'
          LEFT JOIN ledger_posting p ON p.transaction_id = t.id AND p.account_id = a.id
         GROUP BY e.id, h.id
        HAVING e.net_cents - e.recouped_cents <> coalesce(-sum(p.amount_cents), 0)
            OR e.gross_cents <> h.released_cents
    """,
    "refunds under way differ from their ledger account": """
        SELECT 'refund:payment:' || h.payment_id,
               coalesce(b.balance_cents, 0) || ' instead of ' || sum(
                   CASE WHEN r.state = 'succeeded' THEN 0 ELSE r.amount_cents END)
          FROM payments_refund r
          JOIN payments_escrowhold h ON h.id = r.hold_id
          LEFT JOIN ledger_account a ON a.code = 'refund:payment:' || h.payment_id
          LEFT JOIN ledger_balance b ON b.account_id = a.id
         GROUP BY h.payment_id, b.balance_cents
        HAVING coalesce(b.balance_cents, 0) <> sum(CASE WHEN r.state = 'succeeded' THEN 0 ELSE r.amount_cents END)
    """,
    "a hold's refunds differ from what it gave back": """
        SELECT 'payment:' || h.payment_id, coalesce(sum(r.amount_cents), 0) || ' instead of '
               || (h.refunded_cents + h.clawed_back_cents)
          FROM payments_escrowhold h LEFT JOIN payments_refund r ON r.hold_id = h.id
         GROUP BY h.id HAVING coalesce(sum(r.amount_cents), 0) <> h.refunded_cents + h.clawed_back_cents
    """,
    "withdrawals under way differ from their ledger account": """
        SELECT a.code, b.balance_cents || ' instead of ' || coalesce(w.total, 0)
          FROM ledger_account a
          JOIN ledger_balance b ON b.account_id = a.id
          LEFT JOIN (SELECT expert_id, sum(amount_cents) AS total FROM payments_withdrawal
                      WHERE state IN ('requested', 'sent') GROUP BY expert_id) w
            ON a.code = 'expert:' || w.expert_id || ':withdrawal'
         WHERE a.code LIKE 'expert:%:withdrawal' AND b.balance_cents <> coalesce(w.total, 0)
    """,
    "a withdrawal is not in the ledger": """
        SELECT 'withdrawal:' || w.id, w.state FROM payments_withdrawal w
         WHERE NOT EXISTS (SELECT FROM ledger_transaction t
                            WHERE t.idempotency_key = 'withdrawal:' || w.id || ':requested')
            OR (w.state = 'paid' AND NOT EXISTS (SELECT FROM ledger_transaction t
                            WHERE t.idempotency_key = 'withdrawal:' || w.id || ':paid'))
            OR (w.state = 'failed' AND NOT EXISTS (SELECT FROM ledger_transaction t
                            WHERE t.idempotency_key = 'withdrawal:' || w.id || ':failed'))
    """,
    "an expert's account at the provider differs from its transfers and payouts": """
        SELECT 'expert:' || e.expert_id, e.total || ' instead of ' || (coalesce(b.balance_cents, 0) + coalesce(w.total, 0))
          FROM (SELECT expert_id, sum(transferred_cents) AS total FROM payments_earning GROUP BY expert_id) e
          LEFT JOIN (SELECT expert_id, sum(amount_cents) AS total FROM payments_withdrawal
                      WHERE state = 'paid' AND rail = 'connect' GROUP BY expert_id) w USING (expert_id)
          LEFT JOIN ledger_account a ON a.code = 'psp:stripe:connect:' || e.expert_id
          LEFT JOIN ledger_balance b ON b.account_id = a.id
         WHERE e.total > 0 AND e.total <> coalesce(b.balance_cents, 0) + coalesce(w.total, 0)
    """,
    "what is set aside for chargebacks differs from its ledger account": """
        SELECT a.code, b.balance_cents || ' instead of ' || coalesce(c.total, 0)
          FROM ledger_account a
          JOIN ledger_balance b ON b.account_id = a.id
          LEFT JOIN (SELECT y.payee_id, sum(c.held_cents) AS total
                       FROM payments_chargeback c JOIN payments_payment y ON y.id = c.payment_id
                      WHERE c.state IN ('inquiry', 'open') GROUP BY y.payee_id) c
            ON a.code = 'expert:' || c.payee_id || ':hold'
         WHERE a.code LIKE 'expert:%:hold' AND b.balance_cents <> coalesce(c.total, 0)
    """,
}


def audit() -> list[Finding]:
    """Ask every question of the books. Empty when all is well. Each looks at one consistent moment."""
    with connection.cursor() as cursor:
        found: list[Finding] = []
        for rule, question in QUESTIONS.items():
            cursor.execute(question)
            found += [Finding(rule, *row) for row in cursor.fetchall()]
        return found
