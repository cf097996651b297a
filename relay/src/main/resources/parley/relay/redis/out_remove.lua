-- Ends a reader's turn at one bucket's outbox before its end: removes the entries that are done (their ids come last),
-- and gives the node's lease back, so that another may try what is not. Returns how many entries there were.
local out_key, tick_key = KEYS[1], KEYS[2]
local reader, node = ARGV[1], ARGV[2]

local by, till = 'by:' .. reader, 'till:' .. reader
if redis.call('HGET', tick_key, by) == node then redis.call('HDEL', tick_key, by, till) end
return #ARGV > 2 and redis.call('XDEL', out_key, unpack(ARGV, 3)) or 0
