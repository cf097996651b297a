-- Reads a participant's last ticket, judged now, with its match while it has one; and passes on, if there is a word to
-- pass about this very ticket and it waits at another node, what its person says, and at which level they say it.
-- Returns {found, now, state, record, match or nothing} | {none}
local ticketKey = KEYS[1]
local node, word, ticket, parkFor = unpack(ARGV)
local record, now = call('GET', ticketKey), nowIs(call('TIME'))
if not record then return {'none'} end
local state, match = judge(record, now, parkFor), ''
local passes = word ~= '' and sub(record, 48, 69) == ticket and sub(record, 40, 47) ~= node
if passes and string.match(state, '[WR]') then tell(record, word, sub(record, 2, 2)) end
if string.match(state, '[MR]') then match = call('GET', key('match', sub(record, 70, 91))) or '' end
return {'found', now, state, record, match}
