-- Forgets what a report froze, which is kept elsewhere by now; with the last of a session's reports the clock of its text
-- goes on where it would stand. Harmless if repeated. Not before a time (ms, 0 for at once): then nothing happens.
-- Returns nil if it was too early; else 1 if there was something to forget, else 0.
local facts_key, log_key, evidence_key = KEYS[1], KEYS[2], KEYS[3]
local report, text_ms, not_before = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if now < not_before then
  return false
end

local field = 'report:' .. report
local kept = redis.call('HGET', facts_key, field)
redis.call('DEL', evidence_key)
if not kept or kept == 'released' then
  return 0
end
redis.call('HSET', facts_key, field, 'released')
if redis.call('HINCRBY', facts_key, 'reported', -1) == 0 then
  redis.call('HDEL', facts_key, 'reported')
  local ended = redis.call('HGET', facts_key, 'ended')
  if ended then
    redis.call('PEXPIRE', log_key, math.max(1, tonumber(ended) + text_ms - now))
  end
end
return 1
