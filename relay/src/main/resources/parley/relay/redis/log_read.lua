-- Entries from an offset on, that one included: so many at most, and no more once so many bytes are passed, but two at
-- least. Returns nil if there is no state, else the state and the entries.
local state_key, log_key = KEYS[1], KEYS[2]
local from, left, room = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local STRIDE = 16

local state = redis.call('GET', state_key)
if not state then
  return false
end
local entries = {}
repeat
  local some = redis.call('XRANGE', log_key, from, '+', 'COUNT', math.min(left, STRIDE))
  for _, entry in ipairs(some) do
    if room <= 0 and #entries >= 2 then
      return { state, entries }
    end
    entries[#entries + 1] = entry
    left, room, from = left - 1, room - #entry[2][2], '(' .. entry[1]
  end
until #some < STRIDE or left <= 0
return { state, entries }
