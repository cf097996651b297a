-- Closes a session; closed already, it stays as it was closed. The state stays as a tombstone, the text goes.
-- Returns nil if there is no state, else the state and the facts after it (field, value, ...).
local state_key, facts_key, log_key = KEYS[1], KEYS[2], KEYS[3]
local by, reason, life_ms, text_ms = ARGV[1], ARGV[2], ARGV[3], ARGV[4]

local state = redis.call('GET', state_key)
if not state then
  return false
end
if string.byte(state, 6) == 1 then
  state = string.sub(state, 1, 5) .. '\0' .. string.sub(state, 7)
  redis.call('SET', state_key, state, 'PX', life_ms)
  redis.call('HSET', facts_key, 'by', by, 'why', reason)
  redis.call('PEXPIRE', facts_key, life_ms)
  redis.call('PEXPIRE', log_key, text_ms)
end
return { state, redis.call('HGETALL', facts_key) }
