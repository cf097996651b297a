-- How many stand in one pool, side by side. All stand in the widest family, so that one is counted.
-- Returns {now, side, how many, rank of the first, side, ...}: only sides where somebody stands.
local pool, sides = ARGV[1], words(ARGV[2])
local counts = {nowIs(call('TIME'))}
for _, side in ipairs(sides) do
  local queue = key('q', pool, side, '*')
  local size = call('ZCARD', queue)
  if size > 0 then
    local first = call('ZRANGE', queue, '0', '0', 'WITHSCORES')
    for _, item in ipairs({side, tostring(size), first[2]}) do counts[#counts + 1] = item end
  end
end
return counts
