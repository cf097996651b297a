-- One answer to a proposal, or its deadline, by Redis' clock. Both accepted: the match stands. Else it is void, and the
-- two never meet again: who accepted, who was not asked to the end and who declined go back with the old rank; who was
-- silent is cancelled; who declined too often in a short time is cancelled, too, and pauses. Owners learn it by inbox.
-- verdict: A accepts | D declines | T says that the time may be up
-- Returns {answered} | {over}: decided before, or no such proposal | {early}: the time is not up
local matchKey = KEYS[1]
local me, verdict, enterFor, settleFor, parkFor, most, keepBlock, keep = unpack(ARGV, 1, 8)
local declines, declineFor, pauseFor = tonumber(ARGV[9]), ARGV[10], ARGV[11] -- microseconds
local match, now = call('GET', matchKey), nowIs(call('TIME'))
if not match then return {'over'} end
local session, two, isLate = sub(match, 1, 22), pairOf(match), sub(match, 39, 54) < now
local mine = two[1].id == me and 1 or two[2].id == me and 2
local records = call('MGET', key('t', two[1].id), key('t', two[2].id))
if not (mine and isIn(records[1], 'R', session) and isIn(records[2], 'R', session)) then return {'over'} end
if verdict == 'T' and not isLate then return {'early'} end
local answers = {sub(match, 56, 56), sub(match, 57, 57)}
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
for i, record in ipairs(records) do
  local name, list, paused = key('t', two[i].id), key('block', two[i].device), nil
  refuse(list, call('GET', list), two[3 - i].letters, most, keepBlock)
  if answers[i] == 'D' then
    local count = key('declines', two[i].device)
    if call('INCR', count) == 1 then call('PEXPIRE', count, math.ceil(declineFor / 1000)) end
    if tonumber(call('GET', count)) >= declines then paused = after(now, pauseFor) end
  end
  if paused then
    call('SET', key('pause', two[i].device), paused, 'PX', math.ceil(pauseFor / 1000))
    call('SET', name, become(record, 'C', now, nobody), 'EX', keep)
    tell(record, 'paused', after(pauseFor, 0))
  elseif answers[i] == '-' and isLate then
    call('SET', name, become(record, 'C', now, nobody), 'EX', keep)
    tell(record, 'ended', 'C')
  else
    sendBack(name, record, after(now, parkFor), keep)
  end
end
return {isLate and verdict ~= 'T' and 'over' or 'answered'}
