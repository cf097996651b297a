-- What scripts that append share: drops the oldest entries while there are more than are kept. They are read before
-- they go, so that the bytes of those that stay are known; these are returned.
local function trimmed(log_key, kept, most, bytes)
  local STRIDE, SLACK = 16, 1 / 16
  local too_many, from = redis.call('XLEN', log_key) - kept, '-'
  if bytes > most then most = most * (1 - SLACK) end
  while too_many > 0 or bytes > most do
    local some = redis.call('XRANGE', log_key, from, '+', 'COUNT', STRIDE)
    if #some == 0 then return 0 end -- it was trimmed by somebody else
    for _, entry in ipairs(some) do
      if too_many <= 0 and bytes <= most then
        redis.call('XTRIM', log_key, 'MINID', entry[1])
        return bytes
      end
      too_many, bytes, from = too_many - 1, math.max(0, bytes - #entry[2][2]), '(' .. entry[1]
    end
  end
  if from ~= '-' then
    local rest = redis.call('XRANGE', log_key, from, '+', 'COUNT', 1)
    if #rest == 0 then return 0 end
    redis.call('XTRIM', log_key, 'MINID', rest[1][1])
  end
  return bytes
end
