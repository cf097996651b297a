-- Adds to the guests of the running minute, or only reads it (ADD 0).
-- The minute begins with its first guest. Returns the count and Redis' time in milliseconds.
local MINUTE = KEYS[1]
local ADD, MINUTE_MS = tonumber(ARGV[1]), ARGV[2]

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local guests = tonumber(redis.call('GET', MINUTE) or '0') + ADD
if ADD > 0 and guests == ADD then
  redis.call('SET', MINUTE, guests, 'PX', MINUTE_MS)
elseif ADD > 0 then
  redis.call('INCRBY', MINUTE, ADD)
end
return { guests, now }
