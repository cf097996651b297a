-- Removes entries of one bucket's outbox: what they said is known where it belongs. Returns how many there were.
local out_key = KEYS[1]

return redis.call('XDEL', out_key, unpack(ARGV))
