-- Makes the state of a session, unless it is there: what two members do who enter at once.
-- Returns 'opened' (also if it was there), or 'late' if it is not there and the time to enter is over.
-- The state, big-endian: version u8 (1), epoch u32, open u8, offset u32 and check u32 of the last entry; then for
-- each member attachment u32, sequence u32, offset u32 and check u32 of its last entry.
local state_key = KEYS[1]
local epoch, members, enter_by_ms, life_ms = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4]

if redis.call('EXISTS', state_key) == 1 then
  return 'opened'
end
if enter_by_ms > 0 then
  local now = redis.call('TIME')
  if now[1] * 1000 + math.floor(now[2] / 1000) > enter_by_ms then
    return 'late'
  end
end
local state = struct.pack('>BI4BI4I4', 1, epoch, 1, 0, 0) .. string.rep('\0', 16 * members)
redis.call('SET', state_key, state, 'PX', life_ms)
return 'opened'
