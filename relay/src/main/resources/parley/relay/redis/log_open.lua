-- Makes the state of a session, unless it is there: what two members do who enter at once.
-- Returns 'opened' (also if it was there), or 'late' if it is not there and the time to enter is over.
-- The state, big-endian: version u8 (1), epoch u32, open u8, offset u32 and check u32 of the last entry; then for
-- each member attachment u32, sequence u32, offset u32 and check u32 of its last entry; then, once there are entries,
-- their bytes u32. What may be left of an older log goes: offsets begin anew.
-- A log that is watched is looked at by log_tick.lua from then on; its facts hold `made` and `enter` (both in
-- milliseconds; enter is 0 if nobody has to come by then) and `about`, which nobody reads here. It may begin with an
-- entry that no member wrote, and with `g<member>`: how long (ms) one may be away who is not waited for as all are.
-- ARGV[9]: that entry as in log_append.lua, or nothing; then member and milliseconds in turn.
local state_key, facts_key, due_key, log_key = unpack(KEYS)
local epoch, members, enter_by_ms, life_ms = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4]
local watched, session, look_ms, about, opening = ARGV[5] == '1', ARGV[6], tonumber(ARGV[7]), ARGV[8], ARGV[9]

if redis.call('EXISTS', state_key) == 1 then
  return 'opened'
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if enter_by_ms > 0 and now > enter_by_ms then
  return 'late'
end
local offset, check = 0, 0
redis.call('DEL', log_key, facts_key)
if opening ~= '' then
  offset, check = 1, struct.unpack('>I4', opening, 10)
  redis.call('XADD', log_key, '1-' .. check, 'e', opening)
  redis.call('PEXPIRE', log_key, life_ms)
end
local state = struct.pack('>BI4BI4I4', 1, epoch, 1, offset, check) .. string.rep('\0', 16 * members)
if opening ~= '' then state = state .. struct.pack('>I4', #opening) end
redis.call('SET', state_key, state, 'PX', life_ms)
if watched then
  redis.call('HSET', facts_key, 'made', now, 'enter', enter_by_ms, 'about', about)
  for i = 10, #ARGV, 2 do redis.call('HSET', facts_key, 'g' .. ARGV[i], ARGV[i + 1]) end
  redis.call('PEXPIRE', facts_key, life_ms)
  redis.call('ZADD', due_key, enter_by_ms > 0 and enter_by_ms + 1 or now + look_ms, session)
end
return 'opened'
