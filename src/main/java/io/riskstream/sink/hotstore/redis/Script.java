package io.riskstream.sink.hotstore.redis;

/**
 * What Redis does in one step. Each script touches the keys of one cluster slot, compares versions
 * as texts of one length whose order is their age, and so needs no arithmetic on them. Without
 * arguments it only reads, by which a lack of permissions shows.
 */
enum Script {
  /**
   * Key: a user's hash. Arguments: version, whether the level is high, fields. Answers 0 if a newer
   * version is held, 2 if the user is or ever was at level high, else 1.
   */
  USER(
      1,
      """
      local held = redis.call('HGET', KEYS[1], 'version')
      if not ARGV[1] or (held and held > ARGV[1]) then
        return 0
      end
      if ARGV[2] == '1' or redis.call('HGET', KEYS[1], 'was_high') then
        redis.call('HSET', KEYS[1], 'was_high', '1', 'version', ARGV[1], unpack(ARGV, 3))
        return 2
      end
      redis.call('HSET', KEYS[1], 'version', ARGV[1], unpack(ARGV, 3))
      return 1
      """),

  /** Keys: the top and its versions. Arguments: user, version, whether the level is high, score. */
  TOP(
      2,
      """
      local held = redis.call('HGET', KEYS[2], ARGV[1] or '')
      if not ARGV[1] or (held and held > ARGV[2]) then
        return 0
      end
      redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
      if ARGV[3] == '1' then
        redis.call('ZADD', KEYS[1], ARGV[4], ARGV[1])
      else
        redis.call('ZREM', KEYS[1], ARGV[1])
      end
      return 1
      """),

  /** Key: an alert's hash. Arguments: version, milliseconds to keep it, fields. */
  ALERT(
      1,
      """
      local held = redis.call('HGET', KEYS[1], 'version')
      if not ARGV[1] or (held and held > ARGV[1]) then
        return 0
      end
      redis.call('DEL', KEYS[1])
      redis.call('HSET', KEYS[1], 'version', ARGV[1], unpack(ARGV, 3))
      redis.call('PEXPIRE', KEYS[1], ARGV[2])
      return 2
      """),

  /** Key: a window's hash. Arguments: version, milliseconds to keep it, fields. */
  WINDOW(
      1,
      """
      local held = redis.call('HGET', KEYS[1], 'version')
      if not ARGV[1] or (held and held > ARGV[1]) then
        return 0
      end
      redis.call('DEL', KEYS[1])
      redis.call('HSET', KEYS[1], 'version', ARGV[1], unpack(ARGV, 3))
      redis.call('PEXPIRE', KEYS[1], ARGV[2])
      return 1
      """),

  /** Key: the index. Arguments: alert, event time, milliseconds to keep it, most alerts. */
  ALERT_INDEX(
      1,
      """
      if not ARGV[1] then
        return redis.call('ZCARD', KEYS[1])
      end
      redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
      local newest = redis.call('ZREVRANGE', KEYS[1], 0, 0, 'WITHSCORES')[2]
      local oldest = string.format('%.0f', tonumber(newest) - tonumber(ARGV[3]))
      redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', '(' .. oldest)
      redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -1 - tonumber(ARGV[4]))
      return 1
      """),

  /** Key: the index. Arguments: first and last place, of the newest on. Answers ids. */
  INDEXED_ALERTS(
      1,
      """
      if not ARGV[1] then
        return redis.call('ZCARD', KEYS[1])
      end
      return redis.call('ZREVRANGE', KEYS[1], ARGV[1], ARGV[2])
      """),

  /**
   * Key: an alert's hash. Arguments: the least version of this run, the finality line, whether to
   * remove it. Answers 0 if this run or none will decide about it; else what is to be done and
   * whose it is: 1 if a run before raised it and its bucket is behind the line, so that no run ends
   * it any more (it is removed then, if wanted), 2 if that is not decided.
   */
  GHOST_ALERT(
      1,
      """
      local held = redis.call('HGET', KEYS[1], 'version')
      if not ARGV[1] or not held or held >= ARGV[1] then
        return 0
      end
      local status = redis.call('HGET', KEYS[1], 'status')
      if status ~= 'raised' and status ~= 'amended' then
        return 0
      end
      local user = redis.call('HGET', KEYS[1], 'user_id')
      if tonumber(redis.call('HGET', KEYS[1], 'bucket_end')) > tonumber(ARGV[2]) then
        return {2, user}
      end
      if ARGV[3] == '1' then
        redis.call('DEL', KEYS[1])
      end
      return {1, user}
      """),

  /** Key: the index. Arguments: alert. */
  UNINDEX_ALERT(
      1,
      """
      return ARGV[1] and redis.call('ZREM', KEYS[1], ARGV[1]) or 0
      """),

  /**
   * Keys: the pipeline and its writers. Arguments: an id for a store that has none, now, subtask,
   * parallelism, since when degraded or nothing, users rebuilt, ids of the last rebuilds, since
   * when no alert is missing or 0; then, of the one writer, the pipeline's fields. Each beat sums
   * up the writers, as the last one of a job may be anyone's. Answers the store's id.
   */
  BEAT(
      2,
      """
      local store = redis.call('HGET', KEYS[1], 'store')
      if not ARGV[1] then
        return store
      end
      local alerts_since = redis.call('HGET', KEYS[1], 'alerts_since')
      if not store then
        store = ARGV[1]
        redis.call('HSET', KEYS[1], 'store', store)
      end
      if not alerts_since or ARGV[8] > alerts_since then
        redis.call('HSET', KEYS[1], 'alerts_since', ARGV[8])
      end
      local own = ARGV[3] .. ':'
      redis.call('HSET', KEYS[2], own .. 'degraded_since', ARGV[5], own .. 'rebuilt', ARGV[6],
        own .. 'rebuilds', ARGV[7])
      local since = ''
      local rebuilt = 0
      local writers = redis.call('HGETALL', KEYS[2])
      for at = 1, #writers, 2 do
        local subtask, field = string.match(writers[at], '^(%d+):(.+)$')
        local value = writers[at + 1]
        if tonumber(subtask) >= tonumber(ARGV[4]) then
          redis.call('HDEL', KEYS[2], writers[at])
        elseif field == 'degraded_since' and value ~= '' and (since == '' or value < since) then
          since = value
        elseif field == 'rebuilt' then
          rebuilt = rebuilt + tonumber(value)
        end
      end
      redis.call('HSET', KEYS[1], 'degraded', since == '' and '0' or '1',
        'degraded_since', since == '' and '-' or since,
        'hot_rebuilt', string.format('%.0f', rebuilt), 'writers', ARGV[4], unpack(ARGV, 9))
      return store
      """);

  private final int keys;
  private final String text;

  Script(int keys, String text) {
    this.keys = keys;
    this.text = text;
  }

  /** How many keys it takes. */
  int keys() {
    return keys;
  }

  String text() {
    return text;
  }
}
