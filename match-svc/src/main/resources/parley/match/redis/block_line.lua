-- Blocks that wait for their archive, oldest first, in a stream with one field `b`: a packed block, nobody reads it here.
-- And whether this Redis was told all blocks: `whole` is there then, for a while.
-- op put, block | look, count | done, id ... | whole, seconds.
-- Returns {'0' or '1': whole, id, block, id, block, ...}; the pairs only to look.
local line, whole = KEYS[1], KEYS[2]
local op, first = ARGV[1], ARGV[2]

local pairs_found = {}
if op == 'put' then
  call('XADD', line, '*', 'b', first)
elseif op == 'look' then
  for _, entry in ipairs(call('XRANGE', line, '-', '+', 'COUNT', first)) do
    pairs_found[#pairs_found + 1], pairs_found[#pairs_found + 2] = entry[1], entry[2][2]
  end
elseif op == 'done' then
  call('XDEL', line, unpack(ARGV, 2))
elseif op == 'whole' then
  call('SET', whole, '1', 'EX', first)
end
return {call('EXISTS', whole) == 1 and '1' or '0', unpack(pairs_found)}
