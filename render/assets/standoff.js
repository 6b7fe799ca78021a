'use strict';
/* Where the token of an area stands, pure: off its area on a leader, or on the area's edge; in the country of the event;
   on a leader that never crosses the country's outline; clear of other tokens, of labels and of strong marks.
   All in pixels. `ground` is {taken, land, outline, marks, pale, paleOutlines, towns}: boxes in use, rings of the country, the parts of
   its outline in view, outlines that must stay visible, rings of other areas and points on them, points of towns. */
(pm => {
  let g = pm.geometry, labels = pm.labels;
  /* A label's leader to a further part of its area is left out beyond this. */
  let FAR = 130;
  let DISTANCES = [9, 20, 34, 52, 76, 108, 150];

  function disc(at, r) { return [at[0] - r, at[1] - r, at[0] + r, at[1] + r]; }

  /** Points of `marks` within r of `at`. */
  function covered(at, r, marks) {
    let count = 0;
    marks.forEach(points => {
      points.forEach(p => { if (Math.hypot(p[0] - at[0], p[1] - at[1]) < r) count++; });
    });
    return count;
  }

  function coveredByBox(box, marks) {
    let count = 0;
    marks.forEach(points => {
      points.forEach(p => { if (p[0] > box[0] && p[0] < box[2] && p[1] > box[1] && p[1] < box[3]) count++; });
    });
    return count;
  }

  function wholeDiscInside(at, r, rings) {
    for (let i = 0; i < 8; i++) {
      if (!g.inside([at[0] + r * Math.cos(i * Math.PI / 4), at[1] + r * Math.sin(i * Math.PI / 4)], rings)) return false;
    }
    return true;
  }

  /** The best label of a token at `at`: {place, cost, short}; `sizes` are [w, h] of the whole label and of its first line
      alone, which is tried where the whole one finds no room. The leader to `from` must not run through it. */
  function bestLabel(at, from, radius, sizes, ground) {
    if (!sizes) return { place: null, cost: 0 };
    let best = { place: null, cost: 90 };
    sizes.forEach((size, short) => {
      labels.candidates(at[0], at[1], radius, size[0], size[1]).forEach((candidate, i) => {
        let cost = i * 2.5 + short * 22;
        if (cost >= best.cost || !ground.taken.isFree(candidate.box)) return;
        if (from && g.segmentMeetsBox(from, at, candidate.box)) return;
        cost += coveredByBox(candidate.box, ground.marks) * 14;
        ground.paleOutlines.forEach(points => { cost += coveredByBox(candidate.box, [points]) * 1.5; });
        if (cost < best.cost) best = { place: candidate, cost: cost, short: short === 1 };
      });
    });
    return best;
  }

  function standCost(at, from, radius, ground) {
    let cost = g.distance(at, from) * 0.35;
    cost += covered(at, radius + 3, ground.marks) * 12;
    ground.pale.forEach(rings => { if (g.inside(at, rings)) cost += 9; });
    ground.towns.forEach(p => { if (g.distance(p, at) < radius + 8) cost += 25; });
    ground.taken.boxes.forEach(box => { if (g.segmentMeetsBox(from, at, box)) cost += 45; });
    ground.marks.forEach(points => {
      points.forEach(p => { if (onLeader(p, from, at)) cost += 6; });
    });
    if (!wholeDiscInside(at, radius, ground.land)) cost += 14;
    return cost;
  }

  function onLeader(p, a, b) {
    let dx = b[0] - a[0], dy = b[1] - a[1], t = ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / (dx * dx + dy * dy || 1);
    return t > 0.15 && t < 1 && Math.hypot(a[0] + t * dx - p[0], a[1] + t * dy - p[1]) < 5;
  }

  /** Starting points and directions: outline samples with their outward normals (for an area), or a fan (for a point). */
  function starts(rings, taken) {
    let out = [], perimeter = 0;
    rings.forEach(ring => { perimeter += g.length(ring); });
    let step = Math.max(7, perimeter / 56);
    rings.forEach(ring => {
      g.along(ring, step).forEach(sample => {
        let p = sample.point;
        if (p[0] < taken.view[0] || p[1] < taken.view[1] || p[0] > taken.view[2] || p[1] > taken.view[3]) return;
        let normal = sample.angle + Math.PI / 2;
        if (g.inside([p[0] + 3 * Math.cos(normal), p[1] + 3 * Math.sin(normal)], rings)) normal += Math.PI;
        [0, 0.6, -0.6].forEach(turn => { out.push({ from: p, angle: normal + turn, turn: turn }); });
      });
    });
    return out;
  }

  function fan(point) {
    let out = [];
    for (let i = 0; i < 24; i++) out.push({ from: point, angle: i * Math.PI / 12, turn: 0 });
    return out;
  }

  /** Choose a place for a token of `radius` that belongs to `rings` (an area) or `point`; `sizes` are of its label, see bestLabel.
      Returns {at, from, label, cost, onEdge} or null if nothing fits. */
  function choose(request, ground) {
    let best = null, radius = request.radius;
    let list = request.rings ? starts(request.rings, ground.taken) : fan(request.point);
    function consider(at, start, extra, onEdge) {
      if (best && extra >= best.cost) return;
      if (!ground.taken.isFree(disc(at, radius + 2)) || !g.inside(at, ground.land)) return;
      if (request.rings && !onEdge && g.inside(at, request.rings)) return;
      if (!onEdge && g.crossesAny(start.from, at, ground.outline)) return;
      let cost = extra + standCost(at, start.from, radius, ground);
      if (best && cost >= best.cost) return;
      let label = bestLabel(at, onEdge ? null : start.from, radius + 3, request.sizes, ground);
      cost += label.cost;
      if (!best || cost < best.cost) best = { at: at, from: start.from, label: label, cost: cost, onEdge: !!onEdge };
    }
    list.forEach(start => {
      DISTANCES.forEach(d => {
        let reach = radius + d;
        consider([start.from[0] + reach * Math.cos(start.angle), start.from[1] + reach * Math.sin(start.angle)],
          start, Math.abs(start.turn) * 8, false);
      });
      if (request.rings && request.edge && start.turn === 0) consider(start.from, start, request.edge, true);
    });
    return best;
  }

  /** A label without a token, with one leader to each part of its area: {place, leaders: [[from, to], ...]} or null. */
  function chooseLabel(request, ground) {
    let w = request.sizes[0][0], h = request.sizes[0][1], view = ground.taken.view, best = null;
    let parts = request.parts.map(rings => {
      let points = [];
      rings.forEach(ring => { g.along(ring, 9).forEach(s => { points.push(s.point); }); });
      return points.filter(p => p[0] > view[0] && p[1] > view[1] && p[0] < view[2] && p[1] < view[3]);
    }).filter(points => points.length > 3);
    if (!parts.length) return null;
    for (let x = view[0]; x <= view[2] - w; x += 14) {
      for (let y = view[1]; y <= view[3] - h; y += 11) {
        let box = [x - 2, y - 1, x + w + 2, y + h + 1];
        if (!ground.taken.isFree(box)) continue;
        let result = labelCost(box, parts, request, ground, best ? best.cost : Infinity);
        if (result && (!best || result.cost < best.cost)) {
          best = { cost: result.cost, leaders: result.leaders, place: { x: x, y: y, align: 'start', box: box } };
        }
      }
    }
    return best;
  }

  function labelCost(box, parts, request, ground, limit) {
    let cost = coveredByBox(box, ground.marks) * 14, leaders = [];
    let links = parts.map(points => shortest(box, points)).sort((a, b) => a.distance - b.distance);
    for (let i = 0; i < links.length; i++) {
      if (links[i].distance < 7) return null;
      cost += Math.min(links[i].distance, FAR) * 0.5;
      if (cost >= limit) return null;
      if (i === 0 || links[i].distance < FAR) leaders.push([links[i].from, links[i].to]);
      else cost += 12;
    }
    let middle = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
    if (!g.inside(middle, ground.land)) cost += 12;
    ground.paleOutlines.forEach(points => { cost += coveredByBox(box, [points]) * 4; });
    ground.pale.concat(request.parts).forEach(rings => { if (g.inside(middle, rings)) cost += 14; });
    leaders.forEach(leader => {
      if (g.crossesAny(leader[0], leader[1], ground.outline)) cost += 30;
      ground.taken.boxes.forEach(other => { if (g.segmentMeetsBox(leader[0], leader[1], other)) cost += 40; });
    });
    return { cost: cost, leaders: leaders };
  }

  /** Shortest leader from an area's outline to a box. */
  function shortest(box, points) {
    let best = { distance: Infinity };
    points.forEach(p => {
      let to = [Math.max(box[0], Math.min(box[2], p[0])), Math.max(box[1], Math.min(box[3], p[1]))];
      let d = g.distance(p, to);
      if (d < best.distance) best = { distance: d, from: p, to: to };
    });
    return best;
  }

  pm.standoff = { choose: choose, chooseLabel: chooseLabel, covered: covered, bestLabel: bestLabel };
})(panjmap);
