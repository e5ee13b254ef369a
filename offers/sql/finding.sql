-- Offers on sale as lists read them, written in the transaction of the act that changed them.

CREATE TEXT SEARCH CONFIGURATION english_unaccent (COPY = english);
ALTER TEXT SEARCH CONFIGURATION english_unaccent
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;

-- Lower case, without accents; immutable, so that it may be kept and compared.
CREATE FUNCTION offers_folded(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT lower(public.unaccent('public.unaccent', said))
$$;

-- The place of an offer in lists, a part a column. The five add up to 1,000 at most.
--   orders: completed ones, less and less each: 100 give the full 350
--   reviews: the mean pulled towards four stars while they are few; until an expert's first review, recommendations,
--            five at most, up to 175
--   completeness: picture 40, three keywords 20, frequent questions 20, list of what is received 10, video 10
--   replies: how fast the expert usually answers
--   freshness: the first two months on sale
CREATE FUNCTION offers_ranking(wanted bigint[])
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
            + (CASE WHEN o.video_url <> '' THEN 10 ELSE 0 END),
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
CREATE FUNCTION offers_refresh(wanted bigint[]) RETURNS void LANGUAGE plpgsql AS $$
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
    JOIN accounts_expertprofile p ON p.user_id = o.expert_id AND p.status = 'approved'
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
    AND p.user_id = u.id AND NOT (o.status = 'published' AND u.is_active AND p.status = 'approved');
END $$;

-- The words of these offers join the lexicon; NULL means all offers.
CREATE FUNCTION offers_learn(wanted bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO offers_term (folded, text, is_phrase, uses)
    SELECT DISTINCT ON (offers_folded(said.word)) left(offers_folded(said.word), 40), left(said.word, 40), said.is_phrase, 1
    FROM offers_offer o
    CROSS JOIN LATERAL (
        SELECT lower(word) AS word, false AS is_phrase
        FROM regexp_split_to_table(o.title || ' ' || array_to_string(o.keywords, ' '), '[^[:alnum:]]+') AS word
        WHERE char_length(word) BETWEEN 3 AND 30 AND word !~ '[0-9]'
        UNION ALL
        SELECT lower(btrim(word)), true FROM unnest(o.keywords) AS word WHERE char_length(btrim(word)) BETWEEN 3 AND 30
    ) AS said
    WHERE o.status = 'published' AND (wanted IS NULL OR o.id = ANY (wanted))
    ORDER BY offers_folded(said.word), said.is_phrase DESC
    ON CONFLICT (folded) DO NOTHING;
END $$;

-- How many offers on sale hold each word; run by night. Returns how many counts changed.
CREATE FUNCTION offers_count_terms() RETURNS bigint LANGUAGE sql AS $$
    WITH held AS (
        SELECT left(offers_folded(word), 40) AS folded, count(*) AS n
        FROM offers_searchentry e JOIN offers_offer o ON o.id = e.offer_id
        CROSS JOIN LATERAL (
            SELECT DISTINCT lower(word) AS word
            FROM regexp_split_to_table(o.title || ' ' || array_to_string(o.keywords, ' '), '[^[:alnum:]]+') AS word
            UNION SELECT lower(btrim(word)) FROM unnest(o.keywords) AS word
        ) AS said
        GROUP BY 1
    ), changed AS (
        UPDATE offers_term t SET uses = coalesce(held.n, 0)
        FROM offers_term old LEFT JOIN held ON held.folded = old.folded
        WHERE old.folded = t.folded AND t.uses IS DISTINCT FROM coalesce(held.n, 0)
        RETURNING 1
    )
    SELECT count(*) FROM changed
$$;

CREATE FUNCTION offers_written() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched bigint[] := (SELECT array_agg(id) FROM written);
BEGIN
    IF touched IS NOT NULL THEN
        PERFORM offers_refresh(touched);
        PERFORM offers_learn(touched);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER offers_inserted_found AFTER INSERT ON offers_offer
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION offers_written();
CREATE TRIGGER offers_updated_found AFTER UPDATE ON offers_offer
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION offers_written();

-- Experts: admitted or suspended, open or closed, away or back.
CREATE FUNCTION offers_expert_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    who bigint;
    touched bigint[];
BEGIN
    who := (to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END) ->> TG_ARGV[0])::bigint;
    touched := (SELECT array_agg(id) FROM offers_offer WHERE expert_id = who AND status = 'published');
    IF touched IS NOT NULL THEN
        PERFORM offers_refresh(touched);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER offers_profile_changed AFTER UPDATE ON accounts_expertprofile
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION offers_expert_changed('user_id');
CREATE TRIGGER offers_account_changed AFTER UPDATE ON accounts_user
    FOR EACH ROW WHEN (OLD.is_active IS DISTINCT FROM NEW.is_active) EXECUTE FUNCTION offers_expert_changed('id');
CREATE TRIGGER offers_time_off_changed AFTER INSERT OR UPDATE OR DELETE ON accounts_timeoff
    FOR EACH ROW EXECUTE FUNCTION offers_expert_changed('expert_id');

-- Categories renamed by staff: rare, so every offer of the category is written again.
CREATE FUNCTION offers_category_renamed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM offers_refresh(coalesce(
        (SELECT array_agg(id) FROM offers_offer WHERE category_id = NEW.id AND status = 'published'), '{}'));
    RETURN NULL;
END $$;
CREATE TRIGGER offers_category_changed AFTER UPDATE ON offers_category FOR EACH ROW
    WHEN ((OLD.name_fr, OLD.name_en) IS DISTINCT FROM (NEW.name_fr, NEW.name_en))
    EXECUTE FUNCTION offers_category_renamed();

SELECT offers_refresh(NULL);
SELECT offers_learn(NULL);
