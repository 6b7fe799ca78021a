'use strict';
/* The symbol layer: one SVG over the map. draw() lays out the whole view after a move; update() follows filters and the time
   window with what is already drawn, and lets draw() follow when they rest. layout.js and names.js say where things stand. */
(pm => {
  const { store, dom } = pm, { marks, circles } = pm;
  const PAD = 160, REST = 280, SMALL = 9;
  const tokens = new Map(), looks = new WeakMap();
  let svg, layers, view = null, extras = [], spots = new Map(), resting = 0, pressed = false;

  const idOf = node => node.dataset.token || node.dataset.cell;
  const buttons = () => [...layers.stops.children];

  /** The node of a record's token, made once for each size, at a place. */
  function token(record, at, radius) {
    let kept = tokens.get(record.id);
    if (!kept || kept.radius !== radius) {
      if (kept) kept.node.remove();
      tokens.set(record.id, kept = { node: marks.token(record, radius), radius });
    }
    kept.node.setAttribute('transform', marks.shift(at));
    kept.view = view;
    return kept.node;
  }

  /** A node in its layer, or in none. */
  function put(node, layer, shown) {
    if (!shown) node.remove();
    else if (node.parentNode !== layer) layer.append(node);
  }

  /* ---- the whole view */

  function draw() {
    if (!svg || !pm.map.map.getSize().x) return;
    clearTimeout(resting);
    resting = 0;
    const focused = document.activeElement && document.activeElement.dataset && idOf(document.activeElement);
    const frame = pm.scene.frame();
    view = circles.look(frame);
    const found = circles.gather(view), crowded = found.total > pm.density.CIRCLES;
    const parts = crowded ? circles.split(found, view) : { circles: [], rows: inView() };
    const s = pm.scene.make(parts.rows, frame), plan = crowded ? pm.layout.plain(s, SMALL, parts.circles) : pm.layout.arrange(s);
    place(s);
    fill(s, plan, parts);
    view.crowded = crowded;
    spots = new Map(parts.circles.map(cell => [cell.key, cell.at]));
    api.last = { scene: s, plan, circles: parts.circles };
    finish(focused);
  }

  /** Rows that are shown and may reach into the view: points, and areas whatever part of them is there. */
  function inView() {
    return store.records.filter(record => record.lon !== null && store.shown.mask[record.row]).map(record => record.row);
  }

  function place(s) {
    const width = s.width + 2 * PAD, height = s.height + 2 * PAD;
    L.DomUtil.setPosition(svg, pm.map.map.containerPointToLayerPoint([-PAD, -PAD]));
    Object.entries({ width, height, viewBox: [-PAD, -PAD, width, height].join(' ') }).forEach(pair => { svg.setAttribute(...pair); });
  }

  function fill(s, plan, parts) {
    extras = [];
    const keep = (layer, node, ...items) => { extras.push({ node, layer, rows: items.map(item => item.record.row) }); return node; };
    const standing = Object.values(plan.tokens);
    const rings = standing.map(one => [one, marks.ringRadius(one.item)]).filter(([, radius]) => radius);
    layers.discs.replaceChildren(
      ...standing.filter(one => marks.hasDisc(one.item.record)).sort((a, b) => b.item.record.killed[1] - a.item.record.killed[1]).map(one => keep(layers.discs, marks.disc(one), one.item)),
      ...rings.map(([one, radius]) => keep(layers.discs, marks.ring(one, radius, marks.hasDisc(one.item.record)), one.item)));
    const links = [].concat(...plan.links.map(one => marks.link(one).map(node => keep(layers.lines, node, one.item, one.other))));
    s.standing = standing;
    const districts = pm.names.districts(s, plan.taken);
    const towns = store.state.layers.places === false ? [] : [].concat(...pm.names.towns(s, plan.taken).map(marks.town));
    const names = districts.concat(pm.names.areas(s, plan.taken, ['country']), pm.names.rivers(s, plan.taken), s.small ? [] : pm.names.areas(s, plan.taken, ['region', 'province']));
    layers.names.replaceChildren(...names.map(marks.name), ...towns);
    const texts = plan.texts.map(text => keep(text.item.type === 'measure' ? layers.stops : layers.lines, marks.note(text), text.item));
    layers.lines.replaceChildren(...plan.leaders.map(one => keep(layers.lines, marks.leader(one), one.item)), ...links, ...texts.filter(node => !node.dataset.token));
    const stops = standing.map(one => [one.item.record.row, token(one.item.record, one.at, one.item.radius)])
      .concat(texts.filter(node => node.dataset.token).map(node => [store.byId[idOf(node)].row, node]), parts.circles.map(cell => [cell.rows[0], circle(cell, cell.at, true)]));
    layers.stops.replaceChildren(...stops.sort((a, b) => a[0] - b[0]).map(([, node]) => node));
    circles.prune();
  }

  function circle(cell, at, named) {
    const node = circles.node(cell, named), shift = marks.shift(at);
    if (node.getAttribute('transform') !== shift) node.setAttribute('transform', shift);
    return node;
  }

  /** Marks, the legend and the tab stop after a change. */
  function finish(focused) {
    mark();
    circles.legend(view.crowded);
    rove(focused);
  }

  /* ---- filters and the time window, while they move */

  function update() {
    if (!svg || !view) return;
    clearTimeout(resting);
    resting = setTimeout(rest, REST);
    const found = circles.gather(view), mask = store.shown.mask, crowded = found.total > pm.density.CIRCLES;
    const parts = crowded ? circles.split(found, view) : { circles: [], rows: [].concat(...found.cells.map(cell => cell.rows)) };
    const wanted = new Set(parts.rows.map(tokenAt));
    parts.circles.forEach(cell => {
      const node = circle(cell, spots.get(cell.key) || cell.at);
      wanted.add(node);
    });
    buttons().forEach(node => { if (!wanted.has(node)) node.remove(); });
    wanted.forEach(node => { put(node, layers.stops, true); });
    const alone = crowded ? new Set(parts.rows) : null;
    extras.forEach(extra => { put(extra.node, extra.layer, extra.rows.every(row => mask[row] && (!alone || alone.has(row)))); });
    view.crowded = crowded;
    finish(null);
  }

  /** Lay out anew, but not under a finger or a mouse button that is still down. */
  function rest() {
    if (pressed) resting = setTimeout(rest, REST);
    else draw();
  }

  /** The mark of a record while things move: as it stands, else small at its place or at its area's anchor. */
  function tokenAt(row) {
    const record = store.records[row], kept = tokens.get(record.id);
    if (kept && kept.view === view) return kept.node;
    const label = extras.find(extra => extra.node.dataset.token === record.id);
    if (label) return label.node;
    const { scale, x, y } = view.projection, area = pm.map.areas[record.id];
    const at = area ? [view.spots[2 * area.number], view.spots[2 * area.number + 1]] : [pm.density.worldX(record.lon), pm.density.worldY(record.lat)];
    return token(record, [at[0] * scale + x, at[1] * scale + y], SMALL);
  }

  /** Selected, hovered, and dates that only partly overlap the window: classes of what is drawn. */
  function mark() {
    buttons().forEach(node => {
      const id = node.dataset.token, partly = id && store.isPartly(id);
      const look = id && (id === store.state.selected ? 's' : '') + (id === store.state.hovered ? 'h' : '') + (partly ? 'p' : '');
      if (!id || looks.get(node) === look) return;
      looks.set(node, look);
      node.classList.toggle('selected', id === store.state.selected);
      node.classList.toggle('hovered', id === store.state.hovered);
      node.classList.toggle('partly', partly);
      node.setAttribute('aria-label', pm.scene.noteOf(store.byId[id]).spoken + (partly ? ' ' + pm.text('crowd.partly') : ''));
    });
    circles.mark();
  }

  /* ---- mouse and keyboard */

  /** Of many symbols one is the tab stop: the focused one, else the selected one. */
  function rove(focused) {
    const nodes = buttons(), stop = nodes.find(node => idOf(node) === (focused || store.state.selected)) || nodes[0];
    pm.pointing.stops(nodes, stop);
    if (focused && stop && idOf(stop) === focused && document.activeElement !== stop) stop.focus({ preventScroll: true });
  }

  const choose = node => { if (node.dataset.token) pm.panel.select(idOf(node), 'map'); else circles.open(node); };
  const target = event => event.target.closest('[data-token],[data-cell]');

  function onKey(event) {
    const node = target(event), nodes = buttons(), next = pm.pointing.isMany(nodes) && pm.pointing.next(event.key, nodes, node);
    if (!node || !(event.key === 'Enter' || event.key === ' ' || next)) return;
    event.preventDefault();
    event.stopPropagation();
    if (!next) { choose(node); return; }
    pm.pointing.stops(nodes, next);
    dom.focus(next);
  }

  async function create() {
    await pm.scene.create();
    pm.map.map.createPane('symbols').style.zIndex = 600;
    layers = Object.fromEntries(['discs', 'names', 'lines', 'stops'].map(name => [name, dom.svg('g')]));
    svg = dom.svg('svg', { class: 'symbols leaflet-zoom-hide' }, ...Object.values(layers));
    pm.map.map.getPane('symbols').append(svg);
    svg.addEventListener('click', event => {
      const node = target(event);
      if (!node) return;
      event.stopPropagation();
      choose(node);
    });
    svg.addEventListener('keydown', onKey);
    window.addEventListener('pointerdown', () => { pressed = true; }, true);
    ['pointerup', 'pointercancel'].forEach(name => window.addEventListener(name, () => { pressed = false; }, true));
    pm.pointing.hover(svg, at => (at.closest('[data-token]') || svg).dataset.token);
    store.on('hovered', mark);
    draw();
  }

  /** Focus a record's symbol, or the circle that holds it. */
  function focus(id) {
    const record = store.byId[id];
    const node = svg && (buttons().find(one => one.dataset.token === id) || buttons().find(one => one.dataset.cell && circles.cellOf(one).rows.includes(record.row)));
    if (node) dom.focus(node);
    return !!node;
  }

  const api = pm.symbols = { create, draw, update, mark: () => { if (svg) mark(); }, focus, get node() { return svg; } };
})(panjmap);
