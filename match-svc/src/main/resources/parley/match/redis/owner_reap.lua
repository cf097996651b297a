-- Parks tickets whose owners are dead, a few at each call, along SCAN; one node at a time does it. A dead owner counts
-- only if the caller has beaten twice since that lease was over: after a pause of Redis all leases are over at once, and
-- everybody must have had the time to beat again.
-- Returns {cursor, parked}: cursor 0 is the end of a round; {cursor, -1}: another node does it now.
local nodesKey = KEYS[1]
local node, cursor, count, parkFor, keep, turn = unpack(ARGV)
local now, parked, reaper = nowIs(call('TIME')), 0, key('reaper')
if lease(node) < now then return {cursor, -1} end
local whose = call('GET', reaper)
if whose and whose ~= node then return {cursor, -1} end
call('SET', reaper, node, 'PX', turn)
local before = sub(leases[node], 35, 50) -- its beat before the last
local page = call('SCAN', cursor, 'MATCH', string.gsub(key('t', ''), '([*?%[%]\\])', '\\%1') .. '*', 'COUNT', count)
for _, name in ipairs(page[2]) do
  local record = call('GET', name) or ''
  local till = lease(sub(record, 40, 47))
  if sub(record, 1, 1) == 'W' and till < now and till < before then
    unlist(sub(name, -11), record)
    call('SET', name, become(record, 'P', after(till, parkFor), nobody), 'EX', keep)
    parked = parked + 1
  end
end
return {page[1], parked}
