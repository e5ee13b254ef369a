"""The rules of the ledger that PostgreSQL enforces, whoever writes.

- every transaction balances, in one currency, with at least two postings (checked at the commit);
- a recorded transaction is closed: postings join it only inside the database transaction that created it;
- transactions and postings are never updated, deleted or truncated, accounts never change their nature;
- accounts that may not overdraw keep a running balance that only a trigger writes, and that never passes zero;
- `ledger_post` records a whole movement in one round trip, once per key.
"""

from django.db import migrations

CLOSED = """
ALTER TABLE ledger_transaction ADD COLUMN xact xid8 NOT NULL DEFAULT pg_current_xact_id();
"""

BALANCED = """
CREATE FUNCTION ledger_check_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    checked bigint;
    legs bigint;
    total numeric;
    currencies bigint;
BEGIN
    IF TG_TABLE_NAME = 'ledger_transaction' THEN
        checked := NEW.id;
    ELSE
        checked := NEW.transaction_id;
    END IF;
    SELECT count(*), coalesce(sum(p.amount_cents), 0), count(DISTINCT a.currency)
      INTO legs, total, currencies
      FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
     WHERE p.transaction_id = checked;
    IF legs < 2 THEN
        RAISE EXCEPTION 'ledger transaction % has % posting(s), at least two are needed', checked, legs
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_two_postings';
    ELSIF total <> 0 THEN
        RAISE EXCEPTION 'ledger transaction % is out of balance by % cents', checked, total
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_balanced';
    ELSIF currencies <> 1 THEN
        RAISE EXCEPTION 'ledger transaction % mixes currencies', checked
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_one_currency';
    END IF;
    RETURN NULL;
END $$;

-- The first catches transactions without postings, the second those that a later posting would tip over.
CREATE CONSTRAINT TRIGGER ledger_transaction_balanced AFTER INSERT ON ledger_transaction
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_check_balanced();
CREATE CONSTRAINT TRIGGER ledger_posting_balanced AFTER INSERT ON ledger_posting
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_check_balanced();
"""

APPEND_ONLY = """
CREATE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- The one way through is for tests, which empty the tables between two of them.
    IF TG_OP = 'TRUNCATE' AND current_setting('ledger.allow_truncate', true) = 'on' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'the ledger is append-only: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER ledger_transaction_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_transaction
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_posting_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_posting
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_account_kept BEFORE DELETE OR TRUNCATE ON ledger_account
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_balance_kept BEFORE DELETE OR TRUNCATE ON ledger_balance
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();

CREATE FUNCTION ledger_keep_account_nature() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.id, OLD.code, OLD.kind, OLD.may_overdraw, OLD.currency)
       IS DISTINCT FROM (NEW.id, NEW.code, NEW.kind, NEW.may_overdraw, NEW.currency) THEN
        RAISE EXCEPTION 'ledger account % keeps its code, kind, limit and currency', OLD.code
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER ledger_account_nature BEFORE UPDATE ON ledger_account
    FOR EACH ROW EXECUTE FUNCTION ledger_keep_account_nature();
"""

RUNNING_BALANCES = """
CREATE FUNCTION ledger_apply_postings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM added p JOIN ledger_transaction t ON t.id = p.transaction_id
         WHERE t.xact <> pg_current_xact_id()
    ) THEN
        RAISE EXCEPTION 'a recorded ledger transaction is closed' USING ERRCODE = 'insufficient_privilege';
    END IF;
    -- In the order of accounts, so that two movements never wait for each other.
    INSERT INTO ledger_balance AS b (account_id, balance_cents)
    SELECT a.id, sum(CASE a.normal_side WHEN 'D' THEN p.amount_cents ELSE -p.amount_cents END)
      FROM added p JOIN ledger_account a ON a.id = p.account_id
     WHERE NOT a.may_overdraw
     GROUP BY a.id
     ORDER BY a.id
    ON CONFLICT (account_id) DO UPDATE SET balance_cents = b.balance_cents + EXCLUDED.balance_cents;
    RETURN NULL;
END $$;

CREATE TRIGGER ledger_posting_applied AFTER INSERT ON ledger_posting
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger_apply_postings();

CREATE FUNCTION ledger_guard_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'ledger balances follow the postings, they are not written'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER ledger_balance_written_by_trigger BEFORE INSERT OR UPDATE ON ledger_balance
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_guard_balance();

CREATE FUNCTION ledger_refuse_overdraft() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'ledger account % would stand at % cents', NEW.account_id, NEW.balance_cents
        USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_no_overdraft';
END $$;

-- After the row, not a CHECK: the figure proposed to ON CONFLICT is a difference and may well be negative.
CREATE TRIGGER ledger_balance_no_overdraft AFTER INSERT OR UPDATE ON ledger_balance
    FOR EACH ROW WHEN (NEW.balance_cents < 0) EXECUTE FUNCTION ledger_refuse_overdraft();
"""

POST = """
CREATE FUNCTION ledger_digest(kind text, subject text, codes text[], amounts bigint[]) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT encode(sha256(convert_to(
        kind || E'\\n' || subject || E'\\n'
        || (SELECT string_agg(l.code || ' ' || l.amount, E'\\n' ORDER BY l.code COLLATE "C", l.amount)
              FROM unnest(codes, amounts) AS l(code, amount)),
        'UTF8')), 'hex')
$$;

CREATE FUNCTION ledger_post(
    p_key text, p_kind text, p_subject text, p_occurred_at timestamptz, p_source jsonb, p_reverses bigint,
    p_codes text[], p_amounts bigint[], p_kinds text[], p_pcg_codes text[], p_may_overdraw boolean[]
) RETURNS TABLE (transaction_id bigint, is_new boolean, is_same boolean) LANGUAGE plpgsql AS $$
DECLARE
    digest text := ledger_digest(p_kind, p_subject, p_codes, p_amounts);
    recorded bigint;
BEGIN
    INSERT INTO ledger_transaction
           (idempotency_key, content_sha256, kind, subject, occurred_at, recorded_at, reverses_id, source)
    VALUES (p_key, digest, p_kind, p_subject, p_occurred_at, clock_timestamp(), p_reverses, p_source)
    ON CONFLICT (idempotency_key) DO NOTHING RETURNING id INTO recorded;
    IF recorded IS NULL THEN
        RETURN QUERY SELECT t.id, false, t.content_sha256 = digest
                       FROM ledger_transaction t WHERE t.idempotency_key = p_key;
        RETURN;
    END IF;
    INSERT INTO ledger_account (code, kind, pcg_code, may_overdraw, currency)
    SELECT DISTINCT ON (l.code) l.code, l.kind, l.pcg_code, l.may_overdraw, 'EUR'
      FROM unnest(p_codes, p_kinds, p_pcg_codes, p_may_overdraw) AS l(code, kind, pcg_code, may_overdraw)
     WHERE NOT EXISTS (SELECT FROM ledger_account a WHERE a.code = l.code)
     ORDER BY l.code
    ON CONFLICT (code) DO NOTHING;
    INSERT INTO ledger_posting (transaction_id, account_id, amount_cents)
    SELECT recorded, a.id, l.amount
      FROM unnest(p_codes, p_amounts) AS l(code, amount) JOIN ledger_account a ON a.code = l.code
     ORDER BY a.id;
    RETURN QUERY SELECT recorded, true, true;
END $$;
"""

UNDO = """
DROP FUNCTION ledger_post(text, text, text, timestamptz, jsonb, bigint, text[], bigint[], text[], text[], boolean[]);
DROP FUNCTION ledger_digest(text, text, text[], bigint[]);
DROP FUNCTION ledger_check_balanced() CASCADE;
DROP FUNCTION ledger_refuse_change() CASCADE;
DROP FUNCTION ledger_keep_account_nature() CASCADE;
DROP FUNCTION ledger_apply_postings() CASCADE;
DROP FUNCTION ledger_guard_balance() CASCADE;
DROP FUNCTION ledger_refuse_overdraft() CASCADE;
ALTER TABLE ledger_transaction DROP COLUMN xact;
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_release")]

    operations = [
        migrations.RunSQL(
            sql=[CLOSED, BALANCED, APPEND_ONLY, RUNNING_BALANCES, POST],
            reverse_sql=[UNDO],
        ),
    ]
