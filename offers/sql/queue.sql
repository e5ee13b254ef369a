-- An offer that takes few orders at a time is not available while they wait for their work.

-- Orders come after offers: their table is looked at only where an offer has a limit.
CREATE OR REPLACE FUNCTION offers_is_full(wanted bigint, most int) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF most IS NULL THEN
        RETURN false;
    END IF;
    RETURN most <= (SELECT count(*) FROM orders_order r WHERE r.offer_id = wanted AND r.state IN ('pending_payment', 'active'));
END $$;

-- Write the rows of these offers again: those on sale get one, the others lose theirs. NULL means all offers.
CREATE OR REPLACE FUNCTION offers_refresh(wanted bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO offers_searchentry AS kept (offer_id, category_id, kind, price_cents, delivery_days, stars,
        rating_count, available, languages, score, published_at, vector)
    SELECT o.id, o.category_id, o.kind, o.price_cents, o.delivery_days,
        CASE WHEN o.rating_count > 0 THEN (o.rating_sum + 20) * 100 / (o.rating_count + 5) ELSE 0 END,
        o.rating_count,
        coalesce(to_jsonb(p) ->> 'availability', 'open') <> 'closed' AND NOT EXISTS (
            SELECT 1 FROM accounts_timeoff t WHERE t.expert_id = o.expert_id
            AND (now() AT TIME ZONE 'Europe/Paris')::date BETWEEN t.starts_on AND t.ends_on)
            AND NOT offers_is_full(o.id, o.queue_limit),
        p.languages,
        r.orders + r.reviews + r.completeness + r.replies + r.freshness,
        coalesce(o.published_at, o.created_at),
        setweight(to_tsvector('french_unaccent', o.title) || to_tsvector('english_unaccent', o.title), 'A')
            || setweight(to_tsvector('french_unaccent', k.words) || to_tsvector('english_unaccent', k.words), 'B')
            || setweight(to_tsvector('french_unaccent', c.name_fr) || to_tsvector('english_unaccent', c.name_en), 'D')
    FROM offers_offer o
    JOIN accounts_user u ON u.id = o.expert_id AND u.is_active
    JOIN accounts_expertprofile p ON p.user_id = o.expert_id AND p.status = 'approved' AND p.barred_since IS NULL
    JOIN offers_category c ON c.id = o.category_id
    JOIN offers_ranking(wanted) r ON r.offer_id = o.id
    CROSS JOIN LATERAL (SELECT array_to_string(o.keywords, ' ') AS words) k
    WHERE o.status = 'published' AND (wanted IS NULL OR o.id = ANY (wanted))
    ON CONFLICT (offer_id) DO UPDATE SET
        category_id = excluded.category_id, kind = excluded.kind, price_cents = excluded.price_cents,
        delivery_days = excluded.delivery_days, stars = excluded.stars, rating_count = excluded.rating_count,
        available = excluded.available, languages = excluded.languages, score = excluded.score,
        published_at = excluded.published_at, vector = excluded.vector
    WHERE (kept.category_id, kept.kind, kept.price_cents, kept.delivery_days, kept.stars, kept.rating_count,
        kept.available, kept.languages, kept.score, kept.published_at, kept.vector)
        IS DISTINCT FROM (excluded.category_id, excluded.kind, excluded.price_cents, excluded.delivery_days,
        excluded.stars, excluded.rating_count, excluded.available, excluded.languages, excluded.score,
        excluded.published_at, excluded.vector);

    DELETE FROM offers_searchentry e USING offers_offer o, accounts_user u, accounts_expertprofile p
    WHERE (wanted IS NULL OR e.offer_id = ANY (wanted)) AND o.id = e.offer_id AND u.id = o.expert_id
    AND p.user_id = u.id AND NOT (o.status = 'published' AND u.is_active AND p.status = 'approved' AND p.barred_since IS NULL);
END $$;
