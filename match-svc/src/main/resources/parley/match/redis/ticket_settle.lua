-- What became of a match, by session-svc's word: both entered and have met, and are not paired again soon; or it is void:
-- who came goes back with the old rank, who did not has expired. A ticket that is no longer in this match (settled
-- before, cancelled, or its person asked anew) stays as it is, so repeating changes nothing.
-- Returns {none}: no such match is known | {met} | {nobody}: came | {void, participant, ticket}: of the one who came
local matchKey = KEYS[1]
local entered, parkFor, most, keepRecent, keep = {ARGV[1] == '1', ARGV[2] == '1'}, unpack(ARGV, 3, 6)
local match, now = call('GET', matchKey), nowIs(call('TIME'))
if not match then return {'none'} end
local session, two = sub(match, 1, 22), pairOf(match)
local both, answer = entered[1] and entered[2], {'nobody'}
local names, recent = {key('t', two[1].id), key('t', two[2].id)}, {key('no', two[1].device), key('no', two[2].device)}
local kept = call('MGET', names[1], names[2], recent[1], recent[2])
for i, record in ipairs({kept[1], kept[2]}) do
  local here = isIn(record, 'M', session)
  if both then
    answer = {'met'}
    if here then refuse(recent[i], kept[i + 2], two[3 - i].letters, most, keepRecent) end
    if here then call('SET', names[i], become(record, 'T', now, session), 'EX', keep) end
  elseif entered[i] then
    answer = {'void', two[i].id, two[i].ticket}
    if here then sendBack(names[i], record, after(now, parkFor), keep) end
  elseif here then
    call('SET', names[i], become(record, 'E', now, session), 'EX', keep)
  end
end
return answer
