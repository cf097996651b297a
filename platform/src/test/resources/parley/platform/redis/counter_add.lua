-- Adds to a counter and returns it. KEYS[1]: counter. ARGV[1]: amount.
return redis.call('INCRBY', KEYS[1], ARGV[1])
