WITH expected (legacy_id, patient, reviewer, remarks) AS (
  VALUES (10, 1, 1, 1), (20, 2, 1, 1), (30, 3, 1, 1), (40, 4, 1, 0), (50, 1, 2, 0), (60, 1, 4, 0)
), found AS (
  SELECT o.legacy_id, p.legacy_id, v.legacy_id, (SELECT count(*)::integer FROM remarks AS r WHERE r.order_id = o.id)
  FROM orders AS o LEFT JOIN patients AS p ON p.id = o.patient_id LEFT JOIN patients AS v ON v.id = o.reviewer_id
)
(TABLE expected EXCEPT TABLE found) UNION ALL (TABLE found EXCEPT TABLE expected);
SELECT legacy_key FROM rehome.open_ref UNION ALL SELECT legacy_key FROM rehome.quarantine;
SELECT count(*) FROM remarks HAVING count(*) <> 3;
-- A ref that was filled later is part of the row's hash like any other value.
SELECT l.legacy_id FROM rehome.ledger_orders AS l WHERE l.row_hash IS NULL OR l.state <> 'here';
