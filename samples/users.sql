SELECT user_id,
       count(*)                                              AS total_events,
       count(*) FILTER (event_type = 'failed_login')         AS failed_login,
       count(*) FILTER (event_type = 'successful_login')     AS successful_login,
       epoch_ms(min(timestamp))                              AS first_seen,
       epoch_ms(max(timestamp))                              AS last_activity,
       coalesce(any_value(score_millionths), 0)              AS score_millionths
FROM read_parquet('demo-data/lake/events/**/*.parquet', hive_partitioning = true)
LEFT JOIN (
  SELECT user_id, CAST(arg_max(score_after, sequence) * 1000000 AS BIGINT) AS score_millionths
  FROM read_parquet('demo-data/lake/ledger/**/*.parquet', hive_partitioning = true)
  GROUP BY user_id
) USING (user_id)
WHERE NOT late
GROUP BY user_id
ORDER BY user_id;
