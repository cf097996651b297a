-- Presents a number of a family of refresh tokens: FamilyNumbers.advance, atomically. Bears repetition.
-- Returns the successor's number; 0 if the family is over; -1 if the number was succeeded before, from when on the family is
-- over for every number, and says -1 until the key is deleted or idles out.
local FAMILY = KEYS[1]
local PRESENTED, IDLE_MS = ARGV[1], ARGV[2]
local REUSED = 'reused'

local known = redis.call('GET', FAMILY)
if not known then
  return 0
end
if known == REUSED then
  return -1
end
if tonumber(PRESENTED) < tonumber(known) then
  redis.call('SET', FAMILY, REUSED, 'PX', IDLE_MS)
  return -1
end
redis.call('SET', FAMILY, PRESENTED, 'PX', IDLE_MS)
return tonumber(PRESENTED) + 1
