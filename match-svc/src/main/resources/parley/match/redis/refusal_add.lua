-- Keeps two people apart: each is written into the other's list of blocks, in one step. A person is a participant and a
-- device; the device may be empty, then the participant stands for it.
-- Returns 1.
local by, whom = {id = ARGV[1], device = ARGV[2]}, {id = ARGV[3], device = ARGV[4]}
local most, keep = ARGV[5], ARGV[6]
local function letters(one) return sub(one.id, 1, 8) .. sub(one.device ~= '' and one.device or one.id, 1, 8) end
for _, side in ipairs({{by, whom}, {whom, by}}) do
  local list = key('block', side[1].device ~= '' and side[1].device or side[1].id)
  refuse(list, call('GET', list), letters(side[2]), most, keep)
end
return 1
