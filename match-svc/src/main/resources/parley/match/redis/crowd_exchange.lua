-- Each node leaves here, once a second, what it knows of those who wait in one pool, and takes what the others left.
-- Returns {now, part, part, ...}: the parts of all nodes that left one lately, the caller's among them.
local crowdKey = KEYS[1]
local node, part, freshFor, keep = unpack(ARGV)
local now = nowIs(call('TIME'))
if part == '' then
  call('HDEL', crowdKey, node)
else
  call('HSET', crowdKey, node, now .. part)
  call('EXPIRE', crowdKey, keep)
end
local all, parts = call('HGETALL', crowdKey), {now}
for i = 1, #all, 2 do
  if sub(all[i + 1], 1, 16) < after(now, -freshFor) then
    call('HDEL', crowdKey, all[i])
  else
    parts[#parts + 1] = sub(all[i + 1], 17)
  end
end
return parts
