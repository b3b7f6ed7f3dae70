-- A choice is kept as {"5": "Very good"}.
SELECT fe.object_id AS ticket_id, CONCAT('r', fe.id, '/', x.score) AS event_key, fe.updated AS at,
  'rated' AS kind, x.score, :csat_scale AS scale,
  fe.updated AS cursor_at, fe.id AS cursor_id
FROM (
  SELECT fv.entry_id,
    CASE
      WHEN JSON_VALID(fv.value) AND JSON_TYPE(fv.value) = 'OBJECT'
        THEN JSON_UNQUOTE(JSON_EXTRACT(JSON_KEYS(fv.value), '$[0]'))
      ELSE fv.value
    END AS score
  FROM ${prefix}form_entry_values fv
  JOIN ${prefix}form_field ff ON ff.id = fv.field_id AND lower(ff.name) = :csat_field
) x
JOIN ${prefix}form_entry fe
  ON fe.id = x.entry_id AND fe.object_type = 'T' AND fe.object_id > 0
WHERE x.score <> ''
  AND fe.updated >= :after_at AND (fe.updated > :after_at OR fe.id > :after_id)
ORDER BY fe.updated, fe.id
LIMIT :limit
