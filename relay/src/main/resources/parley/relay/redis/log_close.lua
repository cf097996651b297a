-- Closes a session; closed already, it stays as it was closed. The state stays as a tombstone, the text goes after a
-- while, unless the fact `reported` is there: then log_tick.lua waits until it is not.
-- With a lost member (number > 0) it closes only if that member still has this attachment and is away, or never came.
-- Returns nil if there is no state, else the state and the facts after it (field, value, ...).
-- A watched session writes into the outbox, entry fields what ('opened', 'closed' or 'settle'), id (16 bytes), at and
-- made (milliseconds), who (its number u8 and 16 bytes for each member that entered), about (as given when it was
-- made); 'closed' also why and by. A full box takes no 'opened' and 'closed'; twice as full, no 'settle' either: counted.
local state_key, facts_key, log_key, due_key, out_key, tick_key = unpack(KEYS)
local by, reason, life_ms, text_ms, box = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5])
local session, id, lost, lost_attachment = ARGV[6], ARGV[7], tonumber(ARGV[8]), tonumber(ARGV[9])

local state = redis.call('GET', state_key)
if not state then
  return false
end
local function attachment_of(number)
  return (struct.unpack('>I4', state, 15 + (number - 1) * 16))
end
local function is_lost()
  local away = lost_attachment == 0 or redis.call('HEXISTS', facts_key, 'a' .. lost) == 1
  return attachment_of(lost) == lost_attachment and away
end

if string.byte(state, 6) ~= 1 or (lost > 0 and not is_lost()) then
  return { state, redis.call('HGETALL', facts_key) }
end

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
state = string.sub(state, 1, 5) .. '\0' .. string.sub(state, 7)
redis.call('SET', state_key, state, 'PX', life_ms)
redis.call('HSET', facts_key, 'by', by, 'why', reason, 'ended', now)
redis.call('PEXPIRE', facts_key, life_ms)
if redis.call('HEXISTS', facts_key, 'reported') == 0 then
  redis.call('PEXPIRE', log_key, text_ms)
end

local made = redis.call('HGET', facts_key, 'made')
if made then
  local everybody, all_in = '', true
  for number = 1, (#state - 14) / 16 do
    all_in = all_in and attachment_of(number) > 0
    local bearer = redis.call('HGET', facts_key, 'w' .. number)
    everybody = bearer and everybody .. string.char(number) .. bearer or everybody
  end
  redis.call('ZADD', due_key, now + text_ms, session)
  local about = redis.call('HGET', facts_key, 'about')
  for what, bound in pairs({ closed = box, settle = all_in and 0 or 2 * box }) do
    if redis.call('XLEN', out_key) < bound then
      redis.call('XADD', out_key, '*', 'what', what, 'id', id, 'at', now, 'made', made, 'who', everybody, 'about', about, 'why', reason, 'by', by)
    elseif bound > 0 then
      redis.call('HINCRBY', tick_key, 'dropped', 1)
    end
  end
end
return { state, redis.call('HGETALL', facts_key) }
