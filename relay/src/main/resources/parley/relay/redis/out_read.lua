-- One step of a reader's turn at a bucket's outbox: removes what it has done and hands out what comes after an id,
-- oldest first, of the kinds that it reads. What is handed out is leased to its node: nobody else reads for that
-- purpose until the lease is over or given back, which is done here when there is nothing more to hand out. So what is
-- written while a node has the lease is found by that node, and what is written after that by whoever reads next.
-- Returns nil if another node has the lease and there is something to hand out; else how many entries were looked at,
-- the id of the last of them, and those of its kinds.
local out_key, tick_key = KEYS[1], KEYS[2]
local reader, node, lease_ms = ARGV[1], ARGV[2], tonumber(ARGV[3])
local kinds, after, count = ARGV[4], ARGV[5], ARGV[6]

local function is_wanted(fields)
  for i = 1, #fields, 2 do
    if fields[i] == 'what' then return string.find(kinds, ' ' .. fields[i + 1] .. ' ', 1, true) end
  end
end

if #ARGV > 6 then redis.call('XDEL', out_key, unpack(ARGV, 7)) end
local page, wanted = redis.call('XRANGE', out_key, after == '' and '-' or '(' .. after, '+', 'COUNT', count), {}
for _, entry in ipairs(page) do
  if is_wanted(entry[2]) then wanted[#wanted + 1] = entry end
end

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local by, till = 'by:' .. reader, 'till:' .. reader
local holder, ends = unpack(redis.call('HMGET', tick_key, by, till))
if #wanted > 0 then
  if holder and holder ~= node and tonumber(ends) > now then
    return false
  end
  redis.call('HSET', tick_key, by, node, till, now + lease_ms)
elseif holder == node and #page < tonumber(count) then
  redis.call('HDEL', tick_key, by, till)
end
return { #page, #page > 0 and page[#page][1] or after, wanted }
