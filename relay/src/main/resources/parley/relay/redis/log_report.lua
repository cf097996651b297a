-- Freezes the last words of a member: its last entries, and of the others up to `before` entries before each, are copied
-- as they are into a stream of their own, which stays until `report_release.lua`. Stops the clock of the session's text,
-- and writes `reported` into the outbox (fields as in log_close.lua, and by, whom, report: its id, details: as given).
-- Returns 'gone' (no state, or no text), 'absent' (the member never entered), 'many', 'full', or 'reported', also if it
-- was reported before. A full box refuses: what is promised must not be dropped.
local state_key, facts_key, log_key, out_key, evidence_key = unpack(KEYS)
local id, report, report_id, details = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local by, whom, entries, before = ARGV[5], tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8])
local reports, box, text_ms, life_ms = tonumber(ARGV[9]), tonumber(ARGV[10]), tonumber(ARGV[11]), ARGV[12]
local PAGE, MOST = 100, 4000

local state = redis.call('GET', state_key)
if not state then
  return 'gone'
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local ended = redis.call('HGET', facts_key, 'ended')
local said = struct.unpack('>I4', state, 7) > 0
local is_gone = (ended and now >= tonumber(ended) + text_ms) or (said and redis.call('EXISTS', log_key) == 0)
if redis.call('HEXISTS', facts_key, 'report:' .. report) == 1 then
  return 'reported'
elseif is_gone then
  return 'gone'
elseif whom > (#state - 14) / 16 or struct.unpack('>I4', state, 15 + (whom - 1) * 16) == 0 then
  return 'absent'
elseif tonumber(redis.call('HGET', facts_key, 'reports' .. by) or 0) >= reports then
  return 'many'
elseif redis.call('XLEN', out_key) >= 2 * box then
  return 'full'
end

-- Backwards from the tip, page by page, till enough is found.
local copied, own, context, till, looked = {}, 0, 0, '+', 0
while till and looked < MOST do
  local page = redis.call('XREVRANGE', log_key, till, '-', 'COUNT', PAGE)
  till = #page == PAGE and '(' .. page[PAGE][1]
  looked = looked + #page
  for _, entry in ipairs(page) do
    if string.byte(entry[2][2]) == whom and own < entries then
      own, context = own + 1, before
      copied[#copied + 1] = entry
    elseif context > 0 then
      context = context - 1
      copied[#copied + 1] = entry
    end
  end
  if own == entries and context == 0 then till = false end
end
for i = #copied, 1, -1 do
  redis.call('XADD', evidence_key, copied[i][1], 'e', copied[i][2][2])
end

local everybody = ''
for number = 1, (#state - 14) / 16 do
  local bearer = redis.call('HGET', facts_key, 'w' .. number)
  everybody = bearer and everybody .. string.char(number) .. bearer or everybody
end
local made, about = unpack(redis.call('HMGET', facts_key, 'made', 'about'))
redis.call('HSET', facts_key, 'report:' .. report, now)
redis.call('HINCRBY', facts_key, 'reports' .. by, 1)
redis.call('HINCRBY', facts_key, 'reported', 1)
redis.call('PEXPIRE', log_key, life_ms)
redis.call('XADD', out_key, '*', 'what', 'reported', 'id', id, 'at', now, 'made', made or now, 'who', everybody,
  'about', about or '', 'by', by, 'whom', whom, 'report', report_id, 'details', details)
return 'reported'
