-- Returns a counter, or nil. KEYS[1]: counter.
return redis.call('GET', KEYS[1])
