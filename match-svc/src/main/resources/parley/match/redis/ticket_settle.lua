-- What became of a match, by session-svc's word: both entered and have met, and are not paired again soon; or it is void:
-- who came goes back with the old rank, who did not has expired. A ticket that is no longer in this match (settled
-- before, cancelled, or its person asked anew) stays as it is, so repeating changes nothing. A match with an AI peer is
-- settled alike, but for lists of refusals; a ticket that stayed in line with it goes on; void, it is parked without it.
-- Returns {none}: no such match is known | {met} | {nobody}: came | {void, participant, ticket}: of the one who came
local matchKey = KEYS[1]
local entered, parkFor, most, keepRecent, keep = {ARGV[1] == '1', ARGV[2] == '1'}, unpack(ARGV, 3, 6)
local match, now = call('GET', matchKey), nowIs(call('TIME'))
if not match then return {'none'} end
local session, two = sub(match, 1, 22), pairOf(match)
local both, answer, hasAi = entered[1] and entered[2], {'nobody'}, two[2].ticket == nobody
local names, recent = {key('t', two[1].id), key('t', two[2].id)}, {key('no', two[1].device), key('no', two[2].device)}
local kept = call('MGET', names[1], names[2], recent[1], recent[2])
for i = 1, hasAi and 1 or 2 do
  local record, till = kept[i], after(now, parkFor)
  local here, ai = isIn(record, 'M', session), record and aiOf(record)
  local isBeside = ai and not here and sub(ai.companion, 1, 22) == session and string.match(sub(record, 1, 1), '[WPRM]')
  if both then
    answer = {'met'}
    if here and not hasAi then
      refuse(recent[i], kept[i + 2], two[3 - i].letters, most, keepRecent)
      record = ai.companion == '' and record or alone(record, ai)
    end
    if here then call('SET', names[i], become(record, 'T', now, session), 'EX', keep) end
  else
    if entered[i] then answer = {'void', two[i].id, two[i].ticket} end
    if here and entered[i] then
      sendBack(names[i], alone(record, ai), till, keep, '')
    elseif here then
      call('SET', names[i], become(record, 'E', now, session), 'EX', keep)
    elseif isBeside and sub(record, 1, 1) == 'W' then
      unlist(two[i].id, record)
      sendBack(names[i], alone(record, ai), till, keep, '')
    elseif isBeside then
      call('SET', names[i], alone(record, ai), 'KEEPTTL')
    end
  end
end
return answer
