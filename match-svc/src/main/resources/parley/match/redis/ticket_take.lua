-- Takes two together who have left every queue: MATCHED; or PROPOSED, if their pool asks both, or one of them talks with
-- an AI peer and is asked first. Who is not asked counts as having accepted. Stands before the search.
-- one, other: {id, record, companion}, who waited first. Returns the word for it, and the match.
local function take(one, other, about)
  local session, now, family, asksBoth, enterFor, answerFor, settleFor, keep = unpack(about)
  local word, letter, till, answers = 'matched', 'M', after(now, enterFor), ''
  for _, each in ipairs({one, other}) do
    local isAsked = asksBoth or each.companion ~= ''
    if isAsked then word, letter, till = 'proposed', 'R', after(now, answerFor) end
    answers = answers .. (isAsked and '-' or 'A')
  end
  local waited, arrived = member(one.id, one.record), member(other.id, other.record)
  local match = session .. now .. till .. family .. answers .. string.format('%04d', #waited) .. waited .. arrived
  for _, each in ipairs({other, one}) do
    call('SET', key('t', each.id), become(each.record, letter, after(till, settleFor), session), 'EX', keep)
  end
  call('SET', key('match', session), match, 'EX', keep)
  tell(one.record, word, match)
  return word, match
end
