-- Gives a waiting ticket the AI peer that was reserved for it, if it still waits at the caller, in the same attempt, its
-- person wants one now and has none. Instead of a person: it leaves every queue and is MATCHED. Meanwhile: it stays where it
-- stands, with a companion. As the searches, so nobody is taken by an AI peer and by a person.
-- stored: the AI peer, which nobody reads here.
-- Returns {claimed, wish, match} | {lost}: nothing was changed
local ticketKey, nodesKey = KEYS[1], KEYS[2]
local me, ticket, node, gen, attempt, session, peer, bot, stored, enterFor, settleFor, keep = unpack(ARGV)
local ours, now, record = call('HMGET', nodesKey, node, 'gen'), nowIs(call('TIME')), call('GET', ticketKey)
leases[node] = ours[1]
if not record or lease(node) < now or ours[2] ~= gen then return {'lost'} end
local ai = aiOf(record)
if sub(ai.companion, 1, 22) == session then return {'claimed', ai.wish, call('GET', key('match', session))} end -- again
local isOurs = sub(record, 1, 1) == 'W' and sub(record, 40, 47) == node and sub(record, 48, 69) == ticket
if not isOurs or sub(record, 3, 3) ~= attempt or ai.wish == 'N' or ai.companion ~= '' then return {'lost'} end
-- writes --------------------------------------------------------------------------------------------------------------
local till, level, person = after(now, enterFor), sub(record, 2, 2), member(me, record)
local match = session .. now .. till .. level .. 'AA' .. string.format('%04d', #person) .. person .. peer .. nobody ..
  sub(nobody, 1, 11) .. now .. '0' .. level .. '0000000' .. stored
ai.companion = session .. bot
local taken = withAi(record, ai)
if ai.wish == 'I' then
  unlist(me, record)
  call('SET', ticketKey, become(taken, 'M', after(till, settleFor), session), 'EX', keep)
else
  call('SET', ticketKey, taken)
end
call('SET', key('match', session), match, 'EX', keep)
return {'claimed', ai.wish, match}
