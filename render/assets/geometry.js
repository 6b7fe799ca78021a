'use strict';
/* Plane geometry, pure: points are [x, y]; a ring or line is a list of points; a box is [left, top, right, bottom]. */
(pm => {
  /** Flat delta-coded list [x0, y0, dx, dy, ...] -> [[x, y], ...], divided by `scale`. */
  function decode(flat, scale) {
    let out = [], x = 0, y = 0;
    for (let i = 0; i + 1 < flat.length; i += 2) {
      x += flat[i];
      y += flat[i + 1];
      out.push([x / scale, y / scale]);
    }
    return out;
  }

  /** Even-odd test against several rings at once (holes count). */
  function inside(point, rings) {
    let x = point[0], y = point[1], odd = false;
    for (let r = 0; r < rings.length; r++) {
      const ring = rings[r];
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
        const a = ring[i], b = ring[j];
        if ((a[1] > y) !== (b[1] > y) && x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0]) odd = !odd;
      }
    }
    return odd;
  }

  /** `inside` for many questions about the same rings: where they cross each row of squares of 3 x 3, found in one pass. */
  function insideMemo(rings) {
    const rows = new Map();
    rings.forEach(ring => {
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
        const a = ring[i], b = ring[j], low = Math.min(a[1], b[1]), high = Math.max(a[1], b[1]);
        for (let row = Math.ceil(low / 3 - 0.5); row * 3 + 1.5 < high; row++) {
          const y = row * 3 + 1.5;
          if (y < low) continue;
          if (!rows.has(row)) rows.set(row, []);
          rows.get(row).push((b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0]);
        }
      }
    });
    return point => {
      const x = Math.floor(point[0] / 3) * 3 + 1.5;
      let odd = false;
      (rows.get(Math.floor(point[1] / 3)) || []).forEach(at => { if (at > x) odd = !odd; });
      return odd;
    };
  }

  const side = (a, b, p) => (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]);

  /** True if the open segments a-b and c-d cross. */
  function segmentsCross(a, b, c, d) {
    if (Math.max(a[0], b[0]) < Math.min(c[0], d[0]) || Math.max(c[0], d[0]) < Math.min(a[0], b[0])) return false;
    if (Math.max(a[1], b[1]) < Math.min(c[1], d[1]) || Math.max(c[1], d[1]) < Math.min(a[1], b[1])) return false;
    return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
  }

  function crossesLine(a, b, line) {
    for (let i = 0; i + 1 < line.length; i++) if (segmentsCross(a, b, line[i], line[i + 1])) return true;
    return false;
  }

  function crossesAny(a, b, lines) {
    return lines.some(line => crossesLine(a, b, line));
  }

  const distance = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]);

  function length(line) {
    let sum = 0;
    for (let i = 0; i + 1 < line.length; i++) sum += distance(line[i], line[i + 1]);
    return sum;
  }

  /** Points along a line every `step`, each {point, angle} (angle of the line there, radians). */
  function along(line, step) {
    let out = [], left = step / 2;
    for (let i = 0; i + 1 < line.length; i++) {
      let a = line[i], b = line[i + 1], d = distance(a, b), at = left;
      while (at <= d) {
        const f = d ? at / d : 0;
        out.push({ point: [a[0] + (b[0] - a[0]) * f, a[1] + (b[1] - a[1]) * f], angle: Math.atan2(b[1] - a[1], b[0] - a[0]) });
        at += step;
      }
      left = at - d;
    }
    return out;
  }

  const boxesMeet = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];

  /** True if segment a-b meets the box (Liang-Barsky). */
  function segmentMeetsBox(a, b, box) {
    let t0 = 0, t1 = 1, dx = b[0] - a[0], dy = b[1] - a[1];
    const tests = [[-dx, a[0] - box[0]], [dx, box[2] - a[0]], [-dy, a[1] - box[1]], [dy, box[3] - a[1]]];
    for (let i = 0; i < 4; i++) {
      const p = tests[i][0], q = tests[i][1];
      if (p === 0) { if (q < 0) return false; continue; }
      const t = q / p;
      if (p < 0) { if (t > t1) return false; if (t > t0) t0 = t; }
      else { if (t < t0) return false; if (t < t1) t1 = t; }
    }
    return true;
  }

  function boxOf(points) {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    points.forEach(p => {
      box[0] = Math.min(box[0], p[0]); box[1] = Math.min(box[1], p[1]);
      box[2] = Math.max(box[2], p[0]); box[3] = Math.max(box[3], p[1]);
    });
    return box;
  }

  /** The parts of a ring or line whose segments meet a box; keeps later tests short. */
  function near(line, box) {
    let parts = [], part = null;
    for (let i = 0; i + 1 < line.length; i++) {
      const a = line[i], b = line[i + 1];
      const hit = boxesMeet([Math.min(a[0], b[0]) - 1, Math.min(a[1], b[1]) - 1, Math.max(a[0], b[0]) + 1, Math.max(a[1], b[1]) + 1], box);
      if (hit) {
        if (!part) { part = [a]; parts.push(part); }
        part.push(b);
      } else part = null;
    }
    return parts;
  }

  pm.geometry = { decode, inside, insideMemo, segmentsCross, crossesAny, distance,
    length, along, boxesMeet, segmentMeetsBox, boxOf, near };
})(panjmap);
