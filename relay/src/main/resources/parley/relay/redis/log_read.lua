-- Entries from an offset on, that one included: so many at most, and no more once so many bytes are passed, but two at
-- least. Returns nil if there is no state, else the state and the entries: none once the time of the text is over, also
-- if a report holds the log.
local state_key, facts_key, log_key = KEYS[1], KEYS[2], KEYS[3]
local from, left, room, text_ms = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local STRIDE = 16

local state = redis.call('GET', state_key)
if not state then
  return false
end
local entries, ended = {}, redis.call('HGET', facts_key, 'ended')
if ended then
  local time = redis.call('TIME')
  if time[1] * 1000 + math.floor(time[2] / 1000) >= tonumber(ended) + text_ms then
    return { state, entries }
  end
end
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
