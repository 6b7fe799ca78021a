'use strict';
/* Where names, symbols and labels of the river strip stand, pure: boxes are [left, top, right, bottom]. Nothing overlaps:
   every place is tested against what is taken. A symbol stands beside its box on a short straight leader, never inside. */
(pm => {
  const g = pm.geometry, GAPS = [9, 22, 40, 64, 96, 140, 200], OPEN = 12, NO_WORDS = 90;

  const meetsAny = (box, others) => others.some(other => g.boxesMeet(box, other));
  const within = (box, view) => box[0] >= view[0] && box[1] >= view[1] && box[2] <= view[2] && box[3] <= view[3];
  const common = (a, b) => Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0])) * Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]));

  /** Names along one row: items {from, to, names: [[text, width], ...], first}; inside their own span, else after or before it,
      else not at all; the spans of others are not crossed. Adds {text, at, width} to each that fits. */
  function along(items, low, high, gap) {
    const taken = items.filter(item => item.solid).map(item => [item.from - (item.tail || 0), item.to + (item.tail || 0), item]), free = (a, b, own) => a >= low && b <= high
      && taken.every(([from, to, item]) => item === own && !item.text || b + gap <= from || a - gap >= to);
    function place(item) {
      const { from, to } = item;
      for (const [text, width, parts] of item.names) {
        const starts = to - from >= width + 4 ? [(from + to - width) / 2] : item.beside ? [to + gap + (item.tail || 2), from - gap - (item.tail || 2) - width] : [];
        if (item.roam) for (let at = from + gap; at + width + gap <= to; at += 6) starts.push(at);
        const fit = starts.filter(at => free(at, at + width, item)).sort((a, b) => item.roam ? Math.abs(a + width / 2 - (from + to) / 2) - Math.abs(b + width / 2 - (from + to) / 2) : 0);
        if (!fit.length) continue;
        Object.assign(item, { text, at: fit[0], width, parts });
        taken.push([fit[0], fit[0] + width, item]);
        return;
      }
    }
    items.forEach(place);
    return items;
  }

  /** Names over a line, in rows: items {u, text, width, rank} in order of weight. Adds {left, row} to those that fit within
      [low, high]; a name in an upper row keeps its leader clear of the rows below. */
  function heads(items, low, high, rows, gap) {
    const taken = [];
    items.forEach(item => {
      for (let row = 0; row < rows; row++) {
        const shifts = [0.5, 0.2, 0.8, 0.06, 0.94].map(share => Math.max(low, Math.min(high - item.width, item.u - item.width * share)));
        const left = shifts.find(at => item.u >= at && item.u <= at + item.width && !taken.some(other => other.row === row && at < other.left + other.width + gap && other.left < at + item.width + gap
          || other.row < row && item.u > other.left - 4 && item.u < other.left + other.width + 4 || other.row > row && other.u > at - 4 && other.u < at + item.width + 4));
        if (left === undefined) continue;
        Object.assign(item, { left, row });
        taken.push(item);
        return;
      }
    });
    return items.filter(item => item.row !== undefined);
  }

  /** Names down a line, right-aligned: items {u, height} in order of weight -> those that fit, with their middle `at`. */
  function column(items, low, high) {
    const taken = [];
    items.forEach(item => {
      const half = item.height / 2, at = [0, -6, 6, -12, 12].map(by => Math.max(low + half, Math.min(high - half, item.u + by)))
        .find(middle => taken.every(other => Math.abs(middle - other.at) >= half + other.height / 2));
      if (at !== undefined && Math.abs(at - item.u) < 16) taken.push(Object.assign(item, { at }));
    });
    return taken;
  }

  /** Ways to stand beside a box: {token: [x, y], leader: [[x, y], [x, y]], side}; the first ones are the nearest. */
  function spots(box, r) {
    const [left, top, right, bottom] = box, out = [], shares = [0.5, 0.3, 0.7, 0.12, 0.88, 0, 1];
    GAPS.forEach(gap => shares.forEach(share => {
      const inset = (low, high) => high - low < 2 * r ? (low + high) / 2 : low + r + (high - low - 2 * r) * share;
      const x = inset(left, right), y = inset(top, bottom);
      out.push({ side: 'right', gap, share, token: [right + gap + r, y], leader: [[right, y], [right + gap, y]] });
      out.push({ side: 'left', gap, share, token: [left - gap - r, y], leader: [[left, y], [left - gap, y]] });
      out.push({ side: 'below', gap, share, token: [x, bottom + gap + r], leader: [[x, bottom], [x, bottom + gap]] });
      out.push({ side: 'above', gap, share, token: [x, top - gap - r], leader: [[x, top], [x, top - gap]] });
    }));
    return out;
  }

  /** The same in every direction, for the crowded: the leader may slant. */
  function around([left, top, right, bottom], r) {
    const x = (left + right) / 2, y = (top + bottom) / 2, out = [];
    for (let ring = 1; ring <= 8; ring++) {
      for (let step = 0; step < 16; step++) {
        const turn = step * Math.PI / 8, gap = ring * r, token = [x + Math.cos(turn) * (r + gap + (right - left) / 2), y + Math.sin(turn) * (r + gap + (bottom - top) / 2)];
        const end = [token[0] - Math.cos(turn) * r, token[1] - Math.sin(turn) * r];
        out.push({ side: Math.cos(turn) < 0 ? 'left' : 'right', gap: 60 + gap, share: 0.5, slant: true, token, leader: [[Math.max(left, Math.min(right, end[0])), Math.max(top, Math.min(bottom, end[1]))], end] });
      }
    }
    return out;
  }

  /** Ways for a text of w x h to stand at a token: beside it (level, or its foot or its head level), above or below it. */
  function texts([x, y], r, w, h, side) {
    const tops = [y - h / 2, y - r, y + r - h], at = (align, left) => tops.map(top => ({ align, x: left, y: top }));
    const right = at('start', x + r + 6), left = at('end', x - r - 6);
    const below = { align: 'middle', x, y: y + r + 3 }, above = { align: 'middle', x, y: y - r - 3 - h };
    const order = { right, left, below: [right[0], left[0], below, right[1], left[1]], above: [right[0], left[0], above, right[2], left[2]] };
    return order[side].map(text => {
      const from = text.align === 'start' ? text.x : text.align === 'end' ? text.x - w : text.x - w / 2;
      return Object.assign({ box: [from - 3, text.y - 1, from + w + 3, text.y + h + 1] }, text);
    });
  }

  /** Items {box, open, turned, form, variants: [{w, h, cost, ...}]} -> each with {token, leader, side, text, variant}.
      view: what all must stay within; taken: boxes no one may touch (grows); soft: [{box, cost}] better left clear. */
  function beside(items, r, view, taken, soft) {
    const boxes = items.map(item => ({ item, box: grown(item), hard: item.form === 'spot' || item.form === 'reach', cost: item.form === 'region' ? 0.45 : 1 })), discs = [];
    const covered = (item, box, weight) => boxes.reduce((sum, one) => {
      const area = one.item === item ? 0 : common(one.box, box);
      return sum + (area && one.hard ? 150 : 0) + area * one.cost * weight;
    }, 0) + soft.reduce((sum, one) => sum + (common(one.box, box) ? one.cost : 0), 0);
    items.forEach(item => {
      let best = null;
      const least = Math.min(400, ...item.variants.map(variant => variant.cost)), own = grown(item), flat = item.turned ? 6 : 22, tall = item.turned ? 0 : 22;
      const consider = (spot, free) => {
        if (best && spot.gap + least >= best.cost) return;
        const disc = square(spot.token, r + 2), way = thin(spot.leader);
        if (!within(disc, view) || meetsAny(disc, free) || g.boxesMeet(disc, own) || !spot.slant && meetsAny(way, free)) return;
        const base = spot.gap + Math.abs(spot.share - 0.5) * 10 + (spot.side === 'left' || spot.side === 'right' ? flat - 22 * !item.turned : tall)
          + covered(item, square(spot.token, 2), 30) + covered(item, disc, 0.06) + covered(item, way, 0.4);
        item.variants.concat(null).forEach(variant => {
          (variant ? texts(spot.token, r, variant.w, variant.h, spot.side) : [null]).forEach((text, i) => {
            if (text && (!within(text.box, view) || meetsAny(text.box, free) || g.boxesMeet(text.box, own))) return;
            const cost = base + (variant ? variant.cost : 400) + i * 3 + (text ? covered(item, text.box, 1 / 40) : 0);
            if (!best || cost < best.cost) best = { cost, spot, text, variant, disc, way };
          });
        });
      };
      spots(item.box, r).forEach(spot => consider(spot, taken));
      if (!best) spots(item.box, r).forEach(spot => consider(spot, discs));
      if (!best) around(item.box, r).forEach(spot => consider(spot, discs));
      if (!best) { item.token = null; return; }
      Object.assign(item, { token: best.spot.token, leader: best.spot.leader, side: best.spot.side, text: best.text, variant: best.variant });
      discs.push(best.disc);
      taken.push(best.disc, ...(best.spot.slant ? [] : [best.way]), ...(best.text ? [best.text.box] : []));
    });
    return items;
  }

  const square = ([x, y], half) => [x - half, y - half, x + half, y + half];

  /** A box with the arrowheads of its open ends. */
  function grown({ box, open, turned }) {
    const [start, end] = [open & 1 ? OPEN : 0, open & 2 ? OPEN : 0];
    return turned ? [box[0] - start, box[1], box[2] + end, box[3]] : [box[0], box[1] - start, box[2], box[3] + end];
  }

  const thin = ([a, b]) => [Math.min(a[0], b[0]) - 1, Math.min(a[1], b[1]) - 1, Math.max(a[0], b[0]) + 1, Math.max(a[1], b[1]) + 1];

  /** A dotted way between two tokens that "may be one event", round what is taken, with room for its words:
      {points, text: {x, y, align, box} or null}. */
  function link(a, b, r, w, h, view, taken, boxes) {
    const own = [a, b].map(token => [token[0] - r - 3, token[1] - r - 3, token[0] + r + 3, token[1] + r + 3]);
    const others = taken.filter(box => !own.some(one => common(one, box) > 2 * r * r)), ways = [];
    const [left, right] = a[0] <= b[0] ? [a, b] : [b, a];
    for (let by = r + 12; by < 220; by += 8) {
      [Math.max(a[1], b[1]) + by, Math.min(a[1], b[1]) - by].forEach(y => {
        const at = point => [point[0], point[1] + Math.sign(y - point[1]) * (r + 2)];
        if (y > view[1] + 4 && y < view[3] - 4 && right[0] - left[0] > r) ways.push([at(left), [left[0], y], [right[0], y], at(right)]);
      });
      [Math.max(a[0], b[0]) + by, Math.min(a[0], b[0]) - by].forEach(x => {
        const at = point => [point[0] + Math.sign(x - point[0]) * (r + 2), point[1]];
        if (x > view[0] + 4 && x < view[2] - 4 && Math.abs(a[1] - b[1]) > r) ways.push([at(a), [x, a[1]], [x, b[1]], at(b)]);
      });
    }
    const legs = way => way.slice(1).map((point, i) => thin([way[i], point]));
    const words = way => {
      const [p, q] = [way[1], way[2]], x = (p[0] + q[0]) / 2, y = (p[1] + q[1]) / 2, flat = Math.abs(p[1] - q[1]) < 1;
      const places = flat ? [[Math.max(p[0], q[0]) + 6, y - h / 2], [Math.min(p[0], q[0]) - w - 6, y - h / 2], [x - w / 2, y + 3], [x - w / 2, y - h - 3]]
        : [[x + 5, y - h / 2], [x - w - 5, y - h / 2], [x - w, Math.max(p[1], q[1]) + 3], [x - w, Math.min(p[1], q[1]) - h - 3]];
      const blocked = taken.concat(legs(way));
      return places.map(([left, top], i) => ({ box: [left - 2, top, left + w + 2, top + h], cost: i * 8 }))
        .map(one => Object.assign(one, { cost: one.cost + boxes.filter(box => g.boxesMeet(box, one.box)).length * 50 }))
        .filter(one => one.cost < NO_WORDS && within(one.box, view) && !meetsAny(one.box, blocked)).sort((m, k) => m.cost - k.cost)[0] || { box: null, cost: NO_WORDS };
    };
    const found = ways.map(way => {
      const ends = legs(way), text = words(way);
      return { way, text, cost: text.cost + ends.reduce((sum, leg) => sum + others.filter(box => g.boxesMeet(leg, box)).length * 400 + (leg[2] - leg[0]) + (leg[3] - leg[1]), 0) };
    }).sort((p, q) => p.cost - q.cost)[0];
    if (!found) return null;
    taken.push(...legs(found.way), ...(found.text.box ? [found.text.box] : []));
    return { points: found.way, text: found.text.box };
  }

  pm.stripPlace = { along, heads, column, beside, link };
})(panjmap);
