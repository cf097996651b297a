-- Keeps how far a member has come: offsets up to which entries were delivered to it and read by it. The higher number
-- stays, and none goes beyond the tip. An older attachment, and a closed session, change nothing.
-- Returns nil if there is no state; else 1 if this changed a number, else 0, and the state and the facts after it
-- (field, value, ...).
local state_key, facts_key = KEYS[1], KEYS[2]
local member, attachment, delivered, read = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])

local state = redis.call('GET', state_key)
if not state then
  return false
end
local current = struct.unpack('>I4', state, 15 + (member - 1) * 16) == attachment
local changed = 0

local function keep(field, offset, tip)
  local kept = tonumber(redis.call('HGET', facts_key, field) or 0)
  if math.min(offset, tip) > kept then
    redis.call('HSET', facts_key, field, string.format('%.0f', math.min(offset, tip)))
    changed = 1
  end
end

if current and string.byte(state, 6) == 1 then
  local tip = struct.unpack('>I4', state, 7)
  keep('d' .. member, math.max(delivered, read), tip)
  keep('r' .. member, read, tip)
end
return { changed, state, redis.call('HGETALL', facts_key) }
