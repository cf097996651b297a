-- Entries of one bucket's outbox after an id, oldest first, for one reader on one node: nobody else reads for that
-- purpose until its lease is over.
-- Returns nil if another node has the lease, else the entries.
local out_key, tick_key = KEYS[1], KEYS[2]
local reader, node, lease_ms, after, count = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4], ARGV[5]

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local by, till = 'by:' .. reader, 'till:' .. reader
local holder, ends = unpack(redis.call('HMGET', tick_key, by, till))
if holder and holder ~= node and tonumber(ends) > now then
  return false
end
redis.call('HSET', tick_key, by, node, till, now + lease_ms)
return redis.call('XRANGE', out_key, after == '' and '-' or '(' .. after, '+', 'COUNT', count)
