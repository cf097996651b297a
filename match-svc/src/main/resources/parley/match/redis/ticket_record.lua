-- What the ticket scripts share; it stands before each of them. KEYS[1] lies in the cohort's hash tag, as do all keys.
-- Record: 1 state W P R(proposed) M T(met) C E | 2 level | 3 attempt | 4-19 rank | 20-35 until | 36-39 attachment |
--   40-47 node | 48-69 ticket | 70-91 session | 92-102 device | 103-109 relaxed | 110-113 length of line-up | line-up |
--   stored, opaque. Moments are 16 digits of microseconds, compared as text; until is when P, R or M is over, which is
--   judged on reading; relaxed is how long after its rank it came to its level, in milliseconds.
-- Line-up: pool|side|rungs|rungs|rungs|marks|wish 1 asked 1|calm|companion. It stands in side x rungs, families 0 to
--   level; marks are 6 letters a tag. wish: whether an AI peer may come, N never, I instead, M meanwhile; asked: proposals
--   with somebody who had a companion that came to nothing, in a row; calm: until when there are no more of them, or empty;
--   companion: session 22 and node of the AI peer that talks with this person, or empty. Older ones end with the marks.
-- Match: session 22 | now 16 | until 16: to enter, or to answer | family 1 | answers 2: A D or - | length 4 of the first
--   member | who waited | who arrived; a member: participant 11 | ticket 22 | device 11 | rank 16 | attempt 1 |
--   level 1 | relaxed 7 | stored. An AI peer is the second, without a ticket and a device: dashes stand there.
-- Lists of refusals, by device (or participant, where no device is known): no, met lately; declined; block. 16 letters for
--   each person, 8 of participant and 8 of device; newest last, each once. None pushes anybody out of another.
local sub, call, nobody, never = string.sub, redis.call, string.rep('-', 22), string.rep('0', 16)
local tag = string.match(KEYS[1], '^.-{.-}')
local function key(...) return tag .. table.concat({...}, ':') end -- every key that is not declared
local function after(moment, micros) return string.format('%016.0f', moment + micros) end
local function nowIs(time) return time[1] .. string.format('%06d', time[2]) end

local function words(text)
  local all = {}
  for word in string.gmatch(text, '%S+') do all[#all + 1] = word end
  return all
end

local function lineupOf(record) return sub(record, 114, 113 + sub(record, 110, 113)) end
local function plan(text) return {string.match(text, '^([^|]*)|([^|]*)|([^|]*)|([^|]*)|([^|]*)|([^|]*)')} end
local function planOf(record) return plan(lineupOf(record)) end

-- What a line-up says of AI peers, and the line-up that says something else.
local function aiIn(lineup)
  local wish, asked, calm, companion = string.match(lineup, '|([NIM])(%d)|(%d*)|([^|]*)$')
  return {wish = wish or 'N', asked = asked or '0', calm = calm or '', companion = companion or ''}
end
local function aiOf(record) return aiIn(lineupOf(record)) end
local function lineupWith(ai, lineup)
  return table.concat({table.concat(plan(lineup), '|'), ai.wish .. ai.asked, ai.calm, ai.companion}, '|')
end
local function withAi(record, ai)
  local lineup = lineupWith(ai, lineupOf(record))
  return sub(record, 1, 109) .. string.format('%04d', #lineup) .. lineup .. sub(record, 114 + sub(record, 110, 113))
end
-- Whether the session of a record is the one with its AI peer: nobody else was found yet.
local function isWithAi(record, ai) return ai.companion ~= '' and sub(record, 70, 91) == sub(ai.companion, 1, 22) end

-- The queues of a plan's rungs in one family, side by side.
local function queues(of, sides, family)
  local names, rungs = {}, words(of[family + 3])
  for _, side in ipairs(sides) do
    for _, rung in ipairs(rungs) do names[#names + 1] = key('q', of[1], side, rung) end
  end
  return names
end

-- Out of every queue it stands in.
local function unlist(id, record)
  local of = planOf(record)
  for family = 0, sub(record, 2, 2) do
    for _, name in ipairs(queues(of, {of[2]}, family)) do call('ZREM', name, id) end
  end
end

-- The same record in another state.
local function become(record, state, till, session)
  return state .. sub(record, 2, 19) .. till .. sub(record, 36, 69) .. session .. sub(record, 92)
end

-- One side of a match, as it stood when it was found.
local function member(id, record)
  local stored = sub(record, 114 + sub(record, 110, 113))
  return id .. sub(record, 48, 69) .. sub(record, 92, 102) ..
    sub(record, 4, 19) .. sub(record, 3, 3) .. sub(record, 2, 2) .. sub(record, 103, 109) .. stored
end

-- One entry in the inbox of a record's owner: {what, ticket and what is to say about it}.
local function tell(record, what, about)
  call('XADD', key('in', sub(record, 40, 47)), 'MAXLEN', '~', '50000', '*', what, sub(record, 48, 69) .. about)
end

-- Until when a node owns its tickets; read once. A lease's first 16 characters are the moment.
local leases = {}
local function lease(owner)
  if leases[owner] == nil then leases[owner] = call('HGET', key('nodes'), owner) end
  return sub(leases[owner] or '0', 1, 16)
end

-- State and until as they are now: in line under a dead owner is parked since that owner's lease; and over is over.
local function judge(record, now, parkFor)
  local state, till = sub(record, 1, 1), sub(record, 20, 35)
  if state == 'W' and lease(sub(record, 40, 47)) < now then
    state, till = 'P', after(lease(sub(record, 40, 47)), parkFor)
  end
  if string.match(state, '[PRM]') and till < now then state = 'E' end
  return state, till
end
