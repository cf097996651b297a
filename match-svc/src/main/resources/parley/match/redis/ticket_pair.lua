-- What the scripts share that end a match or a proposal. Stands between ticket_record.lua and each of them.

-- The two of a match, in order: {id, ticket, device, letters}; letters name both in lists of refusals.
local function pairOf(match)
  local cut, two = 61 + sub(match, 58, 61), {}
  for i, text in ipairs({sub(match, 62, cut), sub(match, cut + 1)}) do
    two[i] = {id = sub(text, 1, 11), ticket = sub(text, 12, 33), device = sub(text, 34, 44)}
    two[i].letters = sub(two[i].id, 1, 8) .. sub(two[i].device, 1, 8)
  end
  return two
end

-- Puts 16 letters at the end of a list of refusals; over `most`, the oldest falls out.
local function refuse(name, list, letters, most, keep)
  list = list or ''
  local at = string.find(list, letters, 1, true)
  while at and at % 16 ~= 1 do at = string.find(list, letters, at + 1, true) end
  if at then list = sub(list, 1, at - 1) .. sub(list, at + 16) end
  call('SET', name, sub(list .. letters, -16 * most), 'EX', keep)
end

-- Whether a record is in this match, in that state.
local function isIn(record, state, session)
  return record and sub(record, 1, 1) == state and sub(record, 70, 91) == session
end

-- Out of a match that came to nothing: parked with its rank, one attempt later, for its owner or its person to take up.
-- why: D declined, W withdrawn, empty otherwise.
local function sendBack(name, record, till, keep, why)
  local parked = become(record, 'P', till, nobody)
  call('SET', name, sub(parked, 1, 2) .. math.min(sub(parked, 3, 3) + 1, 9) .. sub(parked, 4), 'EX', keep)
  tell(record, 'returned', why)
end

-- The same record without its AI peer.
local function alone(record, ai)
  ai.companion = ''
  return withAi(record, ai)
end
