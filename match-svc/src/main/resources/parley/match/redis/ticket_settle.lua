-- What became of a match, by session-svc's word: who entered has met, who did not has expired. A ticket that is no longer
-- in this match (settled before, or its person asked anew) stays as it is, so repeating changes nothing.
-- Returns 1, or 0 if no such match is known.
local matchKey = KEYS[1]
local entered, keep = {ARGV[1] == '1', ARGV[2] == '1'}, ARGV[3]
local match, now = call('GET', matchKey), nowIs(call('TIME'))
if not match then return 0 end
local session, cut = sub(match, 1, 22), 59 + sub(match, 56, 59)
local members = {sub(match, 60, cut), sub(match, cut + 1)}
local keys = {key('t', sub(members[1], 1, 11)), key('t', sub(members[2], 1, 11))}
for i, record in ipairs(call('MGET', keys[1], keys[2])) do
  local isIn = record and sub(record, 1, 1) == 'M' and sub(record, 70, 91) == session
  if isIn then call('SET', keys[i], become(record, entered[i] and 'T' or 'E', now, session), 'EX', keep) end
end
return 1
