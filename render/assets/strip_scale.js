'use strict';
/* The river strip as numbers only: river km and days -> boxes and cells in pixels. `u` runs along the river, `v` along time. */
(pm => {
  const DRAWN = ['attack', 'state_operation'], SPOTS = ['site', 'settlement', 'near'];
  /** Least side of a box in pixels; lengths of cells in km; broader than this many cells a record is no cell. */
  const LEAST = 7, STEPS = [10, 20, 50, 100], BROAD = 3;

  const known = value => value !== null && value !== undefined;
  const dated = record => !record.undated && (known(record.start) || known(record.end));
  /** First and last day; a missing end stands where the other is. */
  const days = record => [known(record.start) ? record.start : record.end, known(record.end) ? record.end : record.start];
  const isSpot = record => SPOTS.includes(record.precision);

  /** Attacks and state operations with dates and a reach of the river belong in the axes; those without, and measures
      against people, stand beside them; responses and totals are not here at all. */
  function split(records) {
    const inside = [], outside = [];
    records.forEach(record => {
      const drawn = DRAWN.includes(record.kind);
      if (drawn && record.river && dated(record)) inside.push(record);
      else if (drawn || record.kind === 'measure') outside.push(record);
    });
    inside.sort((a, b) => days(a)[0] - days(b)[0] || a.river[0] - b.river[0] || a.row - b.row);
    return { inside, outside };
  }

  /** River km -> pixels from `u0` (km 0, the mouth) to `u1`, which may be the smaller. */
  function kmScale(length, u0, u1) {
    const perKm = (u1 - u0) / length, u = km => u0 + Math.max(0, Math.min(length, km)) * perKm;
    return { u, u0, u1, length, perKm: Math.abs(perKm), span: (from, to) => [u(from), u(to)].sort((a, b) => a - b) };
  }

  const widened = ([low, high]) => high - low >= LEAST ? [low, high] : [(low + high - LEAST) / 2, (low + high + LEAST) / 2];

  /** The river km that a record may lie at: a point's own km and its uncertainty on both sides. */
  function kmSpan(record) {
    const half = isSpot(record) ? (record.uncertainty || 0) / 1000 : 0;
    return [record.river[0] - half, record.river[1] + half];
  }

  /** One record -> {u: [low, high], v: [low, high], open}; open: 1 the first day is assumed or not known, 2 the last. */
  function box(record, km, axis) {
    const [first, last] = days(record);
    const open = (record.open || 0) | (known(record.start) ? 0 : 1) | (known(record.end) ? 0 : 2);
    return { record, u: widened(km.span(...kmSpan(record))), v: widened([axis.x(first), axis.x(last + 1)]), open };
  }

  /** Many records -> cells of 10 km x 1 week (larger where these would be too small to see), attacks and state operations
      apart, and `broad`: those that only a long reach or many weeks are known of, the same reach and dates together.
      least: [u, v], the smallest sides of a cell in pixels that hold a number. */
  function cells(records, km, axis, least) {
    const bins = pm.timeAxis.edges(axis, least[1]).bins, step = STEPS.find(size => size * km.perKm >= least[0]) || 100;
    const fine = new Map(), broad = new Map(), add = (map, key, make, record) => {
      if (!map.has(key)) map.set(key, Object.assign(make(), { records: [] }));
      map.get(key).records.push(record);
    };
    records.forEach(record => {
      const [from, to] = kmSpan(record), [first, last] = days(record), middle = (first + last) / 2;
      const at = bins.findIndex(bin => middle < bin.to + 1), bin = bins[at < 0 ? bins.length - 1 : at];
      const low = Math.min(Math.floor((from + to) / 2 / step) * step, Math.ceil(km.length / step - 1) * step);
      if (to - from > BROAD * step || last - first >= BROAD * (bin.to - bin.from + 1)) {
        add(broad, [record.kind, from, to, first, last].join(), () => Object.assign(box(record, km, axis), { kind: record.kind, km: [from, to], days: [first, last] }), record);
      } else {
        add(fine, [record.kind, low, bin.from].join(), () => ({ kind: record.kind, km: [low, Math.min(low + step, km.length)], days: [bin.from, bin.to],
          u: km.span(low, low + step), v: [axis.x(bin.from), axis.x(bin.to + 1)] }), record);
      }
    });
    const order = (a, b) => a.days[0] - b.days[0] || a.km[0] - b.km[0] || (a.kind < b.kind ? -1 : 1);
    fine.forEach((cell, key) => { cell.shared = DRAWN.some(kind => kind !== cell.kind && fine.has([kind, cell.km[0], cell.days[0]].join())); });
    return { step, cells: [...fine.values()].sort(order), broad: [...broad.values()].sort(order) };
  }

  /** Records with the very same km and days, more than `most` of them, are one pile; the others stand each for itself. */
  function piles(records, most) {
    const found = new Map();
    records.forEach(record => {
      const key = [record.kind, record.precision, ...kmSpan(record), ...days(record)].join();
      found.set(key, (found.get(key) || []).concat(record));
    });
    return [].concat(...[...found.values()].map(pile => pile.length > most ? [pile] : pile.map(record => [record])));
  }

  /** Ticks of a time axis that runs down: weeks where they are `apart`, months, quarters or years: {day, v, style}. */
  function dayTicks(axis, apart) {
    const out = [];
    axis.segments.forEach(({ from, to, x0, x1 }) => {
      const scale = (x1 - x0) / (to + 1 - from);
      const units = [['week', 1, 7], ['month', 1, 30.4], ['month', 3, 91], ['year', 1, 365], ['year', 5, 1826], ['year', 20, 7305]];
      const [unit, step] = units.find(one => one[2] * scale >= apart) || units[5], months = unit === 'week' ? pm.timeAxis.starts('month', 1, from, to) : [];
      const put = (day, style) => {
        const v = axis.x(day);
        if (!out.some(tick => Math.abs(tick.v - v) < apart * 0.75)) out.push({ day, v, style });
      };
      months.forEach(day => put(day, 'day'));
      pm.timeAxis.starts(unit, step, from, to).forEach(day => put(day, unit === 'week' ? 'daymonth' : unit));
      if (!out.some(tick => tick.day >= from && tick.day <= to)) put(from, 'day');
    });
    return out.sort((a, b) => a.v - b.v);
  }

  pm.stripScale = { split, days, kmScale, box, cells, piles, dayTicks, isSpot };
})(panjmap);
