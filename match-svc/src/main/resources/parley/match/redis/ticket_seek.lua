-- One ticket looks for a peer and, finding nobody, stands in line, in one step: nobody stands in a queue without having
-- looked through it. Whoever is taken leaves every queue in the same step, and a candidate is taken only if its record
-- says W and its owner's lease stands; Redis runs one script at a time, so nobody is paired twice. Before it stand
-- ticket_record.lua, ticket_heads.lua and ticket_take.lua. held: the stream that had it; a newer one elsewhere moved it
-- op arrive: a new ticket. op relax: one level further, the added family only. op attach: a stream takes it up again, its
-- person has no AI peer from then on. op adopt: a node does, without a stream, while its person talks with an AI peer.
-- Returns {word, now, ...}: nolease, gen: the caller may not act | again: 32 dead tickets were parked, call once more
--   same, live {state, record}: this, or another, ticket exists | none | over, stale {state, record} | paused {until} | moved
--   waiting {record, refused} | matched, proposed {match, refused, record} | before {match}: matched, and still so
local ticketKey, nodesKey = KEYS[1], KEYS[2]
local op, me, ticket, node, gen, session, lineup, look, level, rank, attempt, relaxed = unpack(ARGV, 1, 12)
local device, stored, parkFor, enterFor, settleFor, keep, answerFor, asks, held = unpack(ARGV, 13, 21) -- µs; keep: seconds
-- checks --------------------------------------------------------------------------------------------------------------
local ours, now, dead, refused = call('HMGET', nodesKey, node, 'gen', 'rank'), nowIs(call('TIME')), 0, 0
leases[node] = ours[1]
if lease(node) < now then return {'nolease', now} end
if ours[2] ~= gen then return {'gen', now} end
local known = call('MGET', ticketKey, key('pause', device), refusalsOf(me, device))
local mine, maySee = known[1] or '', acceptable(known, 3)
local state = judge(mine, now, parkFor)
local attachment, first, ai = string.format('%04d', math.max(held, 1)), 0, aiIn(lineup)
if op == 'arrive' then
  if sub(mine, 48, 69) == ticket then return {'same', now, state, mine} end
  if string.match(state, '[WPRM]') then return {'live', now, state, mine} end
  if rank == '' and (known[2] or '') > now then return {'paused', now, known[2]} end
  if rank == '' then rank = (ours[3] or '') < now and now or after(ours[3], 1) end
else
  if sub(mine, 48, 69) ~= ticket then return {'none', now} end
  if held ~= '0000' and sub(mine, 36, 39) > held and sub(mine, 40, 47) ~= node then return {'moved', now} end
  ai, attachment = aiOf(mine), sub(mine, 36, 39)
  if op ~= 'relax' then attachment = string.format('%04d', (math.max(attachment, held) + 1) % 10000) end
  local rests = string.match(state, '[MT]') and isWithAi(mine, ai) -- out of line, with its AI peer
  if op == 'adopt' and (ai.companion == '' or ai.wish == 'I') then return {'over', now, state, mine} end
  if op == 'attach' then ai.companion = '' end
  lineup = lineupWith(ai, lineupOf(mine))
  if op == 'relax' then
    first = tonumber(level)
    local left = state == 'W' and sub(mine, 40, 47) == node and first - sub(mine, 2, 2)
    if left == 0 then return {'waiting', now, mine, 0} elseif left ~= 1 then return {'stale', now, state, mine} end
  elseif state == 'M' and op == 'attach' then
    return {'before', now, call('GET', key('match', sub(mine, 70, 91)))}
  elseif state == 'W' or state == 'R' then -- under a live owner: it changes hands where it is
    if sub(mine, 40, 47) ~= node then tell(mine, 'moved', sub(mine, 36, 39)) end
    mine = withAi(sub(mine, 1, 35) .. attachment .. node .. sub(mine, 48), ai)
    call('SET', ticketKey, mine, 'KEEPTTL')
    if state == 'R' then return {'proposed', now, call('GET', key('match', sub(mine, 70, 91))), 0, mine} end
    return {'waiting', now, mine, 0}
  elseif state ~= 'P' and not rests then
    return {'over', now, state, mine}
  end
  rank, attempt, relaxed = sub(mine, 4, 19), sub(mine, 3, 3), sub(mine, 103, 109)
  level = op == 'relax' and level or sub(mine, 2, 2)
  if op == 'relax' then relaxed = string.format('%07.0f', math.min(math.max(now - rank, 0) / 1000, 9999999)) end
end
-- search --------------------------------------------------------------------------------------------------------------
local of, sides, wanted, looked, everywhere, skipped = plan(lineup), words(look), {}, {}, {}, {[me] = true}
for mark in string.gmatch(of[6], '......') do wanted[mark] = 1 end
for family = first, level do
  looked[family] = queues(of, sides, family)
  for _, name in ipairs(looked[family]) do everywhere[#everywhere + 1] = name end
end
local somebody = #everywhere > 0 and call('EXISTS', unpack(everywhere)) > 0
local function skip(id) skipped[id], refused = true, refused + 1 end
local function may(id) return not skipped[id] and (maySee(sub(id, 1, 8)) or skip(id)) end
local function fit(id, record, family) -- its score; nothing if it may not be met, or is gone: then it leaves
  local isWaiting = record and sub(record, 1, 1) == 'W'
  local alive = isWaiting and lease(sub(record, 40, 47))
  if isWaiting and alive >= now then
    local theirs = aiOf(record)
    local calm = theirs.companion ~= '' and ai.calm > now or ai.companion ~= '' and theirs.calm > now
    if calm or not maySee(sub(record, 92, 99)) then return skip(id) end
    local shared, marks = 0, family == 0 and planOf(record)[6] or ''
    for mark in string.gmatch(marks, '......') do shared = shared + (wanted[mark] or 0) end
    return shared * 2 + (theirs.companion == '' and 1 or 0), theirs.companion
  end
  dead = dead + 1
  if isWaiting then
    unlist(id, record)
    call('SET', key('t', id), become(record, 'P', after(alive, parkFor), nobody), 'EX', keep)
  else -- its record was lost
    for _, name in ipairs(looked[family]) do call('ZREM', name, id) end
  end
end
local function best(family) -- of the first 8 with a fit one: most shared tags, then who is free, then lowest rank
  repeat
    local before, ids = dead + refused, firstOfAll(looked[family], #looked[family] / #sides, family, may)
    for from = 1, #ids, 8 do
      local names, peer, most = {}, nil, -1
      for i = from, math.min(from + 7, #ids) do names[#names + 1] = key('t', ids[i]) end
      for i, record in ipairs(call('MGET', unpack(names))) do
        local score, companion = fit(ids[from + i - 1], record, family)
        if score and (score > most or score == most and sub(record, 4, 19) < sub(peer.record, 4, 19)) then
          peer, most = {id = ids[from + i - 1], record = record, companion = companion}, score
        end
      end
      if peer then return peer end
    end
  until dead + refused == before or dead >= 32
end
-- writes --------------------------------------------------------------------------------------------------------------
local old = mine
mine = 'W' .. level .. attempt .. rank .. never .. attachment .. node .. ticket .. nobody .. device .. relaxed
mine = mine .. string.format('%04d', #lineup) .. lineup .. stored
if sub(old, 1, 1) == 'W' and op ~= 'relax' then unlist(me, old) end -- its owner died
for family = first, level do
  local peer = somebody and best(family)
  if not peer and dead >= 32 then return {'again', now} end
  if peer then
    unlist(peer.id, peer.record)
    if op == 'relax' then unlist(me, old) end
    local word, match = take(peer, {id = me, record = mine, companion = ai.companion},
      {session, now, family, asks == 'both', enterFor, answerFor, settleFor, keep})
    if op == 'arrive' then call('HSET', nodesKey, 'rank', rank) end
    return {word, now, match, refused, mine}
  end
end
for f = first, level do for _, name in ipairs(queues(of, {of[2]}, f)) do call('ZADD', name, rank, me) end end
call('SET', ticketKey, mine)
if op == 'arrive' then call('HSET', nodesKey, 'rank', rank) end
return {'waiting', now, mine, refused}
