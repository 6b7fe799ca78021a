'use strict';
/* A layout of the river strip -> SVG. The ground is hidden from readers of the screen, marks are buttons with spoken names. */
(pm => {
  const { svg, tenth: n } = pm.dom, TOKEN = 36;
  const rectOf = ([left, top, right, bottom], attributes) => svg('rect', Object.assign({ x: n(left), y: n(top), width: n(right - left), height: n(bottom - top) }, attributes));
  const pathOf = (points, attributes) => svg('path', Object.assign({ d: 'M' + points.map(point => point.map(n).join(' ')).join('L'), fill: 'none' }, attributes));
  /** Words in their own language; letters that join are not spaced. */
  function text(x, y, words, attributes) {
    const lang = pm.script.langOf(words);
    return svg('text', Object.assign({ x: n(x), y: n(y), lang }, attributes, pm.script.isJoined(words) ? { class: (attributes.class || '') + ' joined' } : null), words);
  }

  /** A point, and a text, at (u, v) of either form. */
  const at = (L, u, v) => L.turned ? [v, u] : [u, v];
  function along(L, u, v, words, size, name) {
    const [x, y] = at(L, u, v);
    const turn = L.turned ? { transform: 'rotate(-90 ' + n(x) + ' ' + n(y) + ')' } : {};
    return text(x, y, words, Object.assign({ 'font-size': size, class: name, 'text-anchor': 'middle', dy: '.36em' }, turn));
  }

  /** Bars of one bank's areas; ends that are not surveyed stay open and run out in dots. */
  function bars(L, items, lane, name) {
    const [v0, v1] = lane, middle = (v0 + v1) / 2, out = [];
    items.forEach(item => {
      const { from, to, area } = item;
      if (item.point) {
        const [x, y] = at(L, (from + to) / 2, middle);
        out.push(svg('circle', { cx: n(x), cy: n(y), r: 3, class: 'strip-known' }));
      } else {
        out.push(rectOf(L.rect(from, to, v0 + 1, v1 - 1), { class: name }));
        if (area.approximate) [[from, -7], [to, 7]].filter(([u, by]) => u + by > L.u0 && u + by < L.u1).forEach(([u, by]) => out.push(pathOf([at(L, u, middle), at(L, u + by, middle)], { class: 'strip-tail' })));
        else [from, to].forEach(u => out.push(pathOf([at(L, u, v0 + 1), at(L, u, v1 - 1)], { class: 'strip-edge' })));
      }
      const lines = item.parts || [item.text];
      if (item.text) lines.forEach((words, i) => out.push(along(L, item.at + item.width / 2, middle + (i - (lines.length - 1) / 2) * 13, words, 11.5, name === 'strip-region' ? 'strip-in-region' : 'strip-in')));
    });
    return out;
  }

  function ground(L) {
    const { o, lane, ground: { sides, named }, u0, u1, km } = L, t = o.texts, out = [];
    const sheet = (bank, to) => rectOf(L.rect(u0, u1, Math.min(...to), Math.max(...to)), { class: bank === 'Tajik' ? 'strip-tj' : 'strip-af' });
    out.push(sheet('Tajik', [lane.tajikRegions[0], lane.tajik[1]]), sheet('Afghan', [lane.afghan[0], lane.afghanRegions[1]]));
    [['Tajik', lane.tajik, lane.tajikRegions], ['Afghan', lane.afghan, lane.afghanRegions]].forEach(([bank, districts, regions]) => {
      out.push(...bars(L, sides[bank].regions, L.turned ? districts : regions, 'strip-region'), ...bars(L, sides[bank].districts, districts, 'strip-district'));
    });
    const river = (lane.river[0] + lane.river[1]) / 2, half = L.turned ? 2.5 : 3.5;
    out.push(rectOf(L.rect(u0, u1, river - half, river + half), { class: 'strip-river' }));
    o.ground.crossings.forEach(one => [-2.5, 2.5].forEach(by => out.push(pathOf([at(L, km.u(one.km) + by, lane.river[0] + 1), at(L, km.u(one.km) + by, lane.river[1] - 1)], { class: 'strip-bridge' }))));
    return out.concat(L.turned ? namesTurned(L, named) : names(L, named), axisKm(L), captions(L, t, river));
  }

  const nameText = (item, x, y, anchor) => text(x, y, item.text, { 'font-size': item.size, class: 'strip-town w' + item.weight, 'text-anchor': anchor });

  function names(L, named) {
    const { lane, u0, u1 } = L, out = [], place = pm.stripPlace;
    place.heads(named('Tajik'), u0 - 40, u1 + 12, 2, 10).forEach(item => {
      const y = lane.names - 13 - item.row * 16;
      out.push(pathOf([[item.u, y + 4], [item.u, lane.tajikRegions[0]]], { class: 'strip-leader' }), svg('circle', { cx: n(item.u), cy: n(lane.tajikRegions[0] - 3), r: 2.4, class: 'strip-dot' }),
        nameText(item, item.left + item.width / 2, y, 'middle'));
    });
    place.heads(named('Afghan'), u0 - 40, u1 + 12, 1, 10).forEach(item => {
      out.push(svg('circle', { cx: n(item.u), cy: n(lane.end + 4), r: 2.4, class: 'strip-dot' }), nameText(item, item.left + item.width / 2, lane.end + 19, 'middle'));
    });
    return out;
  }

  function namesTurned(L, named) {
    const { lane, u0, u1, km } = L, right = lane.names - 9;
    const ticks = [];
    for (let at = 0; at <= km.length; at += 100) ticks.push(at);
    const items = named('Tajik');
    return pm.stripPlace.column(items, u0 - 6, u1 + 6).reduce((out, item) => out.concat(
      pathOf([[right + 2, item.at], [lane.names - 2, item.u]], { class: 'strip-leader' }), svg('circle', { cx: lane.names - 1, cy: n(item.u), r: 2.2, class: 'strip-dot' }),
      nameText(item, right, item.at + item.size * 0.36, 'end')), []);
  }

  /** The km axis: a line through the plot every 100 km, with its number. */
  function axisKm(L) {
    const { km, lane, v0, v1, u0, u1 } = L, out = [], marks = [];
    for (let at = 0; at <= km.length; at += 100) marks.push(at);
    if (km.length - marks[marks.length - 1] > 40) marks.push(km.length);
    else marks[marks.length - 1] = km.length;
    marks.forEach(mark => {
      const u = km.u(mark), y = L.turned ? 0 : lane.end + 37;
      if (v1 > v0) out.push(pathOf([at(L, u, v0), at(L, u, v1)], { class: 'strip-grid' }));
      if (!L.turned) out.push(pathOf([[u, lane.end], [u, lane.end + 5]], { class: 'strip-grid' }));
      if (L.turned) out.push(text(0, u, String(mark), { 'font-size': 11.5, class: 'strip-note', dy: '.36em' }));
      else out.push(text(u, y, mark ? String(mark) : L.width < 900 ? L.o.texts.km_short + ' 0' : L.o.texts.km, { 'font-size': 12, class: 'strip-note', 'text-anchor': mark === 0 ? 'start' : mark === km.length ? 'end' : 'middle' }));
    });
    return out;
  }

  function captions(L, t, river) {
    const { lane, u0, u1 } = L, small = { 'font-size': 12, class: 'strip-note' }, end = Object.assign({ 'text-anchor': 'end' }, small);
    if (L.turned) {
      return [text(0, 11, t.km_short, small), text(lane.tajik[1] - 1, 11, t.tajik_bank, end), text(lane.afghan[0] + 1, 27, t.afghan_bank, Object.assign({}, small)),
        pathOf([[lane.tajik[1] - 8, 15], [lane.tajik[1] - 8, u0 - 2]], { class: 'strip-leader' }), pathOf([[lane.afghan[0] + 8, 31], [lane.afghan[0] + 8, u0 - 2]], { class: 'strip-leader' }),
        flow(L, [river, u1 + 3], [river, u1 + 16]), text(lane.names - 9, u1 + 14, t.mouth_short, end)];
    }
    const y = lane.end + 53, x = (u0 + u1) / 2 + 60, middle = ([a, b]) => (a + b) / 2 + 4;
    return [text(u0 - 10, middle([lane.tajikRegions[0], lane.tajik[1]]), t.tajik_bank, end), text(u0 - 10, river + 4, t.panj, Object.assign({}, end, { class: 'strip-water' })),
      text(u0 - 10, middle([lane.afghan[0], lane.afghanRegions[1]]), t.afghan_bank, end), text(u0, y, t.mouth, small), text(u1, y, t.source, end),
      flow(L, [x, y - 4], [x - 62, y - 4]), text(x + 6, y, t.flow, Object.assign({}, small, { class: 'strip-water' }))];
  }

  function flow(L, from, to) {
    const turn = Math.atan2(to[1] - from[1], to[0] - from[0]), wing = by => [to[0] - 7 * Math.cos(turn + by), to[1] - 7 * Math.sin(turn + by)];
    return svg('g', {}, pathOf([from, to], { class: 'strip-flow' }), pathOf([wing(0.5), to, wing(-0.5)], { class: 'strip-flow' }));
  }

  function time(L) {
    const { u0, u1, v0, v1 } = L, out = [];
    L.days.forEach(day => {
      out.push(pathOf([at(L, u0, day.v), at(L, u1, day.v)], { class: 'strip-grid' }));
      if (L.turned) out.push(text(day.at, u0 - 8, day.text, { 'font-size': 11.5, class: 'strip-note', 'text-anchor': day.end ? 'end' : 'start' }));
      else out.push(text(u0 - 10, day.v, day.text, { 'font-size': 12, class: day.major ? 'strip-day' : 'strip-note', 'text-anchor': 'end', dy: '.36em' }));
    });
    if (v1 > v0) out.push(pathOf([at(L, u0, v0), at(L, u1, v0)], { class: 'strip-grid' }));
    L.cuts.forEach(cut => {
      const [left, top, right, bottom] = cut.band;
      out.push(rectOf(cut.band, { class: 'strip-cut' }));
      [[[left, top], L.turned ? [left, bottom] : [right, top]], [L.turned ? [right, top] : [left, bottom], [right, bottom]]].forEach(line => out.push(pathOf(line, { class: 'strip-cutline' })));
      cut.lines.forEach((words, i) => out.push(along(L, cut.u, cut.v + (i + 0.5) * (cut.size + 3), words, cut.size, 'strip-gap')));
    });
    return out;
  }

  /** Outline of a box, without the ends that are open; these get arrowheads instead. */
  function outline(item) {
    const [left, top, right, bottom] = item.box, { open, turned } = item, out = [];
    const sides = turned ? [[[left, top], [right, top]], [[left, bottom], [right, bottom]]] : [[[left, top], [left, bottom]], [[right, top], [right, bottom]]];
    if (!(open & 1)) sides.push(turned ? [[left, top], [left, bottom]] : [[left, top], [right, top]]);
    if (!(open & 2)) sides.push(turned ? [[right, top], [right, bottom]] : [[left, bottom], [right, bottom]]);
    out.push(svg('path', { class: 'strip-line', fill: 'none', d: open ? sides.map(side => 'M' + side.map(point => point.map(n).join(' ')).join('L')).join('') : 'M' + n(left) + ' ' + n(top) + 'H' + n(right) + 'V' + n(bottom) + 'H' + n(left) + 'Z' }));
    [[1, -1], [2, 1]].filter(([bit]) => open & bit).forEach(([bit, by]) => {
      const edge = turned ? (bit === 1 ? left : right) : bit === 1 ? top : bottom, [low, high] = turned ? [top, bottom] : [left, right];
      (high - low < 18 ? [(low + high) / 2] : [low, high]).forEach(side => {
        const points = [[-3.6, 3], [0, 10], [3.6, 3]].map(([across, on]) => turned ? [edge + by * on, side + across] : [side + across, edge + by * on]);
        const stem = turned ? [[edge, side], [edge + by * 9, side]] : [[side, edge], [side, edge + by * 9]];
        out.push(pathOf(stem, { class: 'strip-arrow' }), pathOf(points, { class: 'strip-arrow' }));
      });
    });
    return out;
  }

  function mark(L, item) {
    const { record, box, token, form } = item, r = L.radius, pile = item.records.length > 1;
    const group = svg('g', { class: 'strip-mark c-' + record.colour + ' form-' + form + (record.precision === 'near' ? ' near' : ''), role: 'button', 'data-id': record.id,
      'data-ids': pile ? item.records.map(one => one.id).join(' ') : null, 'aria-label': pile ? L.o.spokenPile(item.records) : L.o.spoken(record) });
    group.append(rectOf(box, { class: 'strip-box' }), ...outline(item));
    if (!token) return group;
    if (item.text) {
      const { text: place, variant } = item, [left, top, right, bottom] = place.box;
      group.append(rectOf([left, top, right, bottom], { class: 'strip-hit' }));
      variant.lines.forEach((line, i) => group.append(text(place.x, place.y + variant.size + i * (variant.size + 3), line.text,
        { class: line.first ? 'strip-label first' : 'strip-label', 'font-size': variant.size, 'text-anchor': place.align })));
    }
    group.append(pathOf(item.leader, { class: 'strip-lead' }), ...symbol(record, token, r));
    return group;
  }

  function symbol(record, [x, y], r) {
    const size = TOKEN * r / 13;
    return [svg('circle', { cx: n(x), cy: n(y), r: r + 4, class: 'strip-ring' }),
      svg('use', { href: '#sym-' + record.colour + '-' + record.precision, x: n(x - size / 2), y: n(y - size / 2), width: n(size), height: n(size) })];
  }

  /** A cell, or a broad box, of several records. */
  function cell(L, found, broad) {
    const one = found.records[0], [left, top, right, bottom] = found.box, count = found.records.length, w = right - left, h = bottom - top;
    const group = svg('g', { class: 'strip-mark strip-cell c-' + (found.kind === 'attack' ? 'attack' : 'operation') + (broad ? ' broad' : ''), role: 'button', 'data-id': one.id,
      'fill-opacity': broad ? 0.05 : n(Math.min(0.8, 0.2 + count * 0.1)), 'data-ids': found.records.map(record => record.id).join(' '), 'aria-label': L.o.spokenCell(found) });
    const half = found.shared;
    const box = !half ? found.box : found.kind === 'attack' ? [left, top, left + w / 2, bottom] : [left + w / 2, top, right, bottom];
    group.append(rectOf([box[0] + 0.5, box[1] + 0.5, box[2] - 0.5, box[3] - 0.5], { class: 'strip-box' }));
    if (broad ? count > 1 && w > 24 && h > 13 : box[2] - box[0] > 7 * String(count).length + 1 && h > 12) {
      group.append(text(broad ? right - 4 : (box[0] + box[2]) / 2, broad ? top + 12 : (top + bottom) / 2, String(count), { class: broad ? 'strip-count broad' : 'strip-count', 'font-size': 11.5, 'text-anchor': broad ? 'end' : 'middle', dy: broad ? 0 : '.36em' }));
    }
    return group;
  }

  const cells = L => svg('g', { class: 'strip-cells' }, ...L.broad.map(found => cell(L, found, true)), ...L.cells.map(found => cell(L, found, false)));

  function aside(L) {
    const { aside: found, o } = L;
    if (!found) return null;
    const group = svg('g', { class: 'strip-aside' }, text(found.heading[0], found.heading[1], o.texts.outside, { class: 'strip-label first', 'font-size': 13 }));
    if (found.column) group.append(pathOf([[found.items[0].rect[2] + 6, found.heading[1] - 12], [found.items[0].rect[2] + 6, L.bottom]], { class: 'strip-grid' }));
    found.items.forEach(item => {
      const mark = svg('g', { class: 'strip-mark strip-out c-' + item.record.colour, role: 'button', 'data-id': item.record.id, 'aria-label': o.spoken(item.record) },
        rectOf(item.rect, { class: 'strip-hit' }), ...symbol(item.record, item.token, 11));
      item.lines.forEach((line, i) => mark.append(text(item.x, item.y + item.size + i * (item.size + 3), line.text, { class: line.first ? 'strip-label first' : 'strip-label', 'font-size': item.size })));
      group.append(mark);
    });
    if (found.more) group.append(text(found.moreAt[0], found.moreAt[1], o.moreText(found.more), { class: 'strip-note', 'font-size': 12 }));
    return group;
  }

  /** The whole strip as one SVG. */
  function draw(L) {
    const out = svg('svg', { class: 'strip-svg' + (L.turned ? ' turned' : ''), width: L.width, height: L.height, viewBox: '0 0 ' + L.width + ' ' + L.height, role: 'group', 'aria-label': L.o.texts.label });
    out.append(svg('g', { class: 'strip-ground', 'aria-hidden': 'true' }, ...ground(L), ...time(L)));
    if (L.many) out.append(cells(L));
    L.links.forEach(link => {
      out.append(pathOf(link.points, { class: 'strip-same c-' + link.colour, 'aria-hidden': 'true' }));
      if (link.text) out.append(text(link.text[0] + 2, link.text[3] - 5, link.words, { class: 'strip-same-text', 'font-size': 12, 'aria-hidden': 'true' }));
    });
    const area = item => (item.box[2] - item.box[0]) * (item.box[3] - item.box[1]);
    L.items.slice().sort((a, b) => area(b) - area(a)).forEach(item => out.append(mark(L, item)));
    L.notes.forEach(note => out.append(text(note.x, note.y, note.text, { class: 'strip-gap', 'font-size': 12.5 })));
    const beside = aside(L);
    if (beside) out.append(beside);
    return out;
  }

  pm.stripDraw = { draw, cells };
})(panjmap);
