-- Where a session stands. Returns nil if there is no state, else the state and the facts (field, value, ...).
local state_key, facts_key = KEYS[1], KEYS[2]

local state = redis.call('GET', state_key)
return state and { state, redis.call('HGETALL', facts_key) }
