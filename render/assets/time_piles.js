'use strict';
/* Marks on the axis of time, as numbers only: rows for brackets, columns of many records, periods to offer. */
(pm => {
  const timeAxis = pm.timeAxis, yearOf = day => pm.dates.parts(day).year;

  /** Intervals [[x0, x1], ...] in order of time -> {rows: row of each, count}: no two of a row come nearer than `apart`, and
      where intervals lie over each other the earlier stands above the later, as far as `most` rows allow. */
  function stack(intervals, most, apart) {
    const taken = [], rows = new Uint16Array(intervals.length), gap = apart || 0;
    intervals.forEach(([x0, x1], i) => {
      const free = row => !taken[row] || taken[row].every(other => other[1] + gap <= x0 || x1 + gap <= other[0]);
      let row = taken.length;
      while (row > 0 && free(row - 1)) row--;
      if (most && row >= most) for (row = 0; !free(row);) row++;
      rows[i] = row;
      (taken[row] = taken[row] || []).push([x0, x1]);
    });
    return { rows, count: taken.length };
  }

  /** First days of the columns of an axis: weeks from Monday on, or months, quarters, years where weeks would be under `least` px. */
  function edges(axis, least) {
    const units = [['week', 1, 7], ['month', 1, 30.44], ['month', 3, 91.3], ['year', 1, 365.25], ['year', 10, 3652.5]];
    const days = axis.segments.reduce((sum, segment) => sum + segment.to + 1 - segment.from, 0);
    const px = axis.segments.reduce((sum, segment) => sum + segment.x1 - segment.x0, 0);
    const [unit, step] = units.find(one => one[2] * px / days >= least) || units[units.length - 1], found = [];
    axis.segments.forEach(segment => {
      const first = timeAxis.starts(unit, step, segment.from, segment.to);
      if (first[0] !== segment.from) first.unshift(segment.from);
      first.forEach((from, i) => found.push({ from, to: (i + 1 < first.length ? first[i + 1] : segment.to + 1) - 1 }));
    });
    return { unit, step, bins: found };
  }

  /** Records per column and class. `starts`, `ends`: days (both included); `classes`: a small number a record;
      `keep`: Uint8Array, 0 leaves a record out. A record whose dates reach over several columns counts in each by its share
      of days. -> Float64Array, column after column, `kinds` numbers each. */
  function columns(bins, starts, ends, classes, kinds, keep) {
    const sums = new Float64Array(bins.length * kinds), first = Float64Array.from(bins, bin => bin.from);
    for (let i = 0; i < starts.length; i++) {
      if (keep && !keep[i] || !bins.length) continue;
      let low = 0, high = first.length - 1;
      while (low < high) {
        const middle = low + high + 1 >> 1;
        if (first[middle] <= starts[i]) low = middle;
        else high = middle - 1;
      }
      const whole = ends[i] - starts[i] + 1;
      for (let at = low; at < bins.length && bins[at].from <= ends[i]; at++) {
        sums[at * kinds + classes[i]] += (Math.min(bins[at].to, ends[i]) - Math.max(bins[at].from, starts[i]) + 1) / whole;
      }
    }
    return sums;
  }

  /** Periods worth a button, besides all: the clusters between the cuts; without cuts the years, or the last twelve months.
      [{from, to, unit}], where `unit` says how to name it: month or year. */
  function periods(axis, most) {
    const named = (unit, list) => list.map(([from, to]) => ({ from, to, unit }));
    if (axis.segments.length > 1 && axis.segments.length <= most) return named('month', axis.segments.map(({ from, to }) => [from, to]));
    if (axis.from === null || axis.to - axis.from < 200) return [];
    const years = [];
    for (let year = yearOf(axis.from); year <= yearOf(axis.to); year++) {
      const [from, to] = [year, year + 1].map(one => pm.dates.fromParts(one, 1, 1));
      years.push([Math.max(axis.from, from), Math.min(axis.to, to - 1)]);
    }
    if (years.length > 1 && years.length <= most) return named('year', years);
    return axis.to - axis.from > 400 ? named('month', [[axis.to - 364, axis.to]]) : [];
  }

  Object.assign(timeAxis, { stack, edges, columns, periods });
})(panjmap);
