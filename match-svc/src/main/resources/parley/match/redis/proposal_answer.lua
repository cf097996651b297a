-- One answer to a proposal, or its deadline, by Redis' clock. Both accepted: the match stands. Else it is void, and the
-- two never meet again, unless one of them went away before the other said anything: who accepted, who was not asked to the
-- end and who declined go back with the old rank; who was silent is cancelled; who declined too often in a short time is
-- cancelled, too, and pauses. Who talks with an AI peer goes on with it: back in line, or, silent, out of it: T; and may
-- decline as often as they like. Who was proposed to such people twice in a row is not for a while. Owners learn it by inbox.
-- verdict: A accepts | D declines | W went away | T says that the time may be up
-- Returns {answered} | {over}: decided before, or no such proposal | {early}: the time is not up
local matchKey = KEYS[1]
local me, verdict, enterFor, settleFor, parkFor, most, keepDeclined, keep = unpack(ARGV, 1, 8)
local declines, declineFor, pauseFor, calmFor = tonumber(ARGV[9]), unpack(ARGV, 10, 12) -- microseconds
local match, now = call('GET', matchKey), nowIs(call('TIME'))
if not match then return {'over'} end
local session, two, isLate = sub(match, 1, 22), pairOf(match), sub(match, 39, 54) < now
local mine = two[1].id == me and 1 or two[2].id == me and 2
local records = call('MGET', key('t', two[1].id), key('t', two[2].id))
if not (mine and isIn(records[1], 'R', session) and isIn(records[2], 'R', session)) then return {'over'} end
if verdict == 'T' and not isLate then return {'early'} end
local answers, ais = {sub(match, 56, 56), sub(match, 57, 57)}, {aiOf(records[1]), aiOf(records[2])}
local hasAi = ais[1].companion ~= '' or ais[2].companion ~= ''
if verdict == 'D' and hasAi and ais[mine].companion == '' and answers[mine] == 'A' then verdict = 'W' end -- was not asked
if not isLate then answers[mine] = verdict end
-- writes --------------------------------------------------------------------------------------------------------------
if answers[1] == 'A' and answers[2] == 'A' then
  local till = after(now, enterFor)
  match = session .. now .. till .. sub(match, 55, 55) .. 'AA' .. sub(match, 58)
  call('SET', matchKey, match, 'EX', keep)
  for i, record in ipairs(records) do
    call('SET', key('t', two[i].id), become(record, 'M', after(till, settleFor), session), 'EX', keep)
    tell(record, 'matched', match)
  end
  return {'answered'}
end
if not isLate and verdict == 'A' then -- the other is asked still
  call('SET', matchKey, sub(match, 1, 55) .. answers[1] .. answers[2] .. sub(match, 58), 'KEEPTTL')
  return {'answered'}
end
local isWithdrawn = verdict == 'W' and not isLate
for i, record in ipairs(records) do
  local name, list, paused, ai = key('t', two[i].id), key('declined', two[i].device), nil, ais[i]
  if not isWithdrawn then refuse(list, call('GET', list), two[3 - i].letters, most, keepDeclined) end
  if answers[i] == 'D' and ai.companion == '' then
    local count = key('declines', two[i].device)
    if call('INCR', count) == 1 then call('PEXPIRE', count, math.ceil(declineFor / 1000)) end
    if tonumber(call('GET', count)) >= declines then paused = after(now, pauseFor) end
  end
  local isSilent = answers[i] == '-' and isLate
  if hasAi and ai.companion == '' then
    ai.asked = string.format('%d', ai.asked + 1)
    if ai.asked >= '2' then ai.asked, ai.calm = '0', after(now, calmFor) end
    record = withAi(record, ai)
  end
  if paused then
    call('SET', key('pause', two[i].device), paused, 'PX', math.ceil(pauseFor / 1000))
    call('SET', name, become(record, 'C', now, nobody), 'EX', keep)
    tell(record, 'paused', after(pauseFor, 0))
  elseif ai.companion ~= '' and (isSilent or ai.wish == 'I') then
    call('SET', name, become(record, 'T', now, sub(ai.companion, 1, 22)), 'EX', keep)
    tell(record, 'rests', '')
  elseif isSilent then
    call('SET', name, become(record, 'C', now, nobody), 'EX', keep)
    tell(record, 'ended', 'C')
  else
    sendBack(name, record, after(now, parkFor), keep, isLate and '' or verdict)
  end
end
return {isLate and verdict ~= 'T' and 'over' or 'answered'}
