'use strict';
/* The axis of time, as numbers only: spans of days and a length in pixels -> a scale with its empty spans cut out, and ticks.
   Days are whole days since 1970-01-01. A day has a width: it reaches from x(day) to x(day + 1). */
(pm => {
  const MONTH = 30.44, YEAR = 365.25;
  /** Empty spans longer than this are cut, to this width; together they take no more than this share of the axis. */
  const CUT_DAYS = 75, CUT_PX = 46, CUT_LEAST = 22, CUT_SHARE = 0.4;
  /** Least width of a piece between cuts; least distance of labelled ticks and of bare ones; width of a character. */
  const PIECE_PX = 84, LABEL_PX = 62, TICK_PX = 5, CHAR_PX = 6.5;
  const UNITS = [['day', 1, 1], ['week', 1, 7], ['month', 1, MONTH], ['month', 3, 3 * MONTH], ['month', 6, 6 * MONTH]]
    .concat([1, 2, 5, 10, 20, 50, 100, 500].map(step => ['year', step, step * YEAR]));

  const known = value => typeof value === 'number' && Number.isFinite(value);

  /** Spans with both ends, in order of time; one missing end stands for the other, none at all drops the span. */
  function clean(spans) {
    return spans.map(([start, end]) => known(start) ? [start, known(end) ? Math.max(start, end) : start] : known(end) ? [end, end] : null)
      .filter(Boolean).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  }

  /** Empty spans between spans in order: [first empty day, last empty day]. */
  function gaps(ordered) {
    const found = [];
    let last = ordered.length ? ordered[0][1] : 0;
    ordered.forEach(([start, end]) => {
      if (start > last + 1) found.push([last + 1, start - 1]);
      last = Math.max(last, end);
    });
    return found;
  }

  /** The gaps to cut, in order of time: all that are long enough, the longest first where there is no room for all. */
  function cutsOf(ordered, length, least) {
    const days = gap => gap[1] - gap[0] + 1, room = Math.floor(length * CUT_SHARE / CUT_LEAST);
    return gaps(ordered).filter(gap => days(gap) > least).sort((a, b) => days(b) - days(a) || a[0] - b[0]).slice(0, room).sort((a, b) => a[0] - b[0]);
  }

  /** Weights -> widths that sum to `length`, none under `least` as far as there is room. */
  function share(weights, length, least) {
    const floor = Math.min(least, length / weights.length), widths = weights.map(() => 0);
    let open = weights.map((_, i) => i), rest = length, small;
    do {
      const sum = open.reduce((total, i) => total + weights[i], 0), left = rest;
      small = open.filter(i => weights[i] / sum * left < floor);
      if (small.length === open.length) small = [];
      small.forEach(i => { widths[i] = floor; rest -= floor; });
      open = open.filter(i => !small.includes(i));
      if (!small.length) open.forEach(i => { widths[i] = weights[i] / sum * left; });
    } while (small.length);
    return widths;
  }

  /** Pieces between the cuts, with the number of spans that begin in each. */
  function pieces(ordered, cuts) {
    if (!ordered.length) return [];
    const last = ordered.reduce((day, span) => Math.max(day, span[1]), -Infinity);
    const starts = [ordered[0][0]].concat(cuts.map(cut => cut[1] + 1)), ends = cuts.map(cut => cut[0] - 1).concat(last);
    const out = starts.map((from, i) => ({ from, to: ends[i], count: 0 }));
    let at = 0;
    ordered.forEach(span => {
      while (span[0] > out[at].to) at++;
      out[at].count++;
    });
    return out;
  }

  /** Spans ([[start, end], ...] in days) and a length in pixels -> the axis.
      A piece between two cuts is as wide as it has days and records (their geometric mean), or with `even` days only.
      options: cut (days), even, format(day, style) for ticks, charPx. An axis without a span has no segment. */
  function axis(spans, length, options) {
    const o = Object.assign({ cut: CUT_DAYS, even: false, charPx: CHAR_PX, format: null }, options);
    const ordered = clean(spans), holes = cutsOf(ordered, length, o.cut), parts = pieces(ordered, holes);
    const hole = holes.length ? Math.min(CUT_PX, length * CUT_SHARE / holes.length) : 0;
    const weights = parts.map(part => Math.sqrt((part.to - part.from + 1) * (o.even ? part.to - part.from + 1 : part.count)));
    const widths = parts.length ? share(weights, length - hole * holes.length, PIECE_PX) : [];
    const segments = [], cuts = [];
    let x0 = 0;
    parts.forEach((part, i) => {
      segments.push({ from: part.from, to: part.to, count: part.count, x0, x1: x0 += widths[i] });
      if (i < holes.length) cuts.push({ from: holes[i][0], to: holes[i][1], x0, x1: x0 += hole });
    });
    const made = scale(segments, cuts, length);
    made.ticks = ticks(made, o);
    return made;
  }

  /** The two ways between days and pixels: continuous, ever growing, clamped at both ends. */
  function scale(segments, cuts, length) {
    const runs = segments.concat(cuts).sort((a, b) => a.x0 - b.x0);
    const from = segments.length ? runs[0].from : null, to = segments.length ? runs[runs.length - 1].to : null;
    function find(test) {
      let low = 0, high = runs.length - 1;
      while (low < high) {
        const middle = low + high >> 1;
        if (test(runs[middle])) high = middle;
        else low = middle + 1;
      }
      return runs[low];
    }
    function x(day) {
      if (!runs.length) return 0;
      const at = Math.max(from, Math.min(to + 1, day)), run = find(one => at < one.to + 1);
      return run.x0 + (at - run.from) / (run.to + 1 - run.from) * (run.x1 - run.x0);
    }
    /** The whole day that holds a pixel; within a cut an empty day. */
    function day(px) {
      if (!runs.length) return null;
      const at = Math.max(0, Math.min(length, px)), run = find(one => at < one.x1);
      const found = run.from + Math.floor((at - run.x0) / (run.x1 - run.x0) * (run.to + 1 - run.from) + 1e-9);
      return Math.max(run.from, Math.min(run.to, found));
    }
    return { segments, cuts, length, from, to, x, day, ticks: [] };
  }

  /** First days of a unit within [from, to]; weeks begin on Monday. */
  function starts(unit, step, from, to) {
    const out = [], { year, month: first } = pm.dates.parts(from);
    if (unit === 'day') for (let day = from; day <= to; day += step) out.push(day);
    else if (unit === 'week') for (let day = from + (7 - (from + 3) % 7 + 7) % 7; day <= to; day += 7) out.push(day);
    else {
      const months = unit === 'month' ? step : 12 * step, dayOf = number => pm.dates.fromParts(year, number + 1, 1);
      let month = unit === 'month' ? Math.floor((first - 1) / step) * step : (Math.floor(year / step) * step - year) * 12;
      for (let day = dayOf(month); day <= to; month += months, day = dayOf(month)) if (day >= from) out.push(day);
    }
    return out;
  }

  const unitAt = (perDay, least) => UNITS.find(unit => unit[2] * perDay >= least) || UNITS[UNITS.length - 1];

  /** Ticks of one segment: bare ones, and candidates for a label; the more important first. */
  function candidates(segment, format) {
    const perDay = (segment.x1 - segment.x0) / (segment.to + 1 - segment.from);
    const [unit, step] = unitAt(perDay, LABEL_PX), fine = unit === 'day' || unit === 'week';
    const bare = starts(...unitAt(perDay, TICK_PX).slice(0, 2), segment.from, segment.to);
    const months = fine ? starts('month', 1, segment.from, segment.to) : [];
    const yearless = fine && !months.length, style = fine ? 'daymonth' : unit;
    const rest = starts(unit, step, segment.from, segment.to).filter(day => !months.includes(day) && !(yearless && day === segment.from));
    const labelled = months.map(day => ({ day, label: format(day, 'month'), rank: 1 })).concat(rest.map(day => ({ day, label: format(day, style), rank: 2 })));
    const whole = yearless || !labelled.length;
    if (!labelled.some(tick => tick.day === segment.from)) labelled.push({ day: segment.from, label: format(segment.from, whole ? 'day' : 'daymonth'), rank: whole ? 0 : 3 });
    return { bare, labelled };
  }

  /** All ticks in order of time: {day, x, label, major, anchor}; labels keep clear of each other and of the ends. */
  function ticks(made, options) {
    const format = options.format || pm.dates.format, byDay = new Map(), taken = [];
    made.segments.forEach(segment => {
      const found = candidates(segment, format);
      found.bare.forEach(day => byDay.set(day, { day, x: made.x(day), label: '', major: false, anchor: 'start' }));
      found.labelled.sort((a, b) => a.rank - b.rank || a.day - b.day).forEach(tick => {
        const x = made.x(tick.day), width = tick.label.length * options.charPx, over = x + width > made.length;
        const box = over ? [Math.max(0, made.length - width), made.length] : [x, x + width];
        if (!tick.label || taken.some(other => box[0] < other[1] + 8 && other[0] < box[1] + 8)) return;
        taken.push(box);
        byDay.set(tick.day, { day: tick.day, x, label: tick.label, major: true, anchor: over ? 'end' : 'start' });
      });
    });
    return [...byDay.values()].sort((a, b) => a.day - b.day);
  }

  pm.timeAxis = { axis, starts };
})(panjmap);
