-- Appends a revocation and drops entries older than KEPT_MS, by Redis' clock. Twice does no harm. Returns the entry's id.
local STREAM = KEYS[1]
local FIELD, VALUE, KEPT_MS = ARGV[1], ARGV[2], tonumber(ARGV[3])

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local oldest = string.format('%d-0', math.max(0, now - KEPT_MS))
return redis.call('XADD', STREAM, 'MINID', '~', oldest, '*', FIELD, VALUE)
