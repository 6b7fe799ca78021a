'use strict';
/* Circles for many records: which cells the view has, what they are called, what a click on one does. */
(pm => {
  const { store, dom } = pm, { density } = pm;
  const nodes = new Map(), marked = {}, WORDS = ['attacks', 'operations', 'measures'];
  let data = null, colours = null, places = null;

  /** What binning reads, made once. */
  function records() {
    if (data) return data;
    colours = Object.keys(store.page.symbols.colours);
    data = density.index(store.records, record => (pm.map.areas[record.id] ? pm.map.areas[record.id].number : -1), colours);
    places = pm.map.ground.places.map(place => ({ name: place.name, x: density.worldX(place.lon), y: density.worldY(place.lat) }));
    return data;
  }

  /** The view as binning needs it, from the frame of a scene, with cells as fine as there is room for. Areas that are in view
      without their anchor have another one. */
  function look(frame) {
    const all = records(), { scale, x, y } = frame.projection, world = (px, py) => [(px - x) / scale, (py - y) / scale];
    const box = [...world(0, 0), ...world(frame.width, frame.height)], groups = pm.areas.groups, spots = new Float64Array(2 * groups.length);
    groups.forEach((group, i) => { spots.set(spotOf(all, group, box) || [NaN, NaN], 2 * i); });
    const pixels = pm.map.pixels(pm.map.map.getCenter().lat);
    const at = level => ({ box, spots, step: density.riverStep(pixels, level), square: density.square(frame.zoom, level), projection: frame.projection,
      small: Uint8Array.from(groups, group => (widthOf(group) * scale < density.leastArea(level) ? 1 : 0)) });
    let level = 0, view = at(0);
    while (level < density.COARSEST && density.tooFull(gather(view), scale)) view = at(++level);
    return view;
  }

  /** The larger side of an area, world units. */
  function widthOf(group) {
    const [west, south, east, north] = group.box;
    return Math.max(density.worldX(east) - density.worldX(west), density.worldY(south) - density.worldY(north));
  }

  const within = (x, y, box) => x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3];

  /** The anchor of an area, or the point of its outline in view that is nearest to it. */
  function spotOf(all, group, box) {
    const x = all.x[group.rows[0]], y = all.y[group.rows[0]];
    if (within(x, y, box)) return [x, y];
    if (!group.world) group.world = [].concat(...group.polygons.map(rings => rings[0].map(p => [density.worldX(p[0]), density.worldY(p[1])])));
    let best = null, least = Infinity;
    group.world.forEach(p => {
      const far = Math.hypot(p[0] - x, p[1] - y);
      if (far < least && within(p[0], p[1], box)) { best = p; least = far; }
    });
    return best;
  }

  const gather = view => density.gather(records(), store.shown.mask, view);

  /** Cells -> those drawn as circles, each with place and radius in pixels, and the rows that show their own symbols. */
  function split(found, view) {
    const circles = [], rows = density.alone(found), single = new Set(rows), { scale, x, y } = view.projection;
    found.cells.forEach(cell => {
      if (single.has(cell.rows[0])) return;
      const at = [cell.x * scale + x, cell.y * scale + y];
      circles.push(Object.assign(cell, { at, home: at, radius: density.radius(cell.count), group: pm.areas.groups[cell.area] || null, colours, view }));
    });
    return { circles, rows };
  }

  /** "37 attacks and clashes between river km 250 and 260". */
  function spoken(cell) {
    const what = pm.text('crowd.' + WORDS[cell.family], { n: cell.count });
    if (cell.group) return pm.text('crowd.in_area', { what, area: cell.group.name || pm.text('crowd.unnamed') });
    if (cell.from !== null) return pm.text('crowd.on_river', { what, from: cell.from, to: cell.from + cell.view.step });
    const near = places.slice().sort((a, b) => Math.hypot(a.x - cell.x, a.y - cell.y) - Math.hypot(b.x - cell.x, b.y - cell.y))[0];
    return near ? pm.text('crowd.near', { what, place: near.name }) : what;
  }

  /** The node of a circle, made once for each view; it is named when things rest (`named`). */
  function node(cell, named) {
    const old = nodes.get(cell.key), kept = old && old.cell.view.step === cell.view.step && old.cell.view.square === cell.view.square ? old : null;
    if (old && !kept) old.node.remove();
    const made = pm.marks.circle(cell, kept && kept.node);
    if (named) made.setAttribute('aria-label', spoken(cell));
    nodes.set(cell.key, { node: made, cell });
    return made;
  }

  /** Forget circles that are not drawn. */
  const prune = () => { nodes.forEach((kept, key) => { if (!kept.node.parentNode) nodes.delete(key); }); };

  const cellOf = given => (nodes.get(Number(given.dataset.cell)) || {}).cell;

  /** Zoom to a circle's records; where that cannot part them, walk through them. */
  function open(given) {
    const cell = cellOf(given), map = pm.map.map;
    if (!cell) return;
    const points = cell.group ? [].concat(...cell.group.polygons.map(rings => rings[0])) : cell.rows.map(row => [store.records[row].lon, store.records[row].lat]);
    const [west, south, east, north] = pm.geometry.boxOf(points), bounds = pm.basemap.bounds([west, south, east, north]);
    const zoom = Math.min(map.getMaxZoom(), map.getBoundsZoom(bounds, false, L.point(80, 80)));
    if (zoom < map.getZoom() + 0.5) pm.panel.select(pm.areas.next(cell.rows), 'map');
    else map.setView(bounds.getCenter(), zoom, { animate: false });
  }

  /** Mark the circles that hold the selected and the hovered record. */
  function mark() {
    ['selected', 'hovered'].forEach(name => {
      const record = store.byId[store.state[name]];
      let now = null;
      if (record) nodes.forEach(kept => { if (kept.node.parentNode && kept.cell.rows.includes(record.row)) now = kept.node; });
      if (marked[name] && marked[name] !== now) marked[name].classList.remove(name);
      if (now) now.classList.add(name);
      marked[name] = now;
    });
  }

  function partlyKey() {
    const { html, icon, svg } = dom;
    return html('div', { class: 'legend-part', id: 'legend-partly' }, html('ul', {}, html('li', {},
      icon({ class: 'swatch', viewBox: '0 0 36 20' }, svg('use', { href: '#sw-partly' })),
      html('span', {}, html('span', { class: 'legend-label' }, pm.text('crowd.partly_title')), ' ', html('span', { class: 'note' }, pm.text('crowd.partly_note'))))));
  }

  /** The legend explains what is drawn now. */
  function legend(drawn) {
    const part = dom.byId('legend-crowd');
    if (part) part.hidden = !drawn;
    if (!store.shown.partly && !dom.byId('legend-partly')) return;
    if (!dom.byId('legend-partly')) dom.byId('legend').append(partlyKey());
    dom.byId('legend-partly').hidden = !store.shown.partly;
  }

  pm.circles = { look, gather, split, node, open, mark, prune, legend, cellOf };
})(panjmap);
