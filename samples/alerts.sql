-- The confirmed alerts of a run, each with what explains it: the score and the contributions that add
-- up to it, or the counts of the window. Read from the lake's dataset alerts.
SELECT
  user_id,
  rule_id,
  strftime(event_time, '%Y-%m-%d %H:%M:%S') AS event_time,
  CAST(score AS VARCHAR) AS score,
  CASE
    WHEN kind = 'event'
    THEN list_aggregate(
      list_transform(
        contributions,
        part -> part.events || ' ' || part.event_type || ' ' || CAST(part.delta AS VARCHAR)),
      'string_agg', ' + ')
    ELSE CAST(counts AS VARCHAR) || ' from ' || strftime(window_start, '%H:%M:%S') || ' to '
      || strftime(window_end, '%H:%M:%S')
  END AS explanation
FROM read_parquet('demo-data/lake/alerts/**/*.parquet', hive_partitioning = true)
WHERE status = 'confirmed'
ORDER BY ALL;
