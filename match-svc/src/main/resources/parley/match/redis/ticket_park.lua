-- A stream is gone, or its person fell silent: the ticket leaves every queue and keeps its rank. Only for the node that
-- owns it: what another node took up meanwhile stays as it is.
-- Returns 1 if it was parked, else 0.
local ticketKey = KEYS[1]
local me, ticket, node, parkFor, keep = unpack(ARGV)
local record = call('GET', ticketKey) or ''
if sub(record, 48, 69) ~= ticket or sub(record, 1, 1) ~= 'W' or sub(record, 40, 47) ~= node then return 0 end
unlist(me, record)
call('SET', ticketKey, become(record, 'P', after(nowIs(call('TIME')), parkFor), nobody), 'EX', keep)
return 1
