-- What a report froze: its entries in order, none if it was released.
local evidence_key = KEYS[1]

return redis.call('XRANGE', evidence_key, '-', '+')
