'use strict';
/* The symbol layer: one SVG over the map, drawn anew after each move: names of the ground, leaders, links, labels, tokens.
   layout.js and names.js say where; this file measures, draws, and answers mouse and keyboard. */
(pm => {
  const store = pm.store, dom = pm.dom, g = pm.geometry, labels = pm.labels;
  const PAD = 160, ROVING = 30, DISC_PER_DEATH = 15, DISC_LARGEST = 60, NOTED = 1000;
  const notes = {}, pen = document.createElement('canvas').getContext('2d');
  let svg, font;

  const radius = () => pm.map.isNarrow() ? 11 : 13;

  function measure(text, size, weight, spacing) {
    pen.font = weight + ' ' + size + 'px ' + font;
    return pen.measureText(text).width + (spacing || 0) * size * text.length;
  }

  /** The view as layout.js needs it: pixels, furniture, outlines to keep clear, items to place. */
  function scene() {
    const map = pm.map.map, size = map.getSize(), countries = {};
    const at = p => { const q = map.latLngToContainerPoint([p[1], p[0]]); return [q.x, q.y]; };
    const s = { width: size.x, height: size.y, zoom: map.getZoom(), small: size.x < 600, at, measure,
      all: lines => lines.map(line => line.map(at)), box: [-40, -40, size.x + 40, size.y + 40],
      furniture: furniture(map), marks: [], pale: [], outlines: [], towns: [], items: [] };
    s.linkText = { text: pm.text('map.may_be_same'), w: measure(pm.text('map.may_be_same'), 12, 400) + 4 };
    s.country = code => {
      if (!countries[code]) {
        const rings = s.all(pm.map.ground.land[code] || []), outline = [].concat(...rings.map(ring => g.near(ring.concat([ring[0]]), s.box)));
        countries[code] = { rings, outline, isLand: g.insideMemo(rings) };
      }
      return countries[code];
    };
    s.towns = pm.map.ground.places.filter(place => place.rank <= 2).map(place => at([place.lon, place.lat]));
    store.records.forEach(record => { if (store.isShown(record.id)) addItem(s, record); });
    const plain = s.items.length > pm.layout.MANY;
    s.items.forEach(item => {
      const labelled = !plain || item.type === 'measure';
      Object.assign(item, labelled ? variants(s, noteOf(item.record).label) : { variants: [], good: -1 });
      if (item.rings && (labelled || item.type === 'reach')) outlines(s, item);
    });
    return s;
  }

  function furniture(map) {
    const frame = map.getContainer().getBoundingClientRect(), nodes = [...map.getContainer().querySelectorAll('.leaflet-control')];
    if (dom.byId('not-located')) nodes.push(dom.byId('not-located'));
    return nodes.map(node => node.getBoundingClientRect()).filter(r => r.width > 2)
      .map(r => [r.left - frame.left - 5, r.top - frame.top - 5, r.right - frame.left + 5, r.bottom - frame.top + 5]);
  }

  function addItem(s, record) {
    const area = pm.map.areas[record.id], note = noteOf(record);
    if (!area && record.lon === null) return;
    const item = { record, radius: radius(), same: note.same };
    if (area) {
      item.type = area.type;
      item.country = area.country || 'TJ';
      item.parts = area.polygons.map(rings => s.all(rings.map(ring => ring.concat([ring[0]]))));
      item.rings = [].concat(...item.parts);
      const box = g.boxOf([].concat(...item.rings));
      if (!g.boxesMeet(box, s.box)) return;
      item.middle = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
    } else {
      item.home = s.at([record.lon, record.lat]);
      item.at = item.home.slice();
      if (!g.boxesMeet([...item.home, ...item.home], s.box)) return;
      item.country = note.country;
    }
    s.items.push(item);
  }

  /** What is written beside and said of a symbol; beyond the first thousand records its id has to do. */
  function noteOf(record) {
    return notes[record.id] || { label: null, symbol: 'sym-' + record.colour + '-' + record.precision, spoken: record.id, same: [], country: 'TJ' };
  }

  /** Outlines that others keep clear of: a reach strictly, districts if they can, regions not at all. */
  function outlines(s, item) {
    const points = step => [].concat(...item.rings.map(ring => g.along(ring, step).map(q => q.point)));
    if (item.type === 'reach') s.marks.push(...points(7));
    else s.pale.push({ item });
    if (item.type === 'district' || item.type === 'measure') s.outlines.push(...points(10).map(point => ({ item, point })));
  }

  /** Ways to write a label, best first: its two lines, wrapped, the two short lines, the first alone. Small maps start with
      the short lines. `good` is the last that loses nothing. */
  function variants(s, label) {
    if (!label || !label[0]) return { variants: [], good: -1 };
    const size = s.small ? 12 : 13, limit = s.small ? 125 : 160;
    const make = (lines, cost) => ({ lines, cost, size, h: lines.length * (size + 3) + 1,
      w: Math.max(...lines.map(line => measure(line.text, size, line.first ? 700 : 400))) + 2 });
    const pair = at => [{ text: label[at], first: true }].concat(label[at + 1] ? [{ text: label[at + 1] }] : []);
    const wrapped = lines => [].concat(...lines.map(line => wrap(line, size, limit))), short = label[2] ? pair(2) : pair(0);
    const list = s.small ? [make(short, 0), make(wrapped(short), 5)] : [make(pair(0), 0), make(wrapped(pair(0)), 12)];
    const good = list.length - 1;
    if (!s.small) list.push(make(short, 30), make(wrapped(short), 34));
    list.push(make(short.slice(0, 1), 85));
    return { variants: list, good };
  }

  /** Lines no wider than `limit`, as few as can be, then as even as can be. */
  function wrap(line, size, limit) {
    const width = text => measure(text, size, line.first ? 700 : 400);
    const fill = most => line.text.split(' ').reduce((lines, word) => {
      const longer = lines.length ? lines[lines.length - 1] + ' ' + word : word;
      if (lines.length && width(longer) <= most) lines[lines.length - 1] = longer;
      else lines.push(word);
      return lines;
    }, []);
    let best = fill(limit);
    for (let most = limit - 8; most > limit / 2 && fill(most).length === best.length; most -= 8) best = fill(most);
    return best.map(text => ({ text, first: line.first }));
  }

  /* ---- drawing */

  const n = value => Math.round(value * 10) / 10;
  const line = (a, b) => 'M' + n(a[0]) + ' ' + n(a[1]) + 'L' + n(b[0]) + ' ' + n(b[1]);

  function leaderNode(leader) {
    const group = dom.svg('g', { class: 'leader c-' + leader.item.record.colour });
    group.append(dom.svg('path', { d: line(leader.from, leader.to) }),
      dom.svg('circle', { cx: n(leader.from[0]), cy: n(leader.from[1]), r: 2.8, class: leader.dot ? 'dot' : 'ring' }));
    return group;
  }

  /** A focusable, named group that selects its record. */
  function button(record, name) {
    return dom.svg('g', { class: name + ' c-' + record.colour + (record.id === store.state.selected ? ' selected' : ''),
      role: 'button', tabindex: 0, 'data-token': record.id, 'aria-label': noteOf(record).spoken });
  }

  function tokenNode(token) {
    const record = token.item.record, r = token.item.radius, node = button(record, 'token-button'), half = 18 * r / 13;
    node.setAttribute('transform', 'translate(' + n(token.at[0]) + ' ' + n(token.at[1]) + ')');
    node.append(dom.svg('circle', { class: 'hit', r: 18 }), dom.svg('circle', { class: 'token-ring', r: r + 4 }),
      dom.svg('use', { href: '#' + noteOf(record).symbol, x: -half, y: -half, width: 2 * half, height: 2 * half }));
    return node;
  }

  /** Reported deaths of civilians and state forces, as an area: filled the lowest number, dashed the highest. */
  function discNode(token) {
    const [low, high] = token.item.record.killed, at = { cx: n(token.at[0]), cy: n(token.at[1]) };
    const ring = (count, name) => dom.svg('circle', Object.assign({ class: name, r: n(Math.min(DISC_LARGEST, DISC_PER_DEATH * Math.sqrt(count))) }, at));
    const group = dom.svg('g', { class: 'disc c-' + token.item.record.colour, 'aria-hidden': 'true' }, ring(low, 'low'));
    if (high > low) group.append(ring(high, 'high'));
    if (DISC_PER_DEATH * Math.sqrt(high) <= DISC_LARGEST) return group;
    group.append(dom.svg('text', { class: 'note-text', x: at.cx, y: n(token.at[1] + DISC_LARGEST - 8), 'text-anchor': 'middle', 'font-size': 12 },
      dom.svg('tspan', { class: 'first' }, high > low ? low + '–' + high : low)));
    return group;
  }

  function noteNode(text) {
    const variant = text.item.variants[text.variant], place = text.place;
    const node = dom.svg('text', { class: 'note-text', 'aria-hidden': 'true', 'text-anchor': place.align, 'font-size': variant.size });
    variant.lines.forEach((part, i) => {
      node.appendChild(dom.svg('tspan', { class: part.first ? 'first' : 'second', x: n(place.x), y: n(place.y + variant.size * 0.95 + i * (variant.size + 3)) }, part.text));
    });
    if (text.item.type !== 'measure') return node;
    const group = button(text.item.record, 'token-text'), box = place.box, height = Math.max(box[3] - box[1], 26);
    group.append(dom.svg('rect', { class: 'hit', x: box[0], y: (box[1] + box[3] - height) / 2, width: box[2] - box[0], height }), node);
    return group;
  }

  function linkNodes(scene, link) {
    const at = link.text, path = dom.svg('path', { class: 'same c-' + link.item.record.colour, d: line(link.from, link.to) });
    if (!at) return [path];
    return [path, nameNode({ text: scene.linkText.text, x: at.x, y: at.y + (at.align ? 12 : 0), anchor: at.align || 'middle', size: 12, name: 'same-text', angle: at.angle })];
  }

  function nameNode(name) {
    const at = name.angle === undefined ? { x: n(name.x), y: n(name.y) } : { y: 5, transform: 'translate(' + n(name.x) + ' ' + n(name.y) + ') rotate(' + n(name.angle) + ')' };
    return dom.svg('text', Object.assign({ class: 'name ' + name.name + (pm.script.isJoined(name.text) ? ' joined' : ''), lang: pm.script.langOf(name.text), 'font-size': name.size, 'text-anchor': name.anchor }, at), name.text);
  }

  function townNodes(town) {
    const p = town.spot, dot = town.capital
      ? dom.svg('rect', { class: 'town-capital', x: n(p[0] - 3.6), y: n(p[1] - 3.6), width: 7.2, height: 7.2 })
      : dom.svg('circle', { class: 'town', cx: n(p[0]), cy: n(p[1]), r: town.name === 'name-3' ? 2.4 : 3 });
    return [dot, nameNode(town)];
  }

  function draw() {
    if (!svg) return;
    const map = pm.map.map, focused = document.activeElement && document.activeElement.dataset.token;
    const s = scene(), plan = pm.layout.arrange(s), taken = plan.taken, width = s.width + 2 * PAD, height = s.height + 2 * PAD;
    L.DomUtil.setPosition(svg, map.containerPointToLayerPoint([-PAD, -PAD]));
    Object.entries({ width, height, viewBox: [-PAD, -PAD, width, height].join(' ') }).forEach(pair => { svg.setAttribute(...pair); });
    const linked = [].concat(...plan.links.map(link => linkNodes(s, link)));
    const districts = pm.names.districts(s, taken);
    const towns = store.state.layers.places === false ? [] : [].concat(...pm.names.towns(s, taken).map(townNodes));
    const names = districts.concat(pm.names.areas(s, taken, ['country']), pm.names.rivers(s, taken), s.small ? [] : pm.names.areas(s, taken, ['region', 'province']));
    const texts = plan.texts.map(noteNode), tokens = Object.values(plan.tokens).map(tokenNode);
    const discs = Object.values(plan.tokens).filter(token => store.page.discs.includes(token.item.record.id))
      .sort((a, b) => b.item.record.killed[1] - a.item.record.killed[1]).map(discNode);
    const stops = tokens.concat(texts.filter(node => node.dataset.token)).sort((a, b) => store.byId[idOf(a)].row - store.byId[idOf(b)].row);
    svg.replaceChildren(...discs, ...names.map(nameNode), ...towns, ...plan.leaders.map(leaderNode), ...linked, ...texts.filter(node => !node.dataset.token), ...stops);
    api.last = { scene: s, plan };
    rove(focused);
  }

  /* ---- mouse and keyboard */

  const buttons = () => [...svg.querySelectorAll('[data-token]')];
  const idOf = node => node.dataset.token;

  /** Above 30 symbols only one is a tab stop; arrow keys move among them. */
  function rove(focused) {
    const nodes = buttons(), stop = nodes.find(node => idOf(node) === (focused || store.state.selected)) || nodes[0];
    if (nodes.length > ROVING) nodes.forEach(node => { node.setAttribute('tabindex', node === stop ? 0 : -1); });
    if (focused && stop && idOf(stop) === focused) stop.focus({ preventScroll: true });
  }

  function onKey(event) {
    const node = event.target.closest('[data-token]'), nodes = buttons();
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!node || !(event.key === 'Enter' || event.key === ' ' || step && nodes.length > ROVING)) return;
    event.preventDefault();
    event.stopPropagation();
    if (!step) { pm.panel.select(idOf(node), 'map'); return; }
    const next = nodes[(nodes.indexOf(node) + step + nodes.length) % nodes.length];
    nodes.forEach(other => { other.setAttribute('tabindex', other === next ? 0 : -1); });
    next.focus({ preventScroll: true });
  }

  /** What a token says to a screen reader: type, title, place, date, deaths, precision. */
  function spoken(detail) {
    return [detail.type_label, detail.title, detail.where.text, detail.when.text, detail.killed && detail.killed.text + ' killed', 'Location: ' + detail.where.precision]
      .filter(Boolean).map(part => part.replace(/\.$/, '')).join('. ') + '.';
  }

  async function readNotes() {
    const drawn = store.records.filter(record => record.lon !== null || pm.map.areas[record.id]).slice(0, NOTED);
    await Promise.all(drawn.map(async record => {
      const detail = await store.detail(record.id);
      notes[record.id] = { label: detail.label, symbol: detail.symbol_id, spoken: spoken(detail), same: (detail.same_as || []).map(other => other.id),
        country: g.inside([record.lon, record.lat], pm.map.ground.land.AF || []) ? 'AF' : 'TJ' };
    }));
  }

  async function create() {
    font = getComputedStyle(document.body).fontFamily;
    await readNotes();
    pm.map.map.createPane('symbols').style.zIndex = 600;
    svg = dom.svg('svg', { class: 'symbols leaflet-zoom-hide' });
    pm.map.map.getPane('symbols').appendChild(svg);
    svg.addEventListener('click', event => {
      const node = event.target.closest('[data-token]');
      if (!node) return;
      event.stopPropagation();
      pm.panel.select(idOf(node), 'map');
    });
    svg.addEventListener('keydown', onKey);
    store.on('hovered', id => buttons().forEach(node => node.classList.toggle('hovered', idOf(node) === id)));
    draw();
  }

  const api = pm.symbols = {
    create, draw, radius,
    focus: id => {
      const node = svg && buttons().find(item => idOf(item) === id);
      if (node) node.focus({ preventScroll: true });
      return !!node;
    }
  };
})(panjmap);
