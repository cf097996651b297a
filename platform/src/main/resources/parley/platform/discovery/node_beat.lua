-- Renews one node's lease by Redis' clock, and drops every lease that has ended.
-- Returns 1 if another process held this node's id until now, else 0.
local leases, entries = KEYS[1], KEYS[2]
local name, lease_ms, entry, last_written = ARGV[1], tonumber(ARGV[2]), ARGV[3], ARGV[4]

local time = redis.call('TIME')
local now_ms = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)

local ended = redis.call('ZRANGEBYSCORE', leases, '-inf', now_ms)
for _, node in ipairs(ended) do
  redis.call('ZREM', leases, node)
  redis.call('HDEL', entries, node)
end

local found = redis.call('HGET', entries, name)
redis.call('ZADD', leases, now_ms + lease_ms, name)
redis.call('HSET', entries, name, entry)

if found and found ~= entry and found ~= last_written then
  return 1
end
return 0
