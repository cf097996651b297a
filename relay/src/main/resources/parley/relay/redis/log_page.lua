-- A page of a session's log, for who reads back: entries before or after an offset, 0 for the tip or the start.
-- Returns nil if there is no state or the text is gone; else the state, the offset of the first entry that is kept, and
-- the entries in order: at most `count`, and no more once they hold `max_bytes`.
local state_key, facts_key, log_key = KEYS[1], KEYS[2], KEYS[3]
local direction, from, count, max_bytes, text_ms = ARGV[1], tonumber(ARGV[2]), ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5])

local state = redis.call('GET', state_key)
if not state then
  return false
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local ended = redis.call('HGET', facts_key, 'ended')
local first = redis.call('XRANGE', log_key, '-', '+', 'COUNT', 1)[1]
local said = struct.unpack('>I4', state, 7) > 0
if (ended and now >= tonumber(ended) + text_ms) or (said and not first) then
  return false
end

local found
if direction == 'older' then
  found = redis.call('XREVRANGE', log_key, from == 0 and '+' or string.format('%.0f', from - 1), '-', 'COUNT', count)
else
  found = redis.call('XRANGE', log_key, string.format('%.0f', from + 1), '+', 'COUNT', count)
end
local page, bytes = {}, 0
for _, entry in ipairs(found) do
  if bytes < max_bytes then
    table.insert(page, direction == 'older' and 1 or #page + 1, entry)
    bytes = bytes + #entry[2][2]
  end
end
return { state, first and first[1] or '', page }
