SELECT a.setting, b.setting FROM digest AS a, digest AS b WHERE a.setting < b.setting
AND (a.offices, a.items, a.ledger, a.quarantine) IS DISTINCT FROM (b.offices, b.items, b.ledger, b.quarantine);
SELECT count(*) FROM digest WHERE offices || items || ledger || quarantine IS NOT NULL HAVING count(*) <> 5;
-- The lowest key has the value: 180 different ones, so from the 181st row on all go without.
SELECT legacy_id, rank FROM items WHERE rank IS DISTINCT FROM CASE WHEN legacy_id <= 180 * 3 THEN 'r' || legacy_id / 3 % 180 END;
