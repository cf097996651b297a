-- One ticket looks for a peer and, finding nobody, stands in line, in one step: nobody stands in a queue without having
-- looked through it. Whoever is taken leaves every queue and becomes MATCHED in the same step, and a candidate is taken
-- only if its record says W and its owner's lease stands; Redis runs one script at a time, so nobody is paired twice.
-- op arrive: a new ticket. op attach: a stream takes one up again. (Later relax: only the family that it adds.)
-- Returns {word, now, ...}: nolease, gen: the caller may not act | again: 32 dead tickets were parked, call once more
--   same, live {state, record}: this, or another, ticket exists | none, over {state, record}: nothing to take up
--   waiting {record} | matched {match} | before {match}: matched before, and not over
-- Record: 1 state W P M T(met) C E | 2 level | 3 attempt | 4-19 rank | 20-35 until | 36-39 attachment | 40-47 node |
--   48-69 ticket | 70-91 session | 92-99 device | 100-103 length of line-up | line-up | stored, opaque. Moments are 16
--   digits of microseconds, compared as text; until is when P or M is over, which is judged on reading.
-- Line-up: pool|side|rungs|rungs|rungs|marks. It stands in side x rungs, families 0 to level; marks are 6 letters a tag.
-- Match: session 22 | now 16 | enter_by 16 | family 1 | length 4 of the first member | who waited | who arrived;
--   a member: participant 11 | ticket 22 | rank 16 | attempt 1 | stored
local ticketKey, nodesKey = KEYS[1], KEYS[2]
local op, me, ticket, node, gen, session, lineup, look, level, oldRank, device, stored = unpack(ARGV, 1, 12)
local parkFor, enterFor, settleFor, keep = unpack(ARGV, 13, 16) -- microseconds, but keep: seconds
local sub, call, nobody, never = string.sub, redis.call, string.rep('-', 22), string.rep('0', 16)
local function key(...) return sub(nodesKey, 1, -6) .. table.concat({...}, ':') end -- any other key, inside the tag
local function after(moment, micros) return string.format('%016.0f', moment + micros) end
local function words(text) local all = {}; for word in string.gmatch(text, '%S+') do all[#all + 1] = word end; return all end
local function plan(text) return {string.match(text, '^([^|]*)|([^|]*)|([^|]*)|([^|]*)|([^|]*)|(.*)$')} end
local function planOf(record) return plan(sub(record, 104, 103 + sub(record, 100, 103))) end
local function queues(of, sides, family)
  local names = {}
  for _, side in ipairs(sides) do
    for _, rung in ipairs(words(of[family + 3])) do names[#names + 1] = key('q', of[1], side, rung) end
  end
  return names
end
local function unlist(id, record)
  local of = planOf(record)
  for f = 0, sub(record, 2, 2) do for _, name in ipairs(queues(of, {of[2]}, f)) do call('ZREM', name, id) end end
end
local function become(record, state, till, inSession)
  return state .. sub(record, 2, 19) .. till .. sub(record, 36, 69) .. inSession .. sub(record, 92)
end
local function tell(record, what, about) -- its owner
  call('XADD', key('in', sub(record, 40, 47)), 'MAXLEN', '~', '50000', '*', what, sub(record, 48, 69) .. about)
end
-- checks --------------------------------------------------------------------------------------------------------------
local ours, time = call('HMGET', nodesKey, node, 'gen', 'rank'), call('TIME')
local now, leases, dead = time[1] .. string.format('%06d', time[2]), {[node] = ours[1]}, 0
local function lease(owner)
  if leases[owner] == nil then leases[owner] = call('HGET', nodesKey, owner) end
  return sub(leases[owner] or '0', 1, 16)
end
if lease(node) < now then return {'nolease', now} end
if ours[2] ~= gen then return {'gen', now} end
local mine = call('GET', ticketKey) or ''
local state, till, owner = sub(mine, 1, 1), sub(mine, 20, 35), sub(mine, 40, 47)
local adrift = state == 'W' and lease(owner) < now
if adrift then state, till = 'P', after(lease(owner), parkFor) end
if (state == 'P' or state == 'M') and till < now then state = 'E' end
local known, rank, attempt, attachment = sub(mine, 48, 69) == ticket, oldRank, '0', '0001'
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
local of, sides, wanted = plan(lineup), words(look), {}
for mark in string.gmatch(of[6], '......') do wanted[mark] = 1 end
local function heads(family) -- who stands first where I look (4 a queue of tags, else 1); most shared queues first
  local all, ids, count, place = queues(of, sides, family), {}, {}, {}
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
local function fit(id, record, family) -- its shared tags, or nothing if it is not there: then it leaves the line
  local owns = record and lease(sub(record, 40, 47))
  if record and sub(record, 1, 1) == 'W' and owns >= now then
    local shared = 0
    for mark in string.gmatch(family == 0 and planOf(record)[6] or '', '......') do shared = shared + (wanted[mark] or 0) end
    return shared
  end
  for _, name in ipairs(queues(of, sides, family)) do if not record then call('ZREM', name, id) end end
  if record then unlist(id, record); call('SET', key('t', id), become(record, 'P', after(owns, parkFor), nobody), 'EX', keep) end
  dead = dead + 1
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
