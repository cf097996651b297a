-- Ends one node's lease now, if it is still that of the process that asks.
-- Returns 1 if it ended, 0 if another process has the id or the lease was over.
local leases, entries = KEYS[1], KEYS[2]
local name, last_written = ARGV[1], ARGV[2]

if redis.call('HGET', entries, name) ~= last_written then
  return 0
end
redis.call('ZREM', leases, name)
redis.call('HDEL', entries, name)
return 1
