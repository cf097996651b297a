-- Looks at the watched sessions of one bucket whose time has come, for the node that leases the bucket; harmless if
-- repeated, by anyone. Returns nil if another node leases it; else now (ms), how many entries the outbox holds, the id
-- of its first and of its last entry, how many it could not take since the last look, how many sessions were looked at,
-- and what was found, one string each: kind, member u8, attachment u32, session. Kinds: A, marked away now, because
-- its node is gone or silent of it; and what somebody has to close: N, not everybody entered in time; L, away too long;
-- T, too old. After a pause (no look for `gap`) nobody is marked or found for `calm`: then all patience begins anew.
local due_key, tick_key, out_key = KEYS[1], KEYS[2], KEYS[3]
local node, lease_ms, gap_ms, calm_ms = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local look_ms, lost_ms, age_ms = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
local text_ms, count, silent_ms = tonumber(ARGV[8]), tonumber(ARGV[9]), tonumber(ARGV[10])
local lives, lives_known = {}, #ARGV > 10
for i = 11, #ARGV do lives[ARGV[i]] = true end

local base = string.sub(due_key, 1, -4)
local function keys_of(session)
  return base .. 'h:' .. session, base .. 'm:' .. session, base .. 'log:' .. session
end

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local by, till, last, calm = unpack(redis.call('HMGET', tick_key, 'by', 'till', 'last', 'calm'))
if by and by ~= node and tonumber(till) > now then
  return false
end
calm = tonumber(calm or 0)
if now - tonumber(last or 0) > gap_ms then calm = now + calm_ms end
redis.call('HSET', tick_key, 'by', node, 'till', now + lease_ms, 'last', now, 'calm', calm)

local found = {}
local function find(kind, member, attachment, session)
  found[#found + 1] = kind .. struct.pack('>BI4', member, attachment) .. session
end

-- Whether nobody holds a member's newest attachment, as far as is known. Old versions keep no signs.
local function is_gone(member, facts)
  local entered, sign = tonumber(facts['t' .. member]), tonumber(facts['s' .. member] or 0)
  return now >= entered + look_ms and (lives_known and not lives[facts['l' .. member]]
    or sign >= entered and now >= math.max(sign, calm) + silent_ms)
end

-- When to look at an open session again.
local function look(session, state, facts, facts_key)
  local at, made, enter = now + look_ms, tonumber(facts.made), tonumber(facts.enter)
  if now >= made + age_ms then find('T', 0, 0, session) end
  for member = 1, (#state - 14) / 16 do
    local attachment, away = struct.unpack('>I4', state, 15 + (member - 1) * 16), tonumber(facts['a' .. member])
    if attachment == 0 and enter > 0 then
      if now > enter then find('N', 0, 0, session) else at = math.min(at, enter + 1) end
    else
      if not away and attachment > 0 and is_gone(member, facts) then
        away = now
        redis.call('HSET', facts_key, 'a' .. member, away)
        find('A', member, attachment, session)
      end
      if attachment == 0 then away = made end
      local till = away and math.max(away, calm) + tonumber(facts['g' .. member] or lost_ms) or math.huge
      if now >= till then find('L', member, attachment, session) else at = math.min(at, till) end
    end
  end
  return at
end

local sessions = redis.call('ZRANGEBYSCORE', due_key, '-inf', now, 'LIMIT', 0, count)
for _, session in ipairs(sessions) do
  local state_key, facts_key, log_key = keys_of(session)
  local state, facts, flat = redis.call('GET', state_key), {}, redis.call('HGETALL', facts_key)
  for i = 1, #flat, 2 do facts[flat[i]] = flat[i + 1] end
  local at
  if state and facts.made and string.byte(state, 6) == 1 then
    at = calm > now and now + look_ms or look(session, state, facts, facts_key)
  elseif state and facts.ended and facts.reported then
    at = now + look_ms
  elseif state and facts.ended and now < tonumber(facts.ended) + text_ms then
    at = tonumber(facts.ended) + text_ms
  elseif facts.made or not state then
    redis.call('DEL', log_key)
  end
  if at then redis.call('ZADD', due_key, at, session) else redis.call('ZREM', due_key, session) end
end

local function entry_of(reply) return reply[1] and reply[1][1] or '' end
local dropped = redis.call('HGET', tick_key, 'dropped') or 0
redis.call('HDEL', tick_key, 'dropped')
return { now, redis.call('XLEN', out_key), entry_of(redis.call('XRANGE', out_key, '-', '+', 'COUNT', 1)),
  entry_of(redis.call('XREVRANGE', out_key, '+', '-', 'COUNT', 1)), tonumber(dropped), #sessions, found }
