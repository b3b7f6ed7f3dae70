SELECT count(*) FROM csat_survey_responses WHERE account_id = :account
