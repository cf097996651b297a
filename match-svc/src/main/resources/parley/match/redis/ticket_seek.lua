-- One ticket looks for a peer and, finding nobody, stands in line, in one step: nobody stands in a queue without having
-- looked through it. Whoever is taken leaves every queue and becomes MATCHED in the same step, and a candidate is taken
-- only if its record says W and its owner's lease stands; Redis runs one script at a time, so nobody is paired twice.
-- op arrive: a new ticket. op attach: a stream takes one up again. (Later relax: only the family that it adds.)
-- Records, matches and the functions used here: ticket_record.lua, which stands before this.
-- Returns {word, now, ...}: nolease, gen: the caller may not act | again: 32 dead tickets were parked, call once more
--   same, live {state, record}: this, or another, ticket exists | none, over {state, record}: nothing to take up
--   waiting {record} | matched {match} | before {match}: matched before, and not over
local ticketKey, nodesKey = KEYS[1], KEYS[2]
local op, me, ticket, node, gen, session, lineup, look, level, oldRank, device, stored = unpack(ARGV, 1, 12)
local parkFor, enterFor, settleFor, keep = unpack(ARGV, 13, 16) -- microseconds, but keep: seconds
-- checks --------------------------------------------------------------------------------------------------------------
local ours, now, dead = call('HMGET', nodesKey, node, 'gen', 'rank'), nowIs(call('TIME')), 0
leases[node] = ours[1]
if lease(node) < now then return {'nolease', now} end
if ours[2] ~= gen then return {'gen', now} end
local mine = call('GET', ticketKey) or ''
local state = judge(mine, now, parkFor)
local known = sub(mine, 48, 69) == ticket
local rank, attempt, attachment = oldRank, '0', '0001'
if op == 'arrive' then
  if known then return {'same', now, state, mine} end
  if state == 'W' or state == 'P' or state == 'M' then return {'live', now, state, mine} end
  if rank == '' then rank = (ours[3] or '') < now and now or after(ours[3], 1) end
else
  if not known then return {'none', now} end
  if state == 'M' then return {'before', now, call('GET', key('match', sub(mine, 70, 91)))} end
  if state ~= 'W' and state ~= 'P' then return {'over', now, state, mine} end
  rank, attempt, attachment = sub(mine, 4, 19), sub(mine, 3, 3), string.format('%04d', (sub(mine, 36, 39) + 1) % 10000)
end
-- search --------------------------------------------------------------------------------------------------------------
local of, sides, wanted, looked, everywhere = plan(lineup), words(look), {}, {}, {}
for mark in string.gmatch(of[6], '......') do wanted[mark] = 1 end
for family = 0, level do
  looked[family] = queues(of, sides, family)
  for _, name in ipairs(looked[family]) do everywhere[#everywhere + 1] = name end
end
local somebody = #everywhere > 0 and call('EXISTS', unpack(everywhere)) > 0
local function heads(family) -- who stands first where I look (4 a queue of tags, else 1); most shared queues first
  local all, ids, count, place = looked[family], {}, {}, {}
  local left, width = #all > 0 and call('EXISTS', unpack(all)) or 0, #all / #sides
  for from = 1, #all, math.max(width, 1) do
    local here = left > 0 and call('EXISTS', unpack(all, from, from + width - 1)) or 0
    left = left - here
    for i = from, here > 0 and from + width - 1 or 0 do
      for at, id in ipairs(call('ZRANGE', all[i], '0', family == 0 and '3' or '0')) do
        if not count[id] then ids[#ids + 1], count[id], place[id] = id, 0, at end
        count[id], place[id] = count[id] + 1, math.min(place[id], at)
      end
    end
  end
  table.sort(ids, function(a, b) return count[a] > count[b] or count[a] == count[b] and place[a] < place[b] end)
  return ids
end
local function fit(id, record, family) -- its shared tags; nothing if it is not there any more: then it leaves the line
  local isWaiting = record and sub(record, 1, 1) == 'W'
  local alive = isWaiting and lease(sub(record, 40, 47))
  if isWaiting and alive >= now then
    local shared = 0
    for mark in string.gmatch(family == 0 and planOf(record)[6] or '', '......') do shared = shared + (wanted[mark] or 0) end
    return shared
  end
  dead = dead + 1
  if isWaiting then
    unlist(id, record)
    call('SET', key('t', id), become(record, 'P', after(alive, parkFor), nobody), 'EX', keep)
  else -- its record was lost
    for _, name in ipairs(looked[family]) do call('ZREM', name, id) end
  end
end
local function best(family) -- among the first 8 that hold a fit one: most shared tags, then lowest rank
  repeat
    local before, ids = dead, heads(family)
    for from = 1, #ids, 8 do
      local names, peer, most = {}, nil, -1
      for i = from, math.min(from + 7, #ids) do names[#names + 1] = key('t', ids[i]) end
      for i, record in ipairs(call('MGET', unpack(names))) do
        local id, shared = ids[from + i - 1], fit(ids[from + i - 1], record, family)
        if shared and (shared > most or shared == most and sub(record, 4, 19) < sub(peer.record, 4, 19)) then
          peer, most = {id = id, record = record}, shared
        end
      end
      if peer then return peer end
    end
  until dead == before or dead >= 32
end
-- writes --------------------------------------------------------------------------------------------------------------
if state == 'W' then -- in line under a live owner: it changes hands where it stands
  if sub(mine, 40, 47) ~= node then tell(mine, 'moved', sub(mine, 36, 39)) end
  mine = sub(mine, 1, 35) .. attachment .. node .. sub(mine, 48)
  call('SET', ticketKey, mine)
  return {'waiting', now, mine}
end
if sub(mine, 1, 1) == 'W' then unlist(me, mine) end -- its owner died
mine = 'W' .. level .. attempt .. rank .. never .. attachment .. node .. ticket .. nobody .. device
mine = mine .. string.format('%04d', #lineup) .. lineup .. stored
local function member(id, record)
  return id .. sub(record, 48, 69) .. sub(record, 4, 19) .. sub(record, 3, 3) .. storedOf(record)
end
for family = 0, level do
  local peer = somebody and best(family)
  if not peer and dead >= 32 then return {'again', now} end
  if peer then
    local enterBy, waited = after(now, enterFor), member(peer.id, peer.record)
    local over = after(enterBy, settleFor)
    local match = session .. now .. enterBy .. family .. string.format('%04d', #waited) .. waited .. member(me, mine)
    unlist(peer.id, peer.record)
    call('SET', ticketKey, become(mine, 'M', over, session), 'EX', keep)
    call('SET', key('t', peer.id), become(peer.record, 'M', over, session), 'EX', keep)
    call('SET', key('match', session), match, 'EX', keep)
    tell(peer.record, 'matched', match)
    if op == 'arrive' then call('HSET', nodesKey, 'rank', rank) end
    return {'matched', now, match}
  end
end
for f = 0, level do for _, name in ipairs(queues(of, {of[2]}, f)) do call('ZADD', name, rank, me) end end
call('SET', ticketKey, mine)
if op == 'arrive' then call('HSET', nodesKey, 'rank', rank) end
return {'waiting', now, mine}
