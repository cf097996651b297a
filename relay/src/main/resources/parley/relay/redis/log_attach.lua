-- Gives a member a new attachment: older ones of that member cannot append from here on.
-- Returns nil if there is no state; 'late' if the member never attached and the time to enter is over; else the
-- state after it and the facts before it (field, value, ...). A closed session is answered and left as it is.
local state_key, facts_key, log_key = KEYS[1], KEYS[2], KEYS[3]
local member, node, enter_by_ms, life_ms = tonumber(ARGV[1]), ARGV[2], tonumber(ARGV[3]), ARGV[4]

local state = redis.call('GET', state_key)
if not state then
  return false
end
local row = 15 + (member - 1) * 16
local open, attachment = string.byte(state, 6), struct.unpack('>I4', state, row)
if attachment == 0 and enter_by_ms > 0 then
  local now = redis.call('TIME')
  if now[1] * 1000 + math.floor(now[2] / 1000) > enter_by_ms then
    return 'late'
  end
end
local facts = redis.call('HGETALL', facts_key)
if open == 1 then
  state = string.sub(state, 1, row - 1) .. struct.pack('>I4', attachment + 1) .. string.sub(state, row + 4)
  redis.call('SET', state_key, state, 'PX', life_ms)
  redis.call('HSET', facts_key, 'n' .. member, node)
  redis.call('PEXPIRE', facts_key, life_ms)
  redis.call('PEXPIRE', log_key, life_ms)
end
return { state, facts }
