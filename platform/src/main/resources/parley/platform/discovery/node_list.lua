-- Returns the entries of all nodes whose lease lasts, by Redis' clock. Writes nothing.
local leases, entries = KEYS[1], KEYS[2]

local time = redis.call('TIME')
local now_ms = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)

local names = redis.call('ZRANGEBYSCORE', leases, '(' .. string.format('%.0f', now_ms), '+inf')
if #names == 0 then
  return {}
end
return redis.call('HMGET', entries, unpack(names))
