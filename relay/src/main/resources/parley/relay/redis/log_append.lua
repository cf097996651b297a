-- Appends messages of one session, in order, in one step.
-- ARGV[5..]: one message each, stored as it is: member u8, attachment u32, sequence u32, check u32, milliseconds
-- u64 (big-endian), body.
-- Returns nil if there is no state; else 12 bytes (epoch, offset of the next entry, check of the one before it) if all were
-- stored, or these 12 bytes and one answer a message: S stored, D offset check (the same is there), d (the
-- same sequence, too far back to compare), C (another body under that sequence), O expected sequence, A (a newer
-- attachment exists), N (closed). Always writes the state: a WAIT after it must wait.
local state_key, log_key = KEYS[1], KEYS[2]
local kept, trim_every, life_ms, most = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3], tonumber(ARGV[4])
local HEADER = 21

local state = redis.call('GET', state_key)
if not state then
  return false
end
local version, epoch, open, offset, check = struct.unpack('>BI4BI4I4', state)
local tail = #state - (#state - 14) % 16
local bytes = tail < #state and struct.unpack('>I4', state, tail + 1) or 0
local before = struct.pack('>I4I4I4', epoch, offset + 1, check)
local rows, answers, all_stored = {}, {}, true

local function row_of(member)
  local row = rows[member]
  if not row then
    row = { struct.unpack('>I4I4I4I4', state, 15 + (member - 1) * 16) }
    rows[member] = row
  end
  return row
end

-- The same sequence again: looked up in the log from the member's last entry backwards.
local function repeated(message, member, sequence, row)
  local from = row[3] .. '-' .. row[4]
  for _, entry in ipairs(redis.call('XREVRANGE', log_key, from, '-', 'COUNT', 256)) do
    local there, id = entry[2][2], entry[1]
    local by, _, as = struct.unpack('>BI4I4', there)
    if by == member and as == sequence then
      if string.sub(there, HEADER + 1) ~= string.sub(message, HEADER + 1) then
        return 'C'
      end
      local at, its_check = string.match(id, '(%d+)-(%d+)')
      return 'D' .. struct.pack('>I4I4', tonumber(at), tonumber(its_check))
    end
  end
  return 'd'
end

for i = 5, #ARGV do
  local message = ARGV[i]
  local member, attachment, sequence, new_check = struct.unpack('>BI4I4I4', message)
  local row, answer = row_of(member), 'S'
  if sequence <= row[2] then
    answer = repeated(message, member, sequence, row)
  end
  if attachment ~= row[1] and string.sub(answer, 1, 1) ~= 'D' then
    answer = 'A'
  elseif answer == 'S' and open == 0 then
    answer = 'N'
  elseif answer == 'S' and sequence > row[2] + 1 then
    answer = 'O' .. struct.pack('>I4', row[2] + 1)
  elseif answer == 'S' then
    offset, check = offset + 1, new_check
    redis.call('XADD', log_key, offset .. '-' .. check, 'e', message)
    row[2], row[3], row[4] = sequence, offset, check
    if offset == 1 then redis.call('PEXPIRE', log_key, life_ms) end
    bytes = bytes + #message
    if offset % trim_every == 0 or bytes > most then bytes = trimmed(log_key, kept, most, bytes) end
  end
  answers[#answers + 1] = answer
  all_stored = all_stored and answer == 'S'
end

for member, row in pairs(rows) do
  local at = 15 + (member - 1) * 16
  state = string.sub(state, 1, at - 1) .. struct.pack('>I4I4I4I4', unpack(row)) .. string.sub(state, at + 16)
end
state = struct.pack('>BI4BI4I4', version, epoch, open, offset, check) .. string.sub(state, 15, tail)
  .. struct.pack('>I4', bytes)
redis.call('SET', state_key, state, 'KEEPTTL')
return all_stored and before or { before, unpack(answers) }
