DROP TRIGGER offers_category_changed ON offers_category;
DROP TRIGGER offers_time_off_changed ON accounts_timeoff;
DROP TRIGGER offers_account_changed ON accounts_user;
DROP TRIGGER offers_profile_changed ON accounts_expertprofile;
DROP TRIGGER offers_updated_found ON offers_offer;
DROP TRIGGER offers_inserted_found ON offers_offer;
DROP FUNCTION offers_category_renamed, offers_expert_changed, offers_written, offers_count_terms, offers_learn, offers_refresh,
    offers_ranking, offers_folded;
DROP TEXT SEARCH CONFIGURATION english_unaccent;
