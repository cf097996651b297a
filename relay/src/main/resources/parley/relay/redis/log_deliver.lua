-- Appends one entry that no member wrote, once for each delivery id, to a log that nobody watches; makes the state
-- (see log_open.lua, of one member) if there is none. The ids of the newest entries are known, those that are kept.
-- Returns 12 bytes as log_append.lua does (epoch, offset of the next entry, check of the one before it) and S stored,
-- or D offset check (delivered before). Always writes the state: a WAIT after it must wait.
local state_key, log_key = KEYS[1], KEYS[2]
local new_epoch, life_ms, kept, delivery, message = tonumber(ARGV[1]), ARGV[2], ARGV[3], ARGV[4], ARGV[5]

local state = redis.call('GET', state_key)
  or struct.pack('>BI4BI4I4', 1, new_epoch, 1, 0, 0) .. string.rep('\0', 16)
local version, epoch, open, offset, check = struct.unpack('>BI4BI4I4', state)
local before, answer = struct.pack('>I4I4I4', epoch, offset + 1, check), 'S'

for _, entry in ipairs(redis.call('XRANGE', log_key, '-', '+')) do
  if entry[2][4] == delivery then
    local at, its_check = string.match(entry[1], '(%d+)-(%d+)')
    answer = 'D' .. struct.pack('>I4I4', tonumber(at), tonumber(its_check))
  end
end
if answer == 'S' then
  offset, check = offset + 1, struct.unpack('>I4', message, 10)
  redis.call('XADD', log_key, 'MAXLEN', kept, offset .. '-' .. check, 'e', message, 'd', delivery)
  redis.call('PEXPIRE', log_key, life_ms)
end
state = struct.pack('>BI4BI4I4', version, epoch, open, offset, check) .. string.sub(state, 15)
redis.call('SET', state_key, state, 'PX', life_ms)
return { before, answer }
