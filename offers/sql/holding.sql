-- So many offers on sale that hold these words, whichever come first. Planned for the words asked and for a table that is
-- in memory: taken for one on a disk, it was read from its beginning, 80,000 rows for 2,000 answers.
CREATE FUNCTION offers_holding(words tsquery, most int) RETURNS SETOF offers_searchentry
LANGUAGE sql STABLE ROWS 2000 SET random_page_cost = 1.1 SET plan_cache_mode = force_custom_plan AS $$
    SELECT * FROM offers_searchentry WHERE vector @@ words LIMIT most
$$;
