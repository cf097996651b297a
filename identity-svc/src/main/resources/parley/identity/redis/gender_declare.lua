-- A device declares a gender: Devices.stateGender and changeGender, atomically. Bears repetition.
-- ASKED is empty for no wish; BEFORE is empty for a new guest, who has no gender yet.
-- Kept is '<gender>:<1 if it was changed, 0 if it was only stated>', for KEPT_MS from then.
-- Returns the gender in force, and the milliseconds until it may change (0: now).
local DEVICE = KEYS[1]
local ASKED, BEFORE, KEPT_MS = ARGV[1], ARGV[2], ARGV[3]

local kept = redis.call('GET', DEVICE)
if not kept and BEFORE == '' then
  redis.call('SET', DEVICE, ASKED .. ':0', 'PX', KEPT_MS)
  return { ASKED, 0 }
end

local now, changed = BEFORE, false
if kept then
  local gender, flag = string.match(kept, '^(%u+):(%d)$')
  now, changed = gender, flag == '1'
end
if changed then
  return { now, redis.call('PTTL', DEVICE) }
end
if ASKED == '' or ASKED == now then
  return { now, 0 }
end
redis.call('SET', DEVICE, ASKED .. ':1', 'PX', KEPT_MS)
return { ASKED, tonumber(KEPT_MS) }
