-- Takes a sign of a member's newest attachment: 'here', a sign of life, or 'away', there is none any more.
-- Returns nil if there is no state; else 1 if this changed where the member is, else 0, and the state and the facts
-- after it (field, value, ...). An older attachment, and a closed session, change nothing.
-- Only a watched session is looked at soon: see log_tick.lua.
local state_key, facts_key, due_key = KEYS[1], KEYS[2], KEYS[3]
local member, attachment, sign = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3]
local session, look_ms = ARGV[4], tonumber(ARGV[5])

local state = redis.call('GET', state_key)
if not state then
  return false
end
local changed, away = 0, 'a' .. member
local current = struct.unpack('>I4', state, 15 + (member - 1) * 16) == attachment
if current and string.byte(state, 6) == 1 then
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  if sign == 'here' then
    changed = redis.call('HDEL', facts_key, away)
    redis.call('HSET', facts_key, 's' .. member, now)
  else
    changed = redis.call('HSETNX', facts_key, away, now)
    local patience = tonumber(redis.call('HGET', facts_key, 'g' .. member) or look_ms)
    if redis.call('HEXISTS', facts_key, 'made') == 1 then
      redis.call('ZADD', due_key, 'LT', now + math.min(look_ms, patience), session)
    end
  end
end
return { changed, state, redis.call('HGETALL', facts_key) }
