-- Ends a ticket that has met nobody: as C (its person asked) or E (it waited too long). The owner learns it if that is
-- another node. Matched, its person may still cancel: nobody enters with its grant, and the settlement of that match
-- sends the other back.
-- Returns {done}, also if it had ended so before | {not, state, session}: too late, or PROPOSED | {none}
local ticketKey = KEYS[1]
local me, ticket, node, as, parkFor, keep = unpack(ARGV)
local record, now = call('GET', ticketKey) or '', nowIs(call('TIME'))
if sub(record, 48, 69) ~= ticket then return {'none'} end
local state = judge(record, now, parkFor)
if state == as then return {'done'} end
if state == 'M' and as == 'C' then
  call('SET', ticketKey, become(record, as, now, sub(record, 70, 91)), 'EX', keep)
  return {'done'}
end
if state ~= 'W' and state ~= 'P' then return {'not', state, sub(record, 70, 91)} end
if sub(record, 1, 1) == 'W' then unlist(me, record) end
if state == 'W' and sub(record, 40, 47) ~= node then tell(record, 'ended', as) end
call('SET', ticketKey, become(record, as, now, nobody), 'EX', keep)
return {'done'}
