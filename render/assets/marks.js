'use strict';
/* Signs on the map as SVG nodes: tokens, discs, rings, leaders, links, labels, names, circles of many records. */
(pm => {
  const { store } = pm, { svg, tenth: n } = pm.dom;
  const DISC_PER_DEATH = 15, DISC_LARGEST = 60;
  const line = (a, b) => 'M' + n(a[0]) + ' ' + n(a[1]) + 'L' + n(b[0]) + ' ' + n(b[1]);
  const shift = at => 'translate(' + n(at[0]) + ' ' + n(at[1]) + ')';

  function leader(given) {
    return svg('g', { class: 'leader c-' + given.item.record.colour }, svg('path', { d: line(given.from, given.to) }),
      svg('circle', { cx: n(given.from[0]), cy: n(given.from[1]), r: 2.8, class: given.dot ? 'dot' : 'ring' }));
  }

  /** A focusable, named group that selects its record. */
  const button = (record, name) => svg('g', { class: name + ' c-' + record.colour, role: 'button', tabindex: -1, 'data-token': record.id, 'aria-label': pm.scene.noteOf(record).spoken });

  function token(record, r) {
    const half = 18 * r / 13;
    const node = button(record, 'token-button');
    node.append(svg('circle', { class: 'hit', r: 18 }), svg('circle', { class: 'token-ring', r: r + 4 }),
      svg('use', { href: '#' + pm.scene.noteOf(record).symbol, x: -half, y: -half, width: 2 * half, height: 2 * half }));
    return node;
  }

  /** Reported deaths of civilians and state forces, as an area: filled the lowest number, dashed the highest. */
  function disc(given) {
    const [low, high] = given.item.record.killed, at = { cx: n(given.at[0]), cy: n(given.at[1]) };
    const ring = (count, name) => svg('circle', Object.assign({ class: name, r: n(Math.min(DISC_LARGEST, DISC_PER_DEATH * Math.sqrt(count))) }, at));
    const group = svg('g', { class: 'disc c-' + given.item.record.colour, 'aria-hidden': 'true' }, ring(low, 'low'));
    if (high > low) group.append(ring(high, 'high'));
    if (DISC_PER_DEATH * Math.sqrt(high) <= DISC_LARGEST) return group;
    group.append(svg('text', { class: 'note-text', x: at.cx, y: n(given.at[1] + DISC_LARGEST - 8), 'text-anchor': 'middle', 'font-size': 12 },
      svg('tspan', { class: 'first' }, high > low ? low + '–' + high : low)));
    return group;
  }

  /** The ring of uncertainty of a place, in true size; over its own disc, on paper, so that neither hides the other. */
  function ring(given, radius, over) {
    const at = given.home, d = 'M' + n(at[0] - radius) + ' ' + n(at[1]) + [1, -1].map(way => 'a' + n(radius) + ' ' + n(radius) + ' 0 0 1 ' + n(2 * radius * way) + ' 0').join('') + 'Z';
    const path = svg('path', { class: 'area area-ring c-' + given.item.record.colour + (over ? ' over' : ''), d });
    return over ? svg('g', {}, svg('path', { class: 'ring-paper', d }), path) : path;
  }

  function note(text) {
    const variant = text.item.variants[text.variant], place = text.place;
    const node = svg('text', { class: 'note-text', 'aria-hidden': 'true', 'text-anchor': place.align, 'font-size': variant.size });
    variant.lines.forEach((part, i) => {
      node.append(svg('tspan', { class: part.first ? 'first' : 'second', x: n(place.x), y: n(place.y + variant.size * 0.95 + i * (variant.size + 3)) }, part.text));
    });
    if (text.item.type !== 'measure') return node;
    const group = button(text.item.record, 'token-text'), box = place.box, height = Math.max(box[3] - box[1], 26);
    group.append(svg('rect', { class: 'hit', x: box[0], y: (box[1] + box[3] - height) / 2, width: box[2] - box[0], height }), node);
    return group;
  }

  function link(given) {
    const at = given.text, path = svg('path', { class: 'same c-' + given.item.record.colour, d: line(given.from, given.to) });
    return at ? [path, name({ text: at.words, x: at.x, y: at.y + (at.align ? 12 : 0), anchor: at.align || 'middle', size: 12, name: 'same-text', angle: at.angle })] : [path];
  }

  function name(given) {
    const at = given.angle === undefined ? { x: n(given.x), y: n(given.y) } : { y: 5, transform: shift([given.x, given.y]) + ' rotate(' + n(given.angle) + ')' };
    return svg('text', Object.assign({ class: 'name ' + given.name + (pm.script.isJoined(given.text) ? ' joined' : ''), lang: pm.script.langOf(given.text), 'font-size': given.size, 'text-anchor': given.anchor }, at), given.text);
  }

  function town(given) {
    const p = given.spot, dot = !p ? '' : given.capital
      ? svg('rect', { class: 'town-capital', x: n(p[0] - 3.6), y: n(p[1] - 3.6), width: 7.2, height: 7.2 })
      : svg('circle', { class: 'town', cx: n(p[0]), cy: n(p[1]), r: given.name === 'name-3' ? 2.4 : 3 });
    return [dot, name(given)].filter(Boolean);
  }

  /* Outlines of a cell by family, radius 12, as the tokens have them: shape tells the class without colour. */
  const SHAPES = { state_operation: 'M0-12.6 10.6-9V.4C10.6 6.4 5.6 10.6 0 12.8-5.6 10.6-10.6 6.4-10.6.4V-9Z', measure: 'M-11-6.5A4.5 4.5 0 0 1-6.5-11H6.5A4.5 4.5 0 0 1 11-6.5V6.5A4.5 4.5 0 0 1 6.5 11H-6.5A4.5 4.5 0 0 1-11 6.5Z' };

  /** The sign of a cell of many records: its number, and around it its classes as parts of a ring, broken for an area. */
  function circle(cell, kept) {
    const node = kept || emptyCircle(cell), r = pm.density.radius(cell.count), [hit, ring, body, parts, text] = node.children;
    const set = (at, name, value) => { if (at.getAttribute(name) !== String(value)) at.setAttribute(name, value); };
    set(hit, 'r', Math.max(14, n(r + 4)));
    set(ring, 'r', n(r + 5));
    const shares = pm.density.shares(cell, cell.colours), plain = body.localName === 'circle';
    if (plain) set(body, 'r', n(r + 2));
    else { set(body, 'transform', 'scale(' + n((r + 1) / 12) + ')'); set(body, 'class', 'cell-line c-' + shares[0][0]); }
    (plain ? shares : []).forEach(([colour, start, end], i) => {
      const path = parts.children[i] || parts.appendChild(svg('path'));
      set(path, 'class', 'cell-ring c-' + colour);
      set(path, 'd', pm.density.arc(r, start, end));
    });
    while (plain && parts.children.length > shares.length) parts.lastChild.remove();
    const size = r < 13 ? 11 : r < 22 ? 13 : 15;
    set(text, 'font-size', size);
    set(text, 'y', n(size * 0.36));
    if (text.firstChild.data !== String(cell.count)) text.firstChild.data = cell.count;
    return node;
  }

  function emptyCircle(cell) {
    const area = cell.group, shape = SHAPES[pm.density.FAMILIES[cell.family]];
    return svg('g', { class: 'cell-button' + (cell.vague ? ' of-area' : '') + (area ? ' area-' + area.type : ''), role: 'button', tabindex: -1, 'data-cell': cell.key },
      svg('circle', { class: 'hit' }), svg('circle', { class: 'token-ring' }), shape ? svg('path', { d: shape }) : svg('circle', { class: 'cell-paper' }),
      svg('g'), svg('text', { class: 'cell-count', 'text-anchor': 'middle' }, ' '));
  }

  /** Whether a record has a disc of deaths; and the radius of its ring of uncertainty where that exceeds its token, else 0. */
  const hasDisc = record => store.page.discs.includes(record.id);
  function ringRadius(item) {
    const record = item.record, radius = record.uncertainty && item.home && !item.rings ? record.uncertainty / 1000 * pm.map.pixels(record.lat) : 0;
    return radius > item.radius + 2 ? radius : 0;
  }

  pm.marks = { leader, token, disc, ring, note, link, name, town, circle, shift, hasDisc, ringRadius };
})(panjmap);
