'use strict';
/* Where the token of an area stands, pure: off its area on a leader, or on the area's edge; in the country of the event;
   on a leader that never crosses the country's outline; clear of other tokens, of labels and of strong marks.
   All in pixels. `ground` is {taken, isLand(point), outline, marks, pale, outlines, towns}: boxes in use, the country, the parts of
   its outline in view, outlines that must stay visible, rings of other areas, points on their outlines, points of towns. */
(pm => {
  const g = pm.geometry, labels = pm.labels;
  /* A label's leader to a further part of its area is left out beyond this. */
  const FAR = 130;
  const DISTANCES = [9, 20, 34, 52, 76, 108, 150];

  function disc(at, r) { return [at[0] - r, at[1] - r, at[0] + r, at[1] + r]; }

  /** Points of `marks` within r of `at`. */
  function covered(at, r, marks) {
    let count = 0;
    marks.forEach(points => {
      points.forEach(p => { if (Math.hypot(p[0] - at[0], p[1] - at[1]) < r) count++; });
    });
    return count;
  }

  function inBox(p, box) { return p[0] > box[0] && p[0] < box[2] && p[1] > box[1] && p[1] < box[3]; }

  function coveredByBox(box, marks) {
    let count = 0;
    marks.forEach(points => {
      points.forEach(p => { if (inBox(p, box)) count++; });
    });
    return count;
  }

  /** Cost of a text at `box` that leaves no room for the larger towns. */
  function onTowns(box, ground) { return coveredByBox([box[0] - 6, box[1] - 6, box[2] + 6, box[3] + 6], [ground.towns]) * 20; }

  function wholeDiscOnLand(at, r, ground) {
    for (let i = 0; i < 8; i++) {
      if (!ground.isLand([at[0] + r * Math.cos(i * Math.PI / 4), at[1] + r * Math.sin(i * Math.PI / 4)])) return false;
    }
    return true;
  }

  /** The best label of a token at `at`: {place, cost, variant}. `variants` are ways to write it, best first, each with its
      width and height; the leader to `from` must not run through it. */
  function bestLabel(at, from, radius, variants, ground) {
    if (!variants.length) return { place: null, cost: 0 };
    let best = { place: null, cost: 140 };
    variants.forEach((variant, number) => {
      labels.candidates(at[0], at[1], radius, variant.w, variant.h).forEach((candidate, i) => {
        const box = candidate.box;
        let cost = i * 2 + variant.cost;
        if (cost >= best.cost || !ground.taken.isFree(box)) return;
        if (from && g.segmentMeetsBox(from, at, box)) return;
        cost += coveredByBox(box, ground.marks) * 14 + coveredByBox(box, ground.outlines) * 1.5 + onTowns(box, ground);
        if (!ground.isLand([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2])) cost += 16;
        if (cost < best.cost) best = { place: candidate, cost: cost, variant: number };
      });
    });
    return best;
  }

  /** The part of the cost that is quick to tell: length, angle, room for a dotted link. */
  function quickCost(at, start, request) {
    const length = g.distance(at, start.from) - request.radius;
    let cost = length * 0.35 + Math.max(0, length - 50) * 0.6 + Math.abs(start.turn) * 8;
    /* Too close reads as a point of the area; too far from the middle of the area, as its end. */
    if (request.rings && length < 16) cost += 9;
    if (request.middle) cost += g.distance(start.from, request.middle) * 0.12;
    if (request.partner && g.distance(at, request.partner) < 70) cost += 22;
    return cost;
  }

  function standCost(at, from, radius, partner, ground) {
    let cost = 0;
    cost += covered(at, radius + 3, ground.marks) * 12;
    if (partner) ground.taken.boxes.forEach(box => { if (g.segmentMeetsBox(at, partner, box) && !inBox(partner, box)) cost += 30; });
    ground.pale.forEach(rings => { if (g.inside(at, rings)) cost += 9; });
    ground.towns.forEach(p => { if (g.distance(p, at) < radius + 8) cost += 25; });
    ground.taken.boxes.forEach(box => { if (g.segmentMeetsBox(from, at, box)) cost += 110; });
    ground.marks.forEach(points => {
      points.forEach(p => { if (onLeader(p, from, at)) cost += 6; });
    });
    if (!wholeDiscOnLand(at, radius, ground)) cost += 60;
    return cost;
  }

  function onLeader(p, a, b) {
    const dx = b[0] - a[0], dy = b[1] - a[1], t = ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / (dx * dx + dy * dy || 1);
    return t > 0.15 && t < 1 && Math.hypot(a[0] + t * dx - p[0], a[1] + t * dy - p[1]) < 5;
  }

  /** Starting points and directions: outline samples with their outward normals (for an area), or a fan (for a point). */
  function starts(rings, taken) {
    let out = [], perimeter = 0;
    rings.forEach(ring => { perimeter += g.length(ring); });
    const step = Math.max(7, perimeter / 56);
    rings.forEach(ring => {
      g.along(ring, step).forEach(sample => {
        const p = sample.point;
        if (p[0] < taken.view[0] || p[1] < taken.view[1] || p[0] > taken.view[2] || p[1] > taken.view[3]) return;
        let normal = sample.angle + Math.PI / 2;
        if (g.inside([p[0] + 3 * Math.cos(normal), p[1] + 3 * Math.sin(normal)], rings)) normal += Math.PI;
        [0, 0.6, -0.6].forEach(turn => { out.push({ from: p, angle: normal + turn, turn: turn }); });
      });
    });
    return out;
  }

  function fan(point) {
    const out = [];
    for (let i = 0; i < 24; i++) out.push({ from: point, angle: i * Math.PI / 12, turn: 0 });
    return out;
  }

  /** Choose a place for a token of `radius` that belongs to `rings` (an area) or `point`; `variants` are of its label.
      Returns {at, from, label, cost, onEdge} or null if nothing fits. */
  function choose(request, ground) {
    let best = null, radius = request.radius;
    const list = request.rings ? starts(request.rings, ground.taken) : fan(request.point);
    function consider(at, start, onEdge) {
      /* An edge that is the border would put the token on both sides of it. */
      if (onEdge && !wholeDiscOnLand(at, radius, ground)) return;
      let cost = onEdge ? request.edge : quickCost(at, start, request);
      if (best && cost >= best.cost || !ground.taken.isFree(disc(at, radius + 2)) || !ground.isLand(at)) return;
      if (request.rings && !onEdge && g.inside(at, request.rings)) return;
      cost += standCost(at, start.from, radius, request.partner, ground);
      if (best && cost >= best.cost || !onEdge && g.crossesAny(start.from, at, ground.outline)) return;
      const label = bestLabel(at, onEdge ? null : start.from, radius + 3, request.variants, ground);
      cost += label.cost;
      if (!best || cost < best.cost) best = { at: at, from: start.from, label: label, cost: cost, onEdge: onEdge };
    }
    list.forEach(start => {
      DISTANCES.forEach(d => {
        const reach = radius + d;
        consider([start.from[0] + reach * Math.cos(start.angle), start.from[1] + reach * Math.sin(start.angle)], start, false);
      });
      if (request.rings && start.turn === 0) consider(start.from, start, true);
    });
    return best;
  }

  /** A label without a token, with one leader to each part of its area: {place, leaders: [[from, to], ...]} or null. */
  function chooseLabel(request, ground) {
    let view = ground.taken.view, best = null;
    let parts = request.parts.map(rings => {
      const points = [];
      rings.forEach(ring => { g.along(ring, 9).forEach(s => { points.push(s.point); }); });
      return points.filter(p => p[0] > view[0] && p[1] > view[1] && p[0] < view[2] && p[1] < view[3]);
    }).filter(points => points.length > 3);
    if (!parts.length) return null;
    request.variants.forEach((variant, number) => {
      for (let x = view[0]; x <= view[2] - variant.w; x += 14) {
        for (let y = view[1]; y <= view[3] - variant.h; y += 11) {
          const box = [x - 2, y - 1, x + variant.w + 2, y + variant.h + 1];
          if (!ground.taken.isFree(box)) continue;
          const result = labelCost(box, parts, request, ground, (best ? best.cost : Infinity) - variant.cost);
          if (result) best = { cost: result.cost + variant.cost, leaders: result.leaders, variant: number, place: { x: x, y: y, align: 'start', box: box } };
        }
      }
    });
    return best;
  }

  function labelCost(box, parts, request, ground, limit) {
    let cost = coveredByBox(box, ground.marks) * 14 + onTowns(box, ground), leaders = [];
    const links = parts.map(points => shortest(box, points)).sort((a, b) => a.distance - b.distance);
    for (let i = 0; i < links.length; i++) {
      if (links[i].distance < 7) return null;
      cost += Math.min(links[i].distance, FAR) * 0.5;
      if (cost >= limit) return null;
      if (i === 0 || links[i].distance < FAR) leaders.push([links[i].from, links[i].to]);
      else cost += 12;
    }
    const middle = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
    if (!ground.isLand(middle)) cost += 12;
    cost += coveredByBox(box, ground.outlines) * 4;
    ground.pale.concat(request.parts).forEach(rings => { if (g.inside(middle, rings)) cost += 14; });
    leaders.forEach(leader => {
      if (g.crossesAny(leader[0], leader[1], ground.outline)) cost += 30;
      ground.taken.boxes.forEach(other => { if (g.segmentMeetsBox(leader[0], leader[1], other)) cost += 40; });
    });
    return cost < limit ? { cost: cost, leaders: leaders } : null;
  }

  /** Shortest leader from an area's outline to a box. */
  function shortest(box, points) {
    let best = { distance: Infinity };
    points.forEach(p => {
      const to = [Math.max(box[0], Math.min(box[2], p[0])), Math.max(box[1], Math.min(box[3], p[1]))];
      const d = g.distance(p, to);
      if (d < best.distance) best = { distance: d, from: p, to: to };
    });
    return best;
  }

  pm.standoff = { choose: choose, chooseLabel: chooseLabel, covered: covered, bestLabel: bestLabel };
})(panjmap);
