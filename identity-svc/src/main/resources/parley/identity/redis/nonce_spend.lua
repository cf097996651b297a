-- Spends a nonce: once, and within its life by Redis' clock. The same ATTEMPT may come twice and gets the same answer.
-- Remembered for as long as the nonce would count. Returns 1 if spent by this attempt, else 0.
local SPENT = KEYS[1]
local MADE_AT_MS, LIFE_MS, ATTEMPT = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3]

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local left = MADE_AT_MS + LIFE_MS - now
if left <= 0 then
  return 0
end
if redis.call('SET', SPENT, ATTEMPT, 'NX', 'PX', string.format('%d', left)) then
  return 1
end
return redis.call('GET', SPENT) == ATTEMPT and 1 or 0
