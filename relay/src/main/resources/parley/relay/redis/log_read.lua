-- Entries from an offset on, that one included. Returns nil if there is no state, else the state and the entries.
local state_key, log_key = KEYS[1], KEYS[2]
local from, count = ARGV[1], ARGV[2]

local state = redis.call('GET', state_key)
return state and { state, redis.call('XRANGE', log_key, from, '+', 'COUNT', count) }
