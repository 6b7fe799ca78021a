'use strict';
/* Many records gathered into cells, pure: by area, along the river by its km, elsewhere by squares; attacks, state operations and
   measures never share a cell. Places are in world units (Web Mercator, 0 to 1 from west and from north); typed arrays, one pass. */
(pm => {
  /* More symbols in view than CIRCLES are gathered; a cell of up to FEW shows its symbols. */
  const CIRCLES = 150, FEW = 3, ALONE = 60, STEPS = [10, 20, 50, 100, 200], FINE = 5, SQUARE = 72;
  /* Circles may fill this part of the ground that they stand on; where they would fill more, cells are made larger. */
  const FULL = 0.4, COARSEST = 4, SPECK = 18, AREA = 36;
  const FAMILIES = ['attack', 'state_operation', 'measure'], NONE = 255;
  const LEAST = 10, LARGEST = 30, PER_RECORD = 3.2;

  const worldX = lon => (lon + 180) / 360;
  const worldY = lat => 0.5 - Math.atanh(Math.sin(lat * Math.PI / 180)) / (2 * Math.PI);

  /** Everything about the records that binning reads. `areaOf(record)` is the number of its area or -1, `colours` all of them. */
  function index(records, areaOf, colours) {
    const rows = records.length, banks = [null];
    const out = { rows, x: new Float64Array(rows), y: new Float64Array(rows), family: new Uint8Array(rows).fill(NONE), colour: new Uint8Array(rows),
      km: new Float32Array(rows).fill(-1), bank: new Uint8Array(rows), area: new Int32Array(rows).fill(-1), banks, colours };
    records.forEach((record, row) => {
      if (record.lon === null) return;
      out.x[row] = worldX(record.lon);
      out.y[row] = worldY(record.lat);
      out.family[row] = FAMILIES.includes(record.kind) ? FAMILIES.indexOf(record.kind) : NONE;
      out.colour[row] = Math.max(0, colours.indexOf(record.colour));
      out.area[row] = areaOf(record);
      if (record.river) out.km[row] = record.river[0];
      if (!banks.includes(record.bank || null)) banks.push(record.bank);
      out.bank[row] = banks.indexOf(record.bank || null);
    });
    return out;
  }

  /** How far cells reach at a scale (pixels a km): km of river. Ten, or more where ten would be a speck, or less close up.
      `level` 0 to COARSEST: how much coarser everything is, because there are too many. */
  function riverStep(pixelsPerKm, level) {
    if (10 * pixelsPerKm > 120 && !level) return FINE;
    const fits = STEPS.findIndex(step => step * pixelsPerKm >= SPECK);
    return STEPS[Math.min(STEPS.length - 1, (fits < 0 ? STEPS.length : fits) + (level || 0))];
  }

  /** Side of the squares, world units; the same over a whole zoom level, so that a pan does not shift them. */
  const square = (zoom, level) => SQUARE * (1 + (level || 0) / 2) / (256 * Math.pow(2, Math.round(zoom)));

  /** Least width or height of an area on the screen that has a cell of its own, pixels. */
  const leastArea = level => AREA * (1 + (level || 0));

  /** Whether cells are too many or too large for the ground that they stand on; places in world units, `scale` pixels each. */
  function tooFull(found, scale) {
    if (found.total <= CIRCLES) return false;
    let sum = 0, left = Infinity, right = -Infinity, top = Infinity, bottom = -Infinity;
    found.cells.forEach(cell => {
      sum += Math.PI * Math.pow(radius(cell.count) + 2, 2);
      left = Math.min(left, cell.x); right = Math.max(right, cell.x); top = Math.min(top, cell.y); bottom = Math.max(bottom, cell.y);
    });
    return sum > FULL * ((right - left) * scale + 2 * LARGEST) * ((bottom - top) * scale + 2 * LARGEST);
  }

  /** The rows of cells so small that their own symbols stand; none where these would be many. */
  function alone(found) {
    const few = found.cells.filter(cell => cell.count <= FEW), rows = [].concat(...few.map(cell => cell.rows));
    return rows.length > ALONE ? [] : rows.sort((a, b) => a - b);
  }

  /** Gather the rows in view. `mask` holds 0 for a row that is filtered out; `view` is {box, spots, small, step, square}: world box,
      x and y of each area's symbol (NaN: not in view), whether it is too small for a cell of its own, km, world units. Cells keep their place whatever the filter is. */
  function gather(data, mask, view) {
    const [left, top, right, bottom] = view.box, cells = new Map();
    let total = 0;
    for (let row = 0; row < data.rows; row++) {
      const family = data.family[row], area = data.area[row];
      if (family === NONE) continue;
      const x = area < 0 ? data.x[row] : view.spots[2 * area], y = area < 0 ? data.y[row] : view.spots[2 * area + 1];
      if (!(x >= left && x <= right && y >= top && y <= bottom)) continue;
      const key = keyOf(data, row, family, view, x, y);
      let cell = cells.get(key);
      if (!cell) cells.set(key, cell = { key, family, area: area >= 0 && !view.small[area] ? area : -1, vague: false, from: null, bank: null, x: 0, y: 0, all: 0, count: 0, partly: 0, rows: [], counts: new Uint32Array(data.colours.length) });
      cell.x += x;
      cell.y += y;
      cell.all++;
      if (area >= 0) cell.vague = true;
      if (area < 0 && data.km[row] >= 0) {
        cell.from = Math.floor(data.km[row] / view.step) * view.step;
        cell.bank = data.banks[data.bank[row]];
      }
      if (!mask[row]) continue;
      total++;
      cell.count++;
      if (mask[row] === 2) cell.partly++;
      cell.counts[data.colour[row]]++;
      cell.rows.push(row);
    }
    const list = [...cells.values()].filter(cell => cell.count);
    list.forEach(cell => { cell.x /= cell.all; cell.y /= cell.all; });
    return { total, cells: list };
  }

  /** A whole number a cell: kind of cell, family, then area, bank and km, or square. */
  function keyOf(data, row, family, view, x, y) {
    const area = data.area[row], km = data.km[row], kind = 3 * family;
    if (area >= 0 && !view.small[area]) return area * 9 + kind;
    if (area < 0 && km >= 0) return (Math.floor(km / view.step) * 256 + data.bank[row]) * 9 + kind + 1;
    return (Math.floor(y / view.square) * 1e6 + Math.floor(x / view.square)) * 9 + kind + 2;
  }

  const radius = count => Math.min(LARGEST, Math.max(LEAST, PER_RECORD * Math.sqrt(count)));

  /** The ring of a cell: [[colour, start, end], ...], parts of a whole turn. */
  function shares(cell, colours) {
    let at = 0;
    return colours.map((colour, i) => [colour, at, at += cell.counts[i] / cell.count]).filter(([, start, end]) => end > start);
  }

  /** Path data of a part of a circle, clockwise from the top. */
  function arc(r, start, end) {
    const n = pm.dom.tenth;
    const point = part => n(r * Math.sin(2 * Math.PI * part)) + ' ' + n(-r * Math.cos(2 * Math.PI * part));
    return 'M' + point(start) + ['A', 'A'].map((bend, i) => bend + n(r) + ' ' + n(r) + ' 0 0 1 ' + point(i ? end : (start + end) / 2)).join('');
  }

  pm.density = { CIRCLES, COARSEST, FAMILIES, worldX, worldY, index, riverStep, square, leastArea, tooFull, alone, gather, radius, shares, arc };
})(panjmap);
