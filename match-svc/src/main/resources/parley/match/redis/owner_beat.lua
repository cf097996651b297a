-- A node says that it lives, for its tickets' sake. What lies in its inbox for a minute goes away: read long ago, or of a
-- lease that is over. So do leases of nodes that died long ago.
-- A lease: until 16 | blank | its last beat 16 | blank | the beat before 16 | blank | since 16 | blank | the node's name.
-- Returns {gen, since, filled}: gen names what Redis remembers, another one means that it lost it; since is the moment from
-- which on the lease stood, another one means that it was over in between, so that others may have parked this node's
-- tickets: each beat says so, until it is heard. filled is 1 if what no search may do without was written since gen
-- began, which the caller says of the gen `refilled`.
local nodesKey, inboxKey = KEYS[1], KEYS[2]
local node, name, leaseFor, freshGen, keep, refilled = unpack(ARGV)
local now = nowIs(call('TIME'))
call('HSETNX', nodesKey, 'gen', freshGen)
local old = call('HGETALL', nodesKey)
local gen, filled, since, last = nil, nil, now, never
for i = 1, #old, 2 do
  local field, value = old[i], old[i + 1]
  if field == 'gen' then
    gen = value
  elseif field == 'filled' then
    filled = value
  elseif field == node then
    since, last = sub(value, 1, 16) < now and now or sub(value, 52, 67), sub(value, 18, 33)
  elseif field ~= 'rank' and after(sub(value, 1, 16), keep * 1000000) < now then
    call('HDEL', nodesKey, field)
  end
end
call('HSET', nodesKey, node, table.concat({after(now, leaseFor), now, last, since, name}, ' '))
call('XTRIM', inboxKey, 'MINID', sub(after(now, -60000000), 1, 13))
call('EXPIRE', inboxKey, keep)
if refilled == gen then
  call('HSET', nodesKey, 'filled', gen)
  filled = gen
end
return {gen, since, filled == gen and 1 or 0}
