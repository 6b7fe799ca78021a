'use strict';
/* One mark a record: where marks, labels and the words of a gap stand (numbers only), and their SVG.
   A day is a token; dates that are not sure are a bracket without a token; an end that is only assumed is an arrowhead. */
(pm => {
  const { svg, tenth: n } = pm.dom, PITCH = 24, HEAD = 19, RADIUS = 10, LEAST = 22, INSIDE = 30, MOST = 15;

  /** The mark itself, without words: its days may be the axis' own where an end is missing. */
  function shape(mark, axis) {
    const end = mark.end === null ? Math.max(axis.to, mark.start) : mark.end, day = end === mark.start && !mark.open;
    let x0 = axis.x(mark.start), x1 = axis.x(end + 1);
    const middle = (x0 + x1) / 2;
    if (day) [x0, x1] = [middle - RADIUS, middle + RADIUS];
    else if (x1 - x0 < LEAST) [x0, x1] = [middle - LEAST / 2, middle + LEAST / 2];
    return { mark, day, x0, x1, text: null, extent: [x0, x1] };
  }

  /** Put a text inside the bracket, to the right or to the left of the mark; null where it fits nowhere. */
  function spot(item, text, width, length) {
    const { x0, x1 } = item;
    if (!item.day && x1 - x0 >= width + INSIDE) return { text, x: x0 + 14, width, side: 'in' };
    if (x1 + 6 + width <= length) return { text, x: x1 + 6, width, side: 'right' };
    return x0 - 6 - width >= 0 ? { text, x: x0 - 6 - width, width, side: 'left' } : null;
  }

  /** The whole label, else its first part, else as much of it as there is room for. */
  function labelled(item, length, measure) {
    const whole = item.mark.label, texts = [whole, whole.split(/[,(]/)[0].trim()].filter(Boolean);
    let found = null;
    texts.forEach(text => { found = found || spot(item, text, measure(text), length); });
    const room = Math.max(length - item.x1, item.x0) - 12;
    for (let cut = texts.length ? texts[1] || whole : ''; !found && room > 40 && cut.length > 3;) {
      cut = cut.slice(0, -1);
      if (measure(cut + '…') <= room) found = spot(item, cut.trim() + '…', measure(cut + '…'), length);
    }
    if (!found) return item;
    const outer = found.side === 'in' ? [] : [found.x, found.x + found.width];
    return Object.assign(item, { text: found, extent: [Math.min(item.x0, ...outer), Math.max(item.x1, ...outer)] });
  }

  /** Marks in two bands -> {bands: [{band, items, rows, y, top}], height, labels}; null where piles would be too high. */
  function plan(marks, axis, measure) {
    for (const labels of [true, false]) {
      const bands = [0, 1].map(band => {
        const mine = marks.filter(mark => mark.band === band).sort((a, b) => a.start - b.start || (a.end || 0) - (b.end || 0));
        const items = mine.map(mark => labels ? labelled(shape(mark, axis), axis.length, measure) : shape(mark, axis));
        const piled = pm.timeAxis.stack(items.map(item => item.extent), 0, labels ? 8 : 2);
        items.forEach((item, i) => { item.row = piled.rows[i]; });
        return { band, items, rows: piled.count };
      }).filter(band => band.rows);
      if (bands.reduce((sum, band) => sum + band.rows, 0) > MOST) continue;
      let y = 0;
      bands.forEach(band => {
        band.top = y;
        band.items.forEach(item => { item.y = y + HEAD + (item.row + 0.5) * PITCH; });
        y += HEAD + band.rows * PITCH + 8;
      });
      return { bands, height: y, labels };
    }
    return null;
  }

  /** A free place for a text around the middle of a cut: the widest band of free height; null if there is none.
      `boxes`: [x0, y0, x1, y1] of what is taken. */
  function gapText(text, cut, boxes, height, length, measure) {
    const middle = (cut.x0 + cut.x1) / 2, ys = [...new Set([0, height].concat(...boxes.map(box => [box[1], box[3]])))].filter(y => y >= 0 && y <= height).sort((a, b) => a - b);
    let best = null;
    ys.forEach((top, i) => ys.slice(i + 1).forEach(bottom => {
      const near = boxes.filter(box => box[1] < bottom && box[3] > top);
      if (near.some(box => box[0] <= middle && box[2] >= middle)) return;
      const left = Math.max(0, ...near.filter(box => box[2] < middle).map(box => box[2] + 10));
      const right = Math.min(length, ...near.filter(box => box[0] > middle).map(box => box[0] - 10));
      const width = Math.min(right - left, 236);
      if (width < 84) return;
      const lines = pm.labels.wrap(text, width, measure), need = lines.length * 15 + 6;
      if (need > bottom - top || lines.some(line => measure(line) > width) || lines.length > 9) return;
      const centre = Math.max(left + width / 2, Math.min(right - width / 2, middle)), cost = lines.length * 10 + Math.abs(centre - middle) / 4;
      if (!best || cost < best.cost) best = { lines, x: centre, y: (top + bottom) / 2 - lines.length * 7.5 + 11, cost, box: [left, top, right, bottom] };
    }));
    return best;
  }

  /** What is taken by marks, labels and headings. */
  function boxesOf(made, headings) {
    return [].concat(...made.bands.map((band, i) => [[0, band.top, headings[i], band.top + HEAD]].concat(
      band.items.map(item => [item.extent[0], item.y - PITCH / 2, item.extent[1], item.y + PITCH / 2]))));
  }

  /** The line of a bracket, left out where its label stands, with its ends. */
  function bracket({ x0, x1, y, text, mark }) {
    const end = (x, open, into) => open ? 'M' + n(x + into * 6) + ' ' + (y - 4.5) + 'L' + n(x) + ' ' + y + 'L' + n(x + into * 6) + ' ' + (y + 4.5) : 'M' + n(x) + ' ' + (y - 5) + 'V' + (y + 5);
    const line = text && text.side === 'in' ? 'H' + n(text.x - 5) + 'M' + n(text.x + text.width + 5) + ' ' + y : '';
    return [svg('path', { class: 'bar', d: 'M' + n(x0) + ' ' + y + line + 'H' + n(x1) }),
      svg('path', { class: 'ends', d: end(x0, mark.open & 1, 1) + end(x1, mark.open & 2, -1) })];
  }

  /** A mark as a button (a picture of one where `still`). */
  function node(item, spoken, still) {
    const { mark, y, extent, text } = item, width = Math.max(24, extent[1] - extent[0]), centre = (extent[0] + extent[1]) / 2;
    const group = svg('g', Object.assign({ class: 'mark c-' + mark.colour, 'data-mark': mark.id }, still ? {} : { role: 'button', tabindex: 0, 'aria-label': spoken }),
      svg('rect', { class: 'hit', x: n(centre - width / 2), y: y - 12, width: n(width), height: 24, rx: 3 }));
    if (item.day) group.append(svg('use', { href: '#sym-' + mark.colour + '-' + mark.precision, x: n((item.x0 + item.x1) / 2 - 14), y: y - 14, width: 28, height: 28 }));
    else group.append(...bracket(item));
    if (text) group.append(svg('text', { x: n(text.x), y: y + 4 }, text.text));
    return group;
  }

  pm.timeMarks = { HEAD, plan, gapText, boxesOf, node };
})(panjmap);
