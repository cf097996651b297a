-- Makes the state of a session, unless it is there: what two members do who enter at once.
-- Returns 'opened' (also if it was there), or 'late' if it is not there and the time to enter is over.
-- The state, big-endian: version u8 (1), epoch u32, open u8, offset u32 and check u32 of the last entry; then for
-- each member attachment u32, sequence u32, offset u32 and check u32 of its last entry; then, once there are entries,
-- their bytes u32. What may be left of an older log goes: offsets begin anew.
-- A log that is watched is looked at by log_tick.lua from then on; its facts hold `made` and `enter` (both in
-- milliseconds; enter is 0 if nobody has to come by then) and `about`, which nobody reads here.
local state_key, facts_key, due_key, log_key = unpack(KEYS)
local epoch, members, enter_by_ms, life_ms = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4]
local watched, session, look_ms, about = ARGV[5] == '1', ARGV[6], tonumber(ARGV[7]), ARGV[8]

if redis.call('EXISTS', state_key) == 1 then
  return 'opened'
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if enter_by_ms > 0 and now > enter_by_ms then
  return 'late'
end
local state = struct.pack('>BI4BI4I4', 1, epoch, 1, 0, 0) .. string.rep('\0', 16 * members)
redis.call('SET', state_key, state, 'PX', life_ms)
redis.call('DEL', log_key, facts_key)
if watched then
  redis.call('HSET', facts_key, 'made', now, 'enter', enter_by_ms, 'about', about)
  redis.call('PEXPIRE', facts_key, life_ms)
  redis.call('ZADD', due_key, enter_by_ms > 0 and enter_by_ms + 1 or now + look_ms, session)
end
return 'opened'
