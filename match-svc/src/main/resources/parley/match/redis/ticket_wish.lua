-- A person says anew whether an AI peer may come: N never, I instead of a person, M meanwhile. Who talks with one, and wants
-- no person any more, leaves the line with it: T, for as long as their ticket is known. Back from there a ticket comes by
-- ticket_seek.lua, op adopt. The owner learns it if that is another node, and one that knows the word: it wrote of AI peers.
-- Returns {found, now, state, record, match or nothing}: as it is now | {none}
local ticketKey = KEYS[1]
local me, ticket, node, wish, parkFor, keep = unpack(ARGV)
local record, now = call('GET', ticketKey) or '', nowIs(call('TIME'))
if sub(record, 48, 69) ~= ticket then return {'none'} end
local state, ai = judge(record, now, parkFor), aiOf(record)
if string.match(state, '[CE]') then return {'found', now, state, record, ''} end
ai.wish = wish
local changed, isElsewhere = withAi(record, ai), sub(record, 40, 47) ~= node
local hears = isElsewhere and string.find(lineupOf(record), '|[NIM]%d|')
if wish == 'I' and ai.companion ~= '' and string.match(state, '[WP]') then
  if sub(record, 1, 1) == 'W' then unlist(me, record) end
  if state == 'W' and hears then tell(record, 'rests', '') end
  state, changed = 'T', become(changed, 'T', now, sub(ai.companion, 1, 22))
  call('SET', ticketKey, changed, 'EX', keep)
else
  if hears and string.match(state, '[WR]') then tell(record, 'wish', wish) end
  call('SET', ticketKey, changed, 'KEEPTTL')
end
return {'found', now, state, changed, ''}
