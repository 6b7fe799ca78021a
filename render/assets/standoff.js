'use strict';
/* Where the token of an area stands, pure: off its area on a leader, or on the area's edge; in the country of the event;
   on a leader that never crosses the country's outline; clear of other tokens, of labels and of strong marks.
   All in pixels. `ground` is {taken, isLand(point), outline, marks, pale, outlines, towns, lines}: boxes in use, the country, the
   parts of its outline in view, points that must stay visible, rings of other areas, points on these, towns, leaders and
   links of others. */
(pm => {
  const g = pm.geometry, labels = pm.labels;
  /* A label's leader to a further part of its area is left out beyond this. */
  const FAR = 130, CROSSED = 300;
  const DISTANCES = [9, 20, 34, 52, 76, 108, 150];

  const disc = (at, r) => [at[0] - r, at[1] - r, at[0] + r, at[1] + r];

  /** How many points lie within r of `at`, and how many in a box. */
  const covered = (at, r, points) => points.filter(p => g.distance(p, at) < r).length;
  const inBox = (p, box) => p[0] > box[0] && p[0] < box[2] && p[1] > box[1] && p[1] < box[3];
  const coveredByBox = (box, points) => points.filter(p => inBox(p, box)).length;
  const middleOf = box => [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
  const turned = (at, angle, d) => [at[0] + d * Math.cos(angle), at[1] + d * Math.sin(angle)];

  /** Cost of a text at `box` that leaves no room for the larger towns. */
  const onTowns = (box, ground) => coveredByBox([box[0] - 6, box[1] - 6, box[2] + 6, box[3] + 6], ground.towns) * 20;

  const EIGHTHS = [0, 1, 2, 3, 4, 5, 6, 7].map(i => i * Math.PI / 4);
  const wholeDiscOnLand = (at, r, ground) => EIGHTHS.every(angle => ground.isLand(turned(at, angle, r)));

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
        cost += coveredByBox(box, ground.marks) * 14 + coveredByBox(box, ground.outlines) * 5 + onTowns(box, ground);
        if (!ground.isLand(middleOf(box))) cost += 16;
        if (cost < best.cost) best = { place: candidate, cost, variant: number };
      });
    });
    return best;
  }

  /** The part of the cost that is quick to tell: length, angle, place on the outline. */
  function quickCost(at, start, request) {
    const length = g.distance(at, start.from) - request.radius;
    let cost = length * 0.35 + Math.max(0, length - 50) * 0.6 + Math.abs(start.turn) * 8;
    /* Too close reads as a point of the area; too far from the middle of the area, as its end. */
    if (request.rings && length < 16) cost += 9;
    if (request.middle) cost += g.distance(start.from, request.middle) * 0.12;
    return cost;
  }

  /** Leaders and links of others, and room kept for the names of towns, that a leader would run through. */
  const crossings = (a, b, ground) => ground.lines.filter(line => g.segmentsCross(a, b, line.from, line.to)).length
    + ground.kept.filter(box => g.segmentMeetsBox(a, b, box)).length;

  function standCost(at, from, radius, partner, ground) {
    const onLine = ground.marks.filter(p => onLeader(p, from, at)), near = ground.towns.filter(p => g.distance(p, at) < radius + 8);
    let cost = covered(at, radius + 3, ground.marks) * 12 + onLine.length * 6 + near.length * 25;
    if (partner) {
      ground.taken.boxes.forEach(box => { if (g.segmentMeetsBox(at, partner, box) && !inBox(partner, box)) cost += 30; });
      cost += crossings(at, partner, ground) * CROSSED;
    }
    cost += crossings(from, at, ground) * CROSSED;
    ground.pale.forEach(rings => { if (g.inside(at, rings)) cost += 9; });
    ground.taken.boxes.forEach(box => { if (g.segmentMeetsBox(from, at, box)) cost += 110; });
    if (!wholeDiscOnLand(at, radius, ground)) cost += 60;
    return cost;
  }

  function onLeader(p, a, b) {
    const dx = b[0] - a[0], dy = b[1] - a[1], t = ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / (dx * dx + dy * dy || 1);
    return t > 0.15 && t < 1 && Math.hypot(a[0] + t * dx - p[0], a[1] + t * dy - p[1]) < 5;
  }

  /** Starting points and directions: outline samples with their outward normals (for an area), or a fan (for a point). */
  function starts(rings, taken, coarse) {
    const out = [], step = Math.max(7, rings.reduce((sum, ring) => sum + g.length(ring), 0) / (coarse ? 24 : 56));
    rings.forEach(ring => g.along(ring, step).filter(sample => inBox(sample.point, taken.view)).forEach(sample => {
      const from = sample.point, normal = sample.angle + Math.PI / 2;
      const outward = g.inside(turned(from, normal, 3), rings) ? normal + Math.PI : normal;
      (coarse ? [0] : [0, 0.6, -0.6]).forEach(turn => out.push({ from, angle: outward + turn, turn }));
    }));
    return out;
  }

  const fan = from => [...Array(24).keys()].map(i => ({ from, angle: i * Math.PI / 12, turn: 0 }));

  /** Choose a place for a token of `radius` that belongs to `rings` (an area) or `point`; `variants` are of its label.
      Returns {at, from, label, cost, onEdge} or null if nothing fits. */
  function choose(request, ground) {
    const radius = request.radius;
    let best = null;
    const list = request.rings ? starts(request.rings, ground.taken, request.coarse) : fan(request.point);
    function consider(at, start, onEdge) {
      /* An edge that is the border would put the token on both sides of it. */
      if (onEdge && !wholeDiscOnLand(at, radius, ground)) return;
      let cost = onEdge ? request.edge : quickCost(at, start, request);
      /* A dotted link to a partner needs room to be seen. */
      if (request.partner) cost += Math.max(0, 72 - g.distance(at, request.partner)) * 1.6;
      if (best && cost >= best.cost || !ground.taken.isFree(disc(at, radius + 2)) || !ground.isLand(at)) return;
      if (request.rings && !onEdge && g.inside(at, request.rings)) return;
      cost += standCost(at, start.from, radius, request.partner, ground);
      if (best && cost >= best.cost || !onEdge && g.crossesAny(start.from, at, ground.outline)) return;
      const label = bestLabel(at, onEdge ? null : start.from, radius + 3, request.variants, ground);
      cost += label.cost;
      if (!best || cost < best.cost) best = { at, from: start.from, label, cost, onEdge };
    }
    list.forEach(start => {
      DISTANCES.forEach(d => consider(turned(start.from, start.angle, radius + d), start, false));
      if (request.rings && start.turn === 0) consider(start.from, start, true);
    });
    return best;
  }

  /** A label without a token, with one leader to each part of its area: {place, leaders: [[from, to], ...]} or null. */
  function chooseLabel(request, ground) {
    const view = ground.taken.view;
    let best = null;
    const parts = request.parts.map(rings => [].concat(...rings.map(ring => g.along(ring, 9).map(s => s.point))).filter(p => inBox(p, view)))
      .filter(points => points.length > 3);
    if (!parts.length) return null;
    const boxes = parts.map(g.boxOf);
    request.variants.forEach((variant, number) => {
      for (let x = view[0] + 2; x <= view[2] - variant.w - 2; x += 12) {
        for (let y = view[1] + 1; y <= view[3] - variant.h - 1; y += 9) {
          const box = [x - 2, y - 1, x + variant.w + 2, y + variant.h + 1];
          const limit = (best ? best.cost : Infinity) - variant.cost;
          if (leastCost(box, boxes) >= limit || !ground.taken.isFree(box)) continue;
          const result = labelCost(box, parts, request, ground, limit);
          if (result) best = { cost: result.cost + variant.cost, leaders: result.leaders, variant: number, place: { x, y, align: 'start', box } };
        }
      }
    });
    return best;
  }

  /** What a label at `box` costs at the least: the way to its areas. */
  const leastCost = (box, areas) => areas.reduce((sum, area) => sum + 0.5 * Math.min(FAR, Math.hypot(
    Math.max(0, area[0] - box[2], box[0] - area[2]), Math.max(0, area[1] - box[3], box[1] - area[3]))), 0);

  function labelCost(box, parts, request, ground, limit) {
    const leaders = [];
    let cost = coveredByBox(box, ground.marks) * 14 + onTowns(box, ground);
    const links = parts.map(points => shortest(box, points)).sort((a, b) => a.distance - b.distance);
    for (let i = 0; i < links.length; i++) {
      if (links[i].distance < 7) return null;
      cost += Math.min(links[i].distance, FAR) * 0.5;
      if (cost >= limit) return null;
      if (i === 0 || links[i].distance < FAR) leaders.push([links[i].from, links[i].to]);
      else cost += 70;
    }
    const middle = middleOf(box);
    if (!ground.isLand(middle)) cost += 12;
    cost += coveredByBox(box, ground.outlines) * 4;
    ground.pale.concat(request.parts).forEach(rings => { if (g.inside(middle, rings)) cost += 14; });
    leaders.forEach(leader => {
      if (g.crossesAny(leader[0], leader[1], ground.outline)) cost += 30;
      cost += crossings(leader[0], leader[1], ground) * CROSSED;
      ground.taken.boxes.forEach(other => { if (g.segmentMeetsBox(leader[0], leader[1], other)) cost += 40; });
    });
    return cost < limit ? { cost, leaders } : null;
  }

  /** Shortest leader from an area's outline to a box. */
  function shortest(box, points) {
    let best = { distance: Infinity };
    points.forEach(p => {
      const to = [Math.max(box[0], Math.min(box[2], p[0])), Math.max(box[1], Math.min(box[3], p[1]))];
      const d = g.distance(p, to);
      if (d < best.distance) best = { distance: d, from: p, to };
    });
    return best;
  }

  pm.standoff = { choose, chooseLabel, covered, bestLabel };
})(panjmap);
