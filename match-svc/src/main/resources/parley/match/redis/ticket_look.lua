-- Reads a participant's last ticket, judged now; and passes on, if asked and it waits at another node, that its person is
-- there.
-- Returns {found, now, state, record} | {none}
local ticketKey = KEYS[1]
local node, passOn, parkFor = ARGV[1], ARGV[2] == '1', ARGV[3]
local record, now = call('GET', ticketKey), nowIs(call('TIME'))
if not record then return {'none'} end
local state = judge(record, now, parkFor)
if passOn and state == 'W' and sub(record, 40, 47) ~= node then tell(record, 'heard', '') end
return {'found', now, state, record}
