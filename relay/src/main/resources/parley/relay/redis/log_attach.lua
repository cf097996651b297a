-- Gives a member a new attachment: older ones of that member cannot append from here on.
-- Returns nil if there is no state; 'late' if the time to enter is over and the session is not; else the
-- state after it and the facts before it (field, value, ...). A closed session is answered and stays closed: for as long
-- as the pass may live that its member is given now, so that it is not made anew with that.
-- The attachment that completes a watched session writes `opened` and `settle` into the outbox: see log_close.lua.
-- A member's first attachment that replaces another session writes `replaced` there, with `other`, that session's id.
local state_key, facts_key, log_key, due_key, out_key, tick_key = unpack(KEYS)
local member, node, enter_by_ms, life_ms = tonumber(ARGV[1]), ARGV[2], tonumber(ARGV[3]), ARGV[4]
local life_of_node, who, look_ms, box = ARGV[5], ARGV[6], tonumber(ARGV[7]), tonumber(ARGV[8])
local session, id, replaces = ARGV[9], ARGV[10], ARGV[11]

local state = redis.call('GET', state_key)
if not state then
  return false
end
local function attachment_of(number)
  return (struct.unpack('>I4', state, 15 + (number - 1) * 16))
end
local row = 15 + (member - 1) * 16
local open, attachment = string.byte(state, 6), attachment_of(member)
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if enter_by_ms > 0 and now > enter_by_ms and (attachment == 0 or open == 1) then
  return 'late'
end
local facts = redis.call('HGETALL', facts_key)
if open ~= 1 then
  redis.call('PEXPIRE', state_key, life_ms)
  redis.call('PEXPIRE', facts_key, life_ms)
  return { state, facts }
end

state = string.sub(state, 1, row - 1) .. struct.pack('>I4', attachment + 1) .. string.sub(state, row + 4)
redis.call('SET', state_key, state, 'PX', life_ms)
redis.call('HSET', facts_key, 'n' .. member, node, 'l' .. member, life_of_node, 't' .. member, now,
  's' .. member, now)
if who ~= '' then redis.call('HSET', facts_key, 'w' .. member, who) end
redis.call('HDEL', facts_key, 'a' .. member)
redis.call('PEXPIRE', facts_key, life_ms)
redis.call('PEXPIRE', log_key, life_ms)

local made = redis.call('HGET', facts_key, 'made')
if made then
  local everybody, all_in = '', attachment == 0
  for number = 1, (#state - 14) / 16 do
    all_in = all_in and attachment_of(number) > 0
    local bearer = redis.call('HGET', facts_key, 'w' .. number)
    everybody = bearer and everybody .. string.char(number) .. bearer or everybody
  end
  redis.call('ZADD', due_key, 'LT', now + look_ms, session)
  local about, bounds = redis.call('HGET', facts_key, 'about'), {}
  if all_in then bounds = { opened = box, settle = 2 * box } end
  if replaces ~= '' and attachment == 0 then bounds.replaced = 2 * box end
  for what, bound in pairs(bounds) do
    if redis.call('XLEN', out_key) < bound then
      redis.call('XADD', out_key, '*', 'what', what, 'id', id, 'at', now, 'made', made, 'who', everybody, 'about', about,
        'other', what == 'replaced' and replaces or '')
    else
      redis.call('HINCRBY', tick_key, 'dropped', 1)
    end
  end
end
return { state, facts }
