'use strict';
/* The symbol layer: tokens, leaders, direct labels, names of towns, waters and areas, in one SVG that is drawn anew after
   each move. Order of claims on space: map furniture, point tokens and their labels, tokens of areas, links, river,
   towns, areas' names. */
(pm => {
  let store = pm.store, dom = pm.dom, g = pm.geometry, labels = pm.labels;
  let PAD = 160, ROVING = 30, FEW = 150;
  let svg, notes = {}, previous = {}, context = document.createElement('canvas').getContext('2d');
  let current = null;

  function isSmall() { return pm.map.isNarrow(); }
  function radius() { return isSmall() ? 11 : 13; }

  function width(text, size, weight, spacing) {
    context.font = weight + ' ' + size + 'px ' + getComputedStyle(document.body).fontFamily;
    return context.measureText(text).width + (spacing || 0) * size * text.length;
  }

  /** What a redraw needs to know about the view. */
  function scene() {
    let map = pm.map.map, size = map.getSize();
    function at(p) { let q = map.latLngToContainerPoint([p[1], p[0]]); return [q.x, q.y]; }
    function all(lines) { return lines.map(line => line.map(at)); }
    let taken = new labels.Taken(size.x, size.y, 5);
    furniture(map).forEach(box => { taken.add(box); });
    return { map: map, size: size, at: at, all: all, taken: taken, zoom: map.getZoom(), small: size.x < 600,
      box: [-40, -40, size.x + 40, size.y + 40], tokens: {}, marks: [], pale: {}, paleOutlines: [], towns: [], parts: { names: [], leaders: [], links: [], notes: [], tokens: [] } };
  }

  function furniture(map) {
    let frame = map.getContainer().getBoundingClientRect();
    let nodes = Array.prototype.slice.call(map.getContainer().querySelectorAll('.leaflet-control'));
    if (dom.byId('not-located')) nodes.push(dom.byId('not-located'));
    return nodes.map(node => {
      let r = node.getBoundingClientRect();
      return [r.left - frame.left - 5, r.top - frame.top - 5, r.right - frame.left + 5, r.bottom - frame.top + 5];
    }).filter(box => box[2] - box[0] > 12);
  }

  /** Rings of a country in pixels, and the parts of its outline in view; read once a redraw. */
  function countryOf(s, code) {
    s.countries = s.countries || {};
    if (!s.countries[code]) {
      let rings = s.all(pm.map.ground.land[code] || []), outline = [];
      rings.forEach(ring => { outline = outline.concat(g.near(ring.concat([ring[0]]), s.box)); });
      s.countries[code] = { rings: rings, outline: outline };
    }
    return s.countries[code];
  }

  function countryAt(s, point) {
    return ['TJ', 'AF'].filter(code => g.inside(point, countryOf(s, code).rings))[0] || 'TJ';
  }

  function groundFor(s, code, own) {
    let country = countryOf(s, code);
    return { taken: s.taken, land: country.rings, outline: country.outline, towns: s.towns, marks: s.marks,
      pale: Object.keys(s.pale).filter(id => id !== own).map(id => s.pale[id]),
      paleOutlines: s.paleOutlines };
  }

  /** Text of a record's label and its size in pixels. */
  function noteOf(s, id) {
    let note = notes[id];
    if (!note || !note.label || !note.label[0]) return null;
    let size = s.small ? 12 : 13, lines = note.label;
    let w = Math.max(width(lines[0], size, 700), width(lines[1] || '', size, 400)) + 2;
    let short = [width(lines[0], size, 700) + 2, size + 4];
    return { lines: lines, size: size, sizes: lines[1] ? [[w, size * 2 + 7], short] : [short] };
  }

  /* ---- tokens */

  function collect(s) {
    let points = [], areas = [];
    store.records.forEach(record => {
      if (!store.isShown(record.id)) return;
      let area = pm.map.areas[record.id];
      if (area && area.type !== 'ring') {
        let rings = [];
        area.polygons.forEach(polygon => { rings = rings.concat(s.all(polygon.map(ring => ring.concat([ring[0]])))); });
        let box = g.boxOf([].concat.apply([], rings));
        if (!g.boxesMeet(box, s.box)) return;
        if (area.type === 'reach') {
          rings.forEach(ring => { s.marks.push(g.along(ring, 7).map(q => q.point)); });
        } else {
          s.pale[record.id] = rings;
          if (area.type !== 'region') rings.forEach(ring => { s.paleOutlines.push(g.along(ring, 10).map(q => q.point)); });
        }
        areas.push({ record: record, area: area, rings: rings });
      } else if (record.lon !== null && record.kind !== 'response' && record.kind !== 'aggregate') {
        let home = s.at([record.lon, record.lat]);
        if (g.boxesMeet([home[0], home[1], home[0], home[1]], s.box)) points.push({ record: record, home: home, at: home.slice(), radius: radius() });
      }
    });
    let order = ['reach', 'district', 'region', 'measure'];
    areas.sort((a, b) => order.indexOf(a.area.type) - order.indexOf(b.area.type) || a.record.row - b.record.row);
    return { points: points, areas: areas };
  }

  function placePoints(s, points) {
    labels.rack(points);
    labels.pushApart(points.filter(item => !item.racked), 3);
    let hiding = [];
    points.forEach(item => {
      let total = s.marks.reduce((sum, list) => sum + list.length, 0);
      if (total && pm.standoff.covered(item.at, item.radius + 2, s.marks) / total > 0.12) hiding.push(item);
      else s.taken.add([item.at[0] - item.radius - 2, item.at[1] - item.radius - 2, item.at[0] + item.radius + 2, item.at[1] + item.radius + 2]);
    });
    hiding.forEach(item => { moveOff(s, item); });
    points.forEach(item => { addToken(s, item); });
    points.forEach(item => { if (!item.labelled) labelToken(s, item); });
  }

  /** A point token that would hide a strong mark stands beside it, on a leader with a dot at the true place. */
  function moveOff(s, item) {
    let note = noteOf(s, item.record.id), ground = groundFor(s, countryAt(s, item.home), item.record.id);
    let found = pm.standoff.choose({ point: item.home, radius: item.radius, sizes: note && note.sizes }, ground);
    if (found) {
      item.at = found.at;
      item.labelled = true;
      writeNote(s, note, found.label);
    }
    s.taken.add([item.at[0] - item.radius - 2, item.at[1] - item.radius - 2, item.at[0] + item.radius + 2, item.at[1] + item.radius + 2]);
  }

  function labelToken(s, item) {
    let note = noteOf(s, item.record.id);
    if (!note) return;
    let ground = groundFor(s, 'TJ', item.record.id);
    let moved = g.distance(item.at, item.home) > 5;
    let found = pm.standoff.bestLabel(item.at, moved ? item.home : null, item.radius + 2, note.sizes, ground);
    writeNote(s, note, found);
  }

  function addToken(s, item) {
    s.tokens[item.record.id] = item;
    if (g.distance(item.at, item.home) > 5) leader(s, item.home, item.at, item.record, item.radius, true);
    s.parts.tokens.push(tokenNode(s, item.record, item.at, item.radius));
  }

  function placeArea(s, entry) {
    let id = entry.record.id, note = noteOf(s, id), code = entry.area.country || 'TJ';
    let ground = groundFor(s, code, id);
    if (entry.area.type === 'measure') return placeMeasure(s, entry, note, ground);
    let found = pm.standoff.choose({ rings: entry.rings, radius: radius(), sizes: note && note.sizes, edge: entry.area.type === 'reach' ? 60 : 26 }, ground);
    if (!found) return;
    s.taken.add([found.at[0] - radius() - 2, found.at[1] - radius() - 2, found.at[0] + radius() + 2, found.at[1] + radius() + 2]);
    s.tokens[id] = { record: entry.record, at: found.at, home: found.from, radius: radius() };
    if (!found.onEdge) leader(s, found.from, found.at, entry.record, radius(), false);
    writeNote(s, note, found.label);
    s.parts.tokens.push(tokenNode(s, entry.record, found.at, radius()));
  }

  /** Measures have no token: their label is the button. */
  function placeMeasure(s, entry, note, ground) {
    if (!note) return;
    let parts = entry.area.polygons.map(polygon => s.all(polygon));
    let found = pm.standoff.chooseLabel({ parts: parts, sizes: note.sizes }, ground);
    if (!found) return;
    found.leaders.forEach(pair => { leader(s, pair[0], pair[1], entry.record, 0, false); });
    let node = button(s, entry.record, 'token-text');
    node.appendChild(noteNode(note, found.place));
    node.insertBefore(dom.svg('rect', { 'class': 'hit', x: found.place.box[0], y: found.place.box[1], width: note.sizes[0][0] + 4, height: note.sizes[0][1] + 2 }), node.firstChild);
    s.taken.add(found.place.box);
    s.parts.tokens.push(node);
  }

  function leader(s, from, to, record, r, dot) {
    let d = g.distance(from, to) || 1, end = [to[0] - (to[0] - from[0]) / d * r, to[1] - (to[1] - from[1]) / d * r];
    let group = dom.svg('g', { 'class': 'leader c-' + record.colour });
    group.appendChild(dom.svg('path', { d: 'M' + xy(from) + 'L' + xy(end) }));
    group.appendChild(dom.svg('circle', { cx: n(from[0]), cy: n(from[1]), r: 2.8, 'class': dot ? 'dot' : 'ring' }));
    s.parts.leaders.push(group);
    s.taken.add([from[0] - 4, from[1] - 4, from[0] + 4, from[1] + 4]);
    let steps = Math.ceil(d / 12);
    for (let i = 1; i < steps; i++) {
      let x = from[0] + (end[0] - from[0]) * i / steps, y = from[1] + (end[1] - from[1]) * i / steps;
      s.taken.add([x - 2, y - 2, x + 2, y + 2]);
    }
  }

  function n(value) { return Math.round(value * 10) / 10; }
  function xy(p) { return n(p[0]) + ' ' + n(p[1]); }

  /** A focusable, named group that selects its record. */
  function button(s, record, name) {
    let note = notes[record.id] || {};
    return dom.svg('g', { 'class': name + ' c-' + record.colour + (record.id === store.state.selected ? ' selected' : ''),
      role: 'button', tabindex: 0, 'data-token': record.id, 'aria-label': note.spoken || record.id });
  }

  function tokenNode(s, record, at, r) {
    let node = button(s, record, 'token-button'), k = r / 13;
    node.setAttribute('transform', 'translate(' + xy(at) + ')');
    node.appendChild(dom.svg('circle', { 'class': 'hit', r: 18 }));
    node.appendChild(dom.svg('circle', { 'class': 'token-ring', r: r + 4 }));
    node.appendChild(dom.svg('use', { href: '#' + notes[record.id].symbol, x: -18 * k, y: -18 * k, width: 36 * k, height: 36 * k }));
    return node;
  }

  function noteNode(note, place, short) {
    let text = dom.svg('text', { 'class': 'note-text', 'aria-hidden': 'true', 'text-anchor': place.align, 'font-size': note.size });
    note.lines.forEach((line, i) => {
      if (line && !(short && i)) text.appendChild(dom.svg('tspan', { 'class': i ? 'second' : 'first', x: n(place.x), y: n(place.y + note.size * (i + 0.95) + i * 3) }, line));
    });
    return text;
  }

  function writeNote(s, note, found) {
    if (!found || !found.place) return;
    s.taken.add(found.place.box);
    s.parts.notes.push(noteNode(note, found.place, found.short));
  }

  /** Dotted link between two records that may be one event. */
  function links(s) {
    let done = {};
    Object.keys(s.tokens).forEach(id => {
      ((notes[id] || {}).same || []).forEach(other => {
        let a = s.tokens[id], b = s.tokens[other], key = [id, other].sort().join(' ');
        if (!b || done[key]) return;
        done[key] = true;
        link(s, a, b);
      });
    });
  }

  function link(s, a, b) {
    let d = g.distance(a.at, b.at), u = [(b.at[0] - a.at[0]) / d, (b.at[1] - a.at[1]) / d];
    if (d < a.radius + b.radius + 8) return;
    let p = [a.at[0] + u[0] * (a.radius + 4), a.at[1] + u[1] * (a.radius + 4)], q = [b.at[0] - u[0] * (b.radius + 4), b.at[1] - u[1] * (b.radius + 4)];
    s.parts.links.push(dom.svg('path', { 'class': 'same c-' + a.record.colour, d: 'M' + xy(p) + 'L' + xy(q) }));
    let text = store.page.texts.may_be_same || 'may be the same event', w = width(text, 12, 400) + 4, middle = [(p[0] + q[0]) / 2, (p[1] + q[1]) / 2];
    let along = labels.alongLine([p, q], w, 9, s.taken, null), angle = 0, x, y;
    if (along) {
      x = along.x; y = along.y; angle = along.angle;
      s.taken.add(along.box);
      s.parts.notes.push(dom.svg('text', { 'class': 'same-text', 'aria-hidden': 'true', 'text-anchor': 'middle', transform: 'translate(' + n(x) + ' ' + n(y) + ') rotate(' + n(angle) + ')', y: 4 }, text));
      return;
    }
    let place = labels.firstFree(labels.candidates(middle[0], middle[1], 4, w, 15), s.taken);
    if (!place) return;
    s.taken.add(place.box);
    s.parts.notes.push(dom.svg('text', { 'class': 'same-text', 'aria-hidden': 'true', 'text-anchor': place.align, x: n(place.x), y: n(place.y + 12) }, text));
  }

  /* ---- names of the ground */

  let TOWN_ZOOM = [0, 0, 6, 6.8, 7.6, 8.4];
  let TOWN_SIZE = [14.5, 14.5, 13, 12.5, 12, 12];

  function towns(s) {
    pm.map.ground.places.slice().sort((a, b) => a.rank - b.rank).forEach(place => {
      if (s.zoom < (TOWN_ZOOM[place.rank] || 0) - (s.small ? 0.6 : 0)) return;
      let p = s.at([place.lon, place.lat]);
      if (p[0] < 0 || p[1] < 0 || p[0] > s.size.x || p[1] > s.size.y) return;
      let size = TOWN_SIZE[place.rank] || 12, weight = place.rank <= 1 ? 700 : place.rank === 2 ? 600 : 400;
      let found = labels.firstFree(labels.candidates(p[0], p[1], 4, width(place.name, size, weight), size + 3), s.taken);
      if (!found) return;
      let spot = [p[0] - 4, p[1] - 4, p[0] + 4, p[1] + 4];
      if (s.taken.boxes.some(box => g.boxesMeet(box, spot))) return;
      s.taken.add(found.box);
      s.taken.add(spot);
      s.parts.names.push(place.kind === 'capital'
        ? dom.svg('rect', { 'class': 'town-capital', x: n(p[0] - 3.6), y: n(p[1] - 3.6), width: 7.2, height: 7.2 })
        : dom.svg('circle', { 'class': 'town', cx: n(p[0]), cy: n(p[1]), r: place.rank <= 2 ? 3 : 2.4 }));
      s.parts.names.push(dom.svg('text', { 'class': 'name name-' + Math.min(place.rank, 3), 'font-size': size, 'text-anchor': found.align, x: n(found.x), y: n(found.y + size) }, place.name));
    });
  }

  /** Dots of larger towns, before any token is placed, so that tokens leave them free. */
  function townSpots(s) {
    pm.map.ground.places.forEach(place => { if (place.rank <= 2) s.towns.push(s.at([place.lon, place.lat])); });
  }

  function riverName(s) {
    let text = 'Panj', size = 14, w = width(text, size, 400, 0.04) + 6, used = [];
    let river = pm.map.ground.labels.filter(label => label.kind === 'river')[0];
    if (river) text = river.text;
    for (let i = 0; i < 2; i++) {
      let best = null;
      s.all(pm.map.ground.panj).forEach(line => {
        g.near(line, [0, 0, s.size.x, s.size.y]).forEach(part => {
          let found = labels.alongLine(part, w, 14, s.taken, used);
          if (found && (!best || found.cost < best.cost)) best = found;
        });
      });
      if (!best) return;
      used.push([best.x, best.y]);
      s.taken.add(best.box);
      s.parts.names.push(dom.svg('text', { 'class': 'name name-water', 'text-anchor': 'middle', y: 5, transform: 'translate(' + n(best.x) + ' ' + n(best.y) + ') rotate(' + n(best.angle) + ')' }, text));
    }
  }

  let AREA_NAMES = { country: { size: 15, weight: 600, spacing: 0.22 }, region: { size: 12, weight: 400, spacing: 0.12 }, province: { size: 12, weight: 400, spacing: 0.04 } };

  function areaNames(s, kinds) {
    pm.map.ground.labels.forEach(label => {
      let style = AREA_NAMES[label.kind];
      if (!style || kinds.indexOf(label.kind) < 0) return;
      let w = width(label.text, style.size, style.weight, style.spacing), p = s.at([label.lon, label.lat]);
      let place = label.kind === 'country' ? countryName(s, label, p, w, style.size) : regionName(s, p, w, style.size);
      if (!place) return;
      s.taken.add(place.box);
      s.parts.names.push(dom.svg('text', { 'class': 'name name-' + label.kind, 'text-anchor': 'middle', x: n(place.x + style.spacing * style.size / 2), y: n(place.y + style.size * 0.36) }, label.text));
    });
  }

  function countryName(s, label, p, w, size) {
    let code = { TAJIKISTAN: 'TJ', AFGHANISTAN: 'AF' }[label.text.toUpperCase()];
    let rings = code ? countryOf(s, code).rings : countryOf(s, 'other').rings;
    if (code) return labels.inArea(rings, p, w, size + 4, s.taken);
    return regionName(s, p, w, size);
  }

  function regionName(s, p, w, size) {
    let shifts = [[0, 0], [0, -22], [0, 26], [-50, 0], [50, 0], [-50, -24], [50, -24], [-50, 26], [50, 26], [0, 52], [0, -48], [-90, 0], [90, 0]];
    for (let i = 0; i < shifts.length; i++) {
      let x = p[0] + shifts[i][0], y = p[1] + shifts[i][1];
      let box = [x - w / 2 - 3, y - size / 2 - 3, x + w / 2 + 3, y + size / 2 + 3];
      if (s.taken.isFree(box)) return { x: x, y: y, box: box };
    }
    return null;
  }

  /* ---- the whole */

  function draw() {
    if (!svg || !pm.map.map) return;
    let s = scene(), focused = document.activeElement && document.activeElement.getAttribute('data-token');
    current = s;
    let origin = s.map.containerPointToLayerPoint([-PAD, -PAD]);
    L.DomUtil.setPosition(svg, origin);
    svg.setAttribute('width', s.size.x + 2 * PAD);
    svg.setAttribute('height', s.size.y + 2 * PAD);
    svg.setAttribute('viewBox', [-PAD, -PAD, s.size.x + 2 * PAD, s.size.y + 2 * PAD].join(' '));
    townSpots(s);
    let items = collect(s);
    placePoints(s, items.points);
    items.areas.forEach(entry => { placeArea(s, entry); });
    s.marks.forEach(points => { points.forEach(p => { s.taken.add([p[0] - 3, p[1] - 3, p[0] + 3, p[1] + 3]); }); });
    links(s);
    if (store.state.layers.places !== false) towns(s);
    areaNames(s, ['country']);
    riverName(s);
    areaNames(s, s.small ? [] : ['region', 'province']);
    svg.replaceChildren.apply(svg, [].concat(s.parts.names, s.parts.leaders, s.parts.links, s.parts.notes, s.parts.tokens));
    rove(focused);
  }

  /** Above 30 symbols only one is a tab stop; arrow keys move among them. */
  function rove(focused) {
    let nodes = Array.prototype.slice.call(svg.querySelectorAll('[data-token]'));
    if (nodes.length > ROVING) {
      let stop = nodes.filter(node => node.getAttribute('data-token') === (focused || store.state.selected))[0] || nodes[0];
      nodes.forEach(node => { node.setAttribute('tabindex', node === stop ? 0 : -1); });
    }
    if (focused) nodes.forEach(node => { if (node.getAttribute('data-token') === focused) node.focus({ preventScroll: true }); });
  }

  function onKey(event) {
    let node = event.target.closest('[data-token]');
    if (!node) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      event.stopPropagation();
      pm.panel.select(node.getAttribute('data-token'), 'map');
      return;
    }
    let step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    let nodes = Array.prototype.slice.call(svg.querySelectorAll('[data-token]'));
    if (!step || nodes.length <= ROVING) return;
    event.preventDefault();
    event.stopPropagation();
    let next = nodes[(nodes.indexOf(node) + step + nodes.length) % nodes.length];
    nodes.forEach(other => { other.setAttribute('tabindex', other === next ? 0 : -1); });
    next.focus({ preventScroll: true });
  }

  /** What a token says to a screen reader: kind, title, place, date, deaths, precision. */
  function spoken(detail) {
    return [detail.type_label, detail.title, detail.where && detail.where.text, detail.when && detail.when.text,
      detail.killed ? detail.killed.text + ' killed' : null, detail.where ? 'Location: ' + detail.where.precision : null]
      .filter(Boolean).map(part => String(part).replace(/\.$/, '')).join('. ') + '.';
  }

  async function readNotes() {
    let drawn = store.records.filter(record => record.lon !== null || pm.map.areas[record.id]).slice(0, FEW);
    await Promise.all(drawn.map(async function (record) {
      let detail = await store.detail(record.id);
      notes[record.id] = { label: detail.label, symbol: detail.symbol_id, spoken: spoken(detail),
        same: (detail.same_as || []).map(other => other.id) };
    }));
  }

  async function create() {
    pm.map.map.createPane('symbols').style.zIndex = 600;
    svg = dom.svg('svg', { 'class': 'symbols leaflet-zoom-hide' });
    pm.map.map.getPane('symbols').appendChild(svg);
    svg.addEventListener('click', event => {
      let node = event.target.closest('[data-token]');
      if (!node) return;
      event.stopPropagation();
      pm.panel.select(node.getAttribute('data-token'), 'map');
    });
    svg.addEventListener('keydown', onKey);
    await readNotes();
    draw();
  }

  pm.symbols = { create: create, draw: draw, radius: radius, scene: () => current,
    focus: function (id) {
      let node = svg && Array.prototype.filter.call(svg.querySelectorAll('[data-token]'), item => item.getAttribute('data-token') === id)[0];
      if (node) node.focus({ preventScroll: true });
      return !!node;
    } };
})(panjmap);
