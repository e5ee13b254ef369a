-- Films count for completeness, and experts whose documents lapsed leave lists with their offers the same day.

-- The place of an offer in lists, a part a column. The five add up to 1,000 at most.
--   orders: completed ones, less and less each: 100 give the full 350
--   reviews: the mean pulled towards four stars while they are few; until an expert's first review, recommendations,
--            five at most, up to 175
--   completeness: picture 40, three keywords 20, frequent questions 20, list of what is received 10, film 10
--   replies: how fast the expert usually answers
--   freshness: the first two months on sale
CREATE OR REPLACE FUNCTION offers_ranking(wanted bigint[])
RETURNS TABLE (offer_id bigint, orders int, reviews int, completeness int, replies int, freshness int)
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN QUERY
    SELECT o.id,
        round(350 * least(1, ln(1 + o.completed_count) / ln(101)))::int,
        CASE
            WHEN o.rating_count > 0
                THEN round(350 * greatest(0, ((o.rating_sum + 20.0) / (o.rating_count + 5) - 3) / 2))::int
            WHEN p.rating_count = 0
                THEN 35 * least(5, coalesce((to_jsonb(p) ->> 'recommendation_count')::int, 0))
            ELSE 0
        END,
        (CASE WHEN o.cover <> '' THEN 40 ELSE 0 END) + (CASE WHEN cardinality(o.keywords) >= 3 THEN 20 ELSE 0 END)
            + (CASE WHEN o.faq <> '[]' THEN 20 ELSE 0 END) + (CASE WHEN cardinality(o.includes) > 0 THEN 10 ELSE 0 END)
            + (CASE WHEN o.video_url <> '' OR EXISTS (SELECT 1 FROM offers_offerfilm f WHERE f.offer_id = o.id) THEN 10 ELSE 0 END),
        CASE
            WHEN p.usual_reply_minutes IS NULL THEN 30
            WHEN p.usual_reply_minutes <= 120 THEN 100
            WHEN p.usual_reply_minutes <= 480 THEN 70
            WHEN p.usual_reply_minutes <= 1440 THEN 40
            ELSE 0
        END,
        greatest(0, least(100, round(100 * (1 - extract(epoch FROM now() - coalesce(o.published_at, now())) / 5184000))))::int
    FROM offers_offer o
    JOIN accounts_expertprofile p ON p.user_id = o.expert_id
    WHERE wanted IS NULL OR o.id = ANY (wanted);
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
            AND (now() AT TIME ZONE 'Europe/Paris')::date BETWEEN t.starts_on AND t.ends_on),
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

SELECT offers_refresh(NULL);
