'use strict';
/* Where text and symbols may stand, pure: greedy, in order of weight, against one list of taken boxes.
   Nothing here touches the page: text widths come in, positions go out. */
(pm => {
  const g = pm.geometry, CELL = 48;

  /** Boxes already used in a view of `width` x `height`. */
  function Taken(width, height, margin) {
    this.view = [margin, margin, width - margin, height - margin];
    this.boxes = [];
  }
  Taken.prototype.add = function (box) { this.boxes.push(box); };
  Taken.prototype.inView = function (box) {
    return box[0] >= this.view[0] && box[1] >= this.view[1] && box[2] <= this.view[2] && box[3] <= this.view[3];
  };
  Taken.prototype.isFree = function (box) {
    if (!this.inView(box)) return false;
    if (this.boxes.length < 24) return !this.boxes.some(other => g.boxesMeet(other, box));
    this.sort();
    for (let x = Math.floor(box[0] / CELL); x <= Math.floor(box[2] / CELL); x++) {
      for (let y = Math.floor(box[1] / CELL); y <= Math.floor(box[3] / CELL); y++) {
        const near = this.cells.get(x * 1000 + y);
        if (near && near.some(other => g.boxesMeet(other, box))) return false;
      }
    }
    return true;
  };
  /** Boxes by squares of the view, so that a look-up does not ask them all; what was added since the last look-up follows. */
  Taken.prototype.sort = function () {
    if (this.sorted !== this.boxes || this.count > this.boxes.length) {
      this.sorted = this.boxes;
      this.cells = new Map();
      this.count = 0;
    }
    for (; this.count < this.boxes.length; this.count++) {
      const box = this.boxes[this.count], view = this.view, left = Math.max(box[0], view[0]), right = Math.min(box[2], view[2]);
      const top = Math.max(box[1], view[1]), bottom = Math.min(box[3], view[3]);
      for (let x = Math.floor(left / CELL); x <= Math.floor(right / CELL); x++) {
        for (let y = Math.floor(top / CELL); y <= Math.floor(bottom / CELL); y++) {
          const key = x * 1000 + y;
          if (!this.cells.has(key)) this.cells.set(key, []);
          this.cells.get(key).push(box);
        }
      }
    }
  };

  /** Words to lines no wider than `limit`; `width(text)` measures. */
  function wrap(text, limit, width) {
    return text.split(' ').reduce((lines, word) => {
      const longer = lines.length ? lines[lines.length - 1] + ' ' + word : word;
      if (lines.length && width(longer) <= limit) lines[lines.length - 1] = longer;
      else lines.push(word);
      return lines;
    }, []);
  }

  /** Twelve places for a text of w x h around a symbol of radius r at (x, y), best first: {x, y, align, box};
      (x, y) is the top of the text at its aligned edge. */
  function candidates(x, y, r, w, h) {
    const c = r * 0.5, gap = 4;
    function at(tx, ty, align) {
      const left = align === 'start' ? tx : align === 'end' ? tx - w : tx - w / 2;
      return { x: tx, y: ty, align, box: [left - 2, ty - 1, left + w + 2, ty + h + 1] };
    }
    return [
      at(x + r + gap, y - h / 2, 'start'),
      at(x - r - gap, y - h / 2, 'end'),
      at(x, y - r - h - 1, 'middle'),
      at(x, y + r + 1, 'middle'),
      at(x + c, y - r - h - 1, 'start'),
      at(x - c, y - r - h - 1, 'end'),
      at(x + c, y + r + 1, 'start'),
      at(x - c, y + r + 1, 'end'),
      at(x + r + gap, y - h + 4, 'start'),
      at(x - r - gap, y - h + 4, 'end'),
      at(x + r + gap, y - 4, 'start'),
      at(x - r - gap, y - 4, 'end')
    ];
  }

  /** The first free candidate, or null. */
  function firstFree(list, taken) {
    for (let i = 0; i < list.length; i++) if (taken.isFree(list[i].box)) return list[i];
    return null;
  }

  /** Push overlapping signs apart, pair by pair; moves `at` of each item, never far from `home`. Same input, same result. */
  function pushApart(items, gap) {
    for (let round = 0; round < 40; round++) {
      let moved = false;
      for (let i = 0; i < items.length; i++) {
        for (let j = i + 1; j < items.length; j++) {
          const a = items[i], b = items[j], need = a.radius + b.radius + gap;
          let dx = b.at[0] - a.at[0], dy = b.at[1] - a.at[1];
          if (dx >= need || -dx >= need || dy >= need || -dy >= need) continue;
          let d = Math.hypot(dx, dy);
          if (d >= need) continue;
          if (d < 0.01) { dx = 1; dy = 0; d = 1; }
          /* A little aslant, to one side and the other, so that a full row gives way across. */
          const shift = (need - d) / 2 + 0.1, slant = (i + j) % 2 ? 0.4 : -0.4, x = (dx - slant * dy) / d * shift, y = (dy + slant * dx) / d * shift;
          a.at = [a.at[0] - x, a.at[1] - y];
          b.at = [b.at[0] + x, b.at[1] + y];
          moved = true;
        }
      }
      if (!moved) return;
    }
  }

  /** Items at one point become a rack: in rows above it, inside a view of `size`; the middle one of the lowest row carries the leader. */
  function rack(items, size) {
    const groups = new Map();
    items.forEach(item => {
      const key = Math.round(item.home[0]) + ' ' + Math.round(item.home[1]);
      groups.set(key, (groups.get(key) || []).concat(item));
    });
    groups.forEach(group => {
      if (group.length < 2) return;
      const r = group[0].radius, step = r * 2 + 3, rows = size ? Math.max(1, Math.floor((group[0].home[1] - 3 * r - 6) / step) + 1) : Infinity;
      /* Wider where there is no height for it above its place. */
      const fitting = size ? Math.min(Math.ceil(group.length / rows), Math.floor(size.width / step)) : 0;
      const columns = Math.max(4, Math.ceil(Math.sqrt(group.length * 1.6)), fitting);
      const wide = (Math.min(columns, group.length) - 1) * step / 2, high = Math.ceil(group.length / columns) * step;
      const middle = Math.floor((Math.min(columns, group.length) - 1) / 2);
      let [x, y] = group[0].home;
      if (size) {
        x = Math.max(wide + r, Math.min(size.width - wide - r, x));
        y = Math.max(high + r, y);
      }
      group.forEach((item, i) => {
        const row = Math.floor(i / columns), inRow = Math.min(columns, group.length - row * columns);
        item.at = [x + (i - row * columns - (inRow - 1) / 2) * step, y - r * 2 - 6 - row * step];
        item.racked = i === middle ? 'first' : 'behind';
      });
    });
  }

  /** A place along a line for a text of width w, on its straightest free stretch: {x, y, angle} (degrees) or null.
      `offset` is the distance of the text's middle from the line. */
  function alongLine(line, w, offset, taken, avoid) {
    let step = 8, points = g.along(line, step), span = Math.max(1, Math.round(w / step)), best = null;
    for (let i = 0; i + span < points.length; i += 2) {
      const a = points[i].point, b = points[i + span].point, chord = g.distance(a, b);
      if (chord < w * 0.86) continue;
      let angle = Math.atan2(b[1] - a[1], b[0] - a[0]);
      if (angle > Math.PI / 2) angle -= Math.PI;
      if (angle < -Math.PI / 2) angle += Math.PI;
      if (Math.abs(angle) > 1.2) continue;
      for (let s = -1; s <= 1; s += 2) {
        let bow = 0;
        for (let k = i; k <= i + span; k++) {
          const p = points[k].point;
          bow = Math.max(bow, s * ((p[1] - (a[1] + b[1]) / 2) * Math.cos(angle) - (p[0] - (a[0] + b[0]) / 2) * Math.sin(angle)));
        }
        const off = offset + Math.max(0, bow);
        if (off > offset * 1.9) continue;
        let x = (a[0] + b[0]) / 2 - Math.sin(angle) * off * s, y = (a[1] + b[1]) / 2 + Math.cos(angle) * off * s;
        const hw = w / 2 * Math.abs(Math.cos(angle)) + 7, hh = w / 2 * Math.abs(Math.sin(angle)) + 8;
        const box = [x - hw, y - hh, x + hw, y + hh];
        if (!taken.isFree(box)) continue;
        if (avoid && avoid.some(point => Math.hypot(point[0] - x, point[1] - y) < 300)) continue;
        const cost = off + (w - chord) * 0.7 + Math.abs(angle) * 6 + (s > 0 ? 0 : 3);
        if (!best || cost < best.cost) best = { x, y, angle: angle * 180 / Math.PI, box, cost };
      }
    }
    return best;
  }

  /** A free place for a spaced area name of w x h where `isLand` is true, as near as can be to `anchor`; null if none. */
  function inArea(isLand, anchor, w, h, taken) {
    const view = taken.view, step = view[2] < 600 ? 8 : 12;
    let best = null;
    for (let x = view[0] + w / 2; x <= view[2] - w / 2; x += step) {
      for (let y = view[1] + h; y <= view[3] - h; y += step) {
        const cost = Math.hypot(x - anchor[0], y - anchor[1]);
        if (best && cost >= best.cost) continue;
        const box = [x - w / 2 - 4, y - h / 2 - 2, x + w / 2 + 4, y + h / 2 + 2];
        if (!taken.isFree(box)) continue;
        const corners = [[x, y], [box[0], box[1]], [box[2], box[1]], [box[0], box[3]], [box[2], box[3]]];
        if (!corners.every(isLand)) continue;
        best = { x, y, box, cost };
      }
    }
    return best;
  }

  pm.labels = { Taken, wrap, candidates, firstFree, pushApart, rack, alongLine, inArea };
})(panjmap);
