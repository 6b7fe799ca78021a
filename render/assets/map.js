'use strict';
/* The map: its frame, controls and the areas of records. Symbols and text on it are drawn by symbols.js. */
(pm => {
  const store = pm.store, dom = pm.dom, NARROW = 600, CLOSE = 800;
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  /* Painted in this order: the paler and larger, the lower. */
  const ORDER = ['region', 'measure', 'district', 'reach'];
  const view = { map: null, ground: null, base: {}, areas: {}, districts: [], rings: [] };

  function home() {
    const boxes = store.page.home;
    view.map.fitBounds(pm.basemap.bounds(view.map.getSize().x < CLOSE ? boxes.narrow : boxes.wide), { animate: !still });
  }

  function control(position, build) {
    const made = L.control({ position });
    made.onAdd = build;
    made.addTo(view.map);
  }

  function controls() {
    const { html, svg, icon } = dom;
    L.control.zoom({ position: 'topright', zoomInTitle: pm.text('map.zoom_in'), zoomOutTitle: pm.text('map.zoom_out') }).addTo(view.map);
    control('topright', () => {
      const button = html('button', { type: 'button', class: 'map-button', title: pm.text('map.home'), 'aria-label': pm.text('map.home') },
        icon({ viewBox: '0 0 24 24' }, svg('path', { d: 'M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5', fill: 'none', stroke: 'currentColor', 'stroke-width': 2 })));
      button.addEventListener('click', home);
      L.DomEvent.disableClickPropagation(button);
      return button;
    });
    control('bottomright', () => html('div', { class: 'north', role: 'img', 'aria-label': pm.text('map.north_is_up') },
      icon({ viewBox: '0 0 16 24' }, svg('path', { d: 'M8 1l6 17-6-4-6 4z', fill: 'none', stroke: 'currentColor', 'stroke-width': 1.4 }),
        svg('path', { d: 'M8 1v13l-6 4z', fill: 'currentColor' })), html('span', {}, pm.text('map.north'))));
    L.control.scale({ position: 'bottomright', maxWidth: view.isNarrow() ? 70 : 110 }).addTo(view.map);
  }

  /** Hatch of an area that must be the strongest mark of its record: paper, tint, lines. One pattern a colour. */
  function hatches() {
    const svg = dom.svg;
    dom.sprite(svg('defs', {}, ...Object.keys(store.page.symbols.colours).map(name =>
      svg('pattern', { id: 'hatch-' + name, class: 'c-' + name, width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
        svg('rect', { width: 6, height: 6, class: 'hatch-paper' }),
        svg('rect', { width: 6, height: 6, fill: 'currentColor', 'fill-opacity': 0.3 }),
        svg('path', { d: 'M0 0V6', stroke: 'currentColor', 'stroke-width': 2.2, 'stroke-opacity': 0.55 })))));
  }

  function drawAreas() {
    const panes = { low: areaPane('areas', 300), high: areaPane('reaches', 340) };
    view.low = panes.low;
    const ids = Object.keys(store.areas).filter(id => store.byId[id]);
    /* Records of one area do not darken it. */
    const seen = new Set();
    ids.sort((a, b) => ORDER.indexOf(store.areas[a]['class']) - ORDER.indexOf(store.areas[b]['class']) || (a < b ? -1 : 1));
    ids.forEach(id => {
      const area = store.areas[id], record = store.byId[id], type = area['class'];
      const polygons = area.polygons.map(rings => pm.basemap.decodeAll(rings, 1e4));
      const pane = type === 'reach' ? panes.high : panes.low, key = record.colour + JSON.stringify(area.polygons);
      let shape = L.polygon(polygons.map(pm.basemap.flip), {
        renderer: pane.renderer, pane: pane.name, className: 'area area-' + type + (seen.has(key) ? ' again' : '') + ' c-' + record.colour,
        smoothFactor: 0.5, bubblingMouseEvents: false
      });
      seen.add(key);
      shape.on('click', () => { pm.panel.select(id, 'map'); });
      view.areas[id] = { type, country: area.country, polygons, shape };
    });
  }

  /** Rings of uncertainty of point records, in true size; `sync` shows them where they exceed the token. */
  function drawRings() {
    store.records.forEach(record => {
      if (!record.uncertainty || record.lon === null || view.areas[record.id]) return;
      let shape = L.circle([record.lat, record.lon], { radius: record.uncertainty, pane: 'areas', renderer: view.low.renderer,
        interactive: false, className: 'area area-ring c-' + record.colour });
      view.rings.push({ id: record.id, km: record.uncertainty / 1000, lat: record.lat, shape });
    });
  }

  /** Ground layers that come with the data: districts, and online tiles if the build allowed any (off at first). */
  function extras() {
    view.districts = (store.basemap.districts || []).map(district => (Object.assign({}, district, { name: district.name.replace(/ District$/, ''),
      polygons: district.polygons.map(rings => pm.basemap.decodeAll(rings, 1e4)) })));
    if (view.districts.length) {
      view.base.districts = view.districts.map(district => L.polygon(district.polygons.map(pm.basemap.flip),
        { renderer: view.low.renderer, pane: 'areas', className: 'district', interactive: false }));
    }
    const tiles = store.page.layers.filter(layer => layer.url);
    if (tiles.length) L.control.attribution({ prefix: false }).addTo(view.map);
    tiles.forEach(layer => {
      /* Leaflet reads an attribution as HTML; ours is text. */
      const attribution = layer.attribution.replace(/[&<>"']/g, character => '&#' + character.charCodeAt(0) + ';');
      view.base[layer.id] = [L.tileLayer(layer.url, { attribution, pane: 'relief' })];
    });
  }

  function areaPane(name, z) {
    view.map.createPane(name).style.zIndex = z;
    return { name, renderer: L.svg({ pane: name, padding: 0.6 }) };
  }

  /** Put what the store wants on the map, and mark the selected area. */
  function sync() {
    Object.keys(view.areas).forEach(id => {
      const area = view.areas[id];
      toggle(area.shape, store.isShown(id));
      const node = area.shape.getElement && area.shape.getElement();
      if (!node) return;
      node.classList.toggle('selected', id === store.state.selected);
      if (area.type === 'reach') node.style.fill = 'url(#hatch-' + store.byId[id].colour + ')';
    });
    view.rings.forEach(ring => { toggle(ring.shape, store.isShown(ring.id) && ring.km * pixels(ring.lat) > pm.symbols.radius() + 2); });
    Object.keys(view.base).forEach(id => {
      const known = store.state.layers[id];
      view.base[id].forEach(layer => { toggle(layer, known === undefined ? true : known); });
    });
  }

  /** Pixels of one km at a latitude and the present zoom (256-pixel Web Mercator). */
  const pixels = lat => Math.pow(2, view.map.getZoom()) / (156.543 * Math.cos(lat * Math.PI / 180));

  function toggle(layer, on) {
    if (on && !view.map.hasLayer(layer)) layer.addTo(view.map);
    if (!on && view.map.hasLayer(layer)) layer.remove();
  }

  /** Bring a record into view: `free` and `wide` are the parts of height and width that nothing covers (a sheet may). */
  function show(id, free, wide) {
    let record = store.byId[id], map = view.map, size = map.getSize(), points = [];
    if (view.areas[id]) view.areas[id].polygons.forEach(rings => { points = points.concat(rings[0]); });
    else if (record.lon !== null) points = [[record.lon, record.lat]];
    if (!points.length) return;
    const box = pm.geometry.boxOf(points.map(p => { let q = map.latLngToContainerPoint([p[1], p[0]]); return [q.x, q.y]; }));
    const height = size.y * free, width = size.x * (wide || 1), x = (box[0] + box[2]) / 2, y = (box[1] + box[3]) / 2;
    const inView = box[2] > 40 && box[0] < width - 40 && y > 30 && y < height - 20;
    if (inView && free === 1 && width === size.x) return;
    map.panBy([inView && width === size.x ? 0 : x - width / 2, y - height / 2], { animate: !still });
  }

  function create() {
    const node = dom.byId('map');
    dom.byId('static-map').hidden = true;
    node.hidden = false;
    node.setAttribute('role', 'region');
    node.setAttribute('aria-label', pm.text('map.label'));
    view.map = L.map(node, {
      zoomControl: false, attributionControl: false, zoomSnap: 0.25, zoomDelta: 0.75, maxZoom: 11, maxBoundsViscosity: 0.8,
      zoomAnimation: !still, fadeAnimation: !still, inertia: !still, markerZoomAnimation: !still
    });
    view.ground = pm.basemap.read(store.basemap);
    const extent = pm.basemap.bounds(store.basemap.relief.bounds).extend(pm.basemap.bounds(store.page.home.wide));
    view.map.setMinZoom(view.map.getBoundsZoom(extent)).setMaxBounds(extent.pad(0.04));
    home();
    view.base = pm.basemap.draw(view.map, store.basemap, view.ground);
    hatches();
    drawAreas();
    drawRings();
    extras();
    controls();
    sync();
    ['layers', 'shown'].forEach(name => store.on(name, () => { sync(); pm.symbols.draw(); }));
    store.on('selected', () => { sync(); pm.symbols.draw(); });
    view.map.on('zoomend', sync);
    view.map.on('moveend zoomend resize', () => { pm.symbols.draw(); });
    watchSize();
  }

  /** After a change of width between narrow and wide the home view fits again; else the view is the reader's. */
  function watchSize() {
    const isClose = () => view.map.getSize().x < CLOSE;
    let wasClose = isClose();
    new ResizeObserver(() => {
      view.map.invalidateSize({ animate: false });
      if (isClose() !== wasClose) { wasClose = !wasClose; home(); }
    }).observe(dom.byId('mapbox'));
  }

  view.isNarrow = () => view.map.getSize().x < NARROW;
  pm.map = Object.assign(view, { create, show });
})(panjmap);
