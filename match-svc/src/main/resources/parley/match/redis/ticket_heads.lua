-- Who stands first where a ticket looks, without those it must not meet. Stands between ticket_record.lua and the search.

-- What a search heeds: those met lately and declined, and blocks, of the device and of who blocked or was without one.
local function refusalsOf(id, device)
  return key('no', device), key('declined', device), key('block', device), key('block', id)
end

-- From the lists that were read, from one on: a function of 8 letters, whether nobody refused this participant or device.
local function acceptable(lists, first)
  local asked, all, refusals = 0, nil, ''
  for i = first, #lists do refusals = refusals .. (lists[i] or '') end
  return function(letters)
    asked = asked + 1
    if asked > 24 and not all then -- from here on a table is cheaper than reading the text again and again
      all = {}
      for one in string.gmatch(refusals, '........') do all[one] = true end
    end
    if all then return not all[letters] end
    local at = string.find(refusals, letters, 1, true)
    while at and at % 8 ~= 1 do at = string.find(refusals, letters, at + 1, true) end
    return not at
  end
end

-- The first of one queue whom `may` lets through: a page, and larger ones as long as nobody of it is.
local function firstOf(queue, size, may)
  local from, good = 0, {}
  while true do
    local ids = call('ZRANGE', queue, string.format('%d', from), string.format('%d', from + size - 1))
    for _, id in ipairs(ids) do
      if may(id) then good[#good + 1] = id end
    end
    if #good > 0 or #ids < size then return good end
    from, size = from + size, math.min(size * 4, 128)
  end
end

-- The first of many queues (4 of each in the family of tags, else 1): who stands in most of them comes first. `width` is
-- how many queues a side has; sides without anybody are passed over at once.
local function firstOfAll(names, width, family, may)
  local ids, count, place = {}, {}, {}
  local left = #names > 0 and call('EXISTS', unpack(names)) or 0
  for from = 1, #names, math.max(width, 1) do
    local here = left > 0 and call('EXISTS', unpack(names, from, from + width - 1)) or 0
    left = left - here
    for i = from, here > 0 and from + width - 1 or 0 do
      for at, id in ipairs(firstOf(names[i], family == 0 and 4 or 1, may)) do
        if not count[id] then ids[#ids + 1], count[id], place[id] = id, 0, at end
        count[id], place[id] = count[id] + 1, math.min(place[id], at)
      end
    end
  end
  table.sort(ids, function(a, b) return count[a] > count[b] or count[a] == count[b] and place[a] < place[b] end)
  return ids
end
