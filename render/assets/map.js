'use strict';
/* The map: its frame, controls and the areas of records. Symbols and text on it are drawn by symbols.js. */
(pm => {
  const store = pm.store, dom = pm.dom, NARROW = 600, CLOSE = 800;
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  const view = { map: null, ground: null, base: {}, areas: Object.create(null), districts: [] };
  let moving = false;

  function home() {
    const boxes = store.page.home;
    quietly(() => view.map.fitBounds(pm.basemap.bounds(view.map.getSize().x < CLOSE ? boxes.narrow : boxes.wide), { animate: false }));
    store.set('view', null);
  }

  /** Move the map without taking the new view for the reader's wish. */
  function quietly(move) {
    moving = true;
    move();
    moving = false;
  }

  /** The view as it is kept in the address: [zoom, lat, lon]. */
  function viewNow() {
    const at = view.map.getCenter(), round = (value, places) => Number(value.toFixed(places));
    return [round(view.map.getZoom(), 2), round(at.lat, 4), round(at.lng, 4)];
  }

  const start = wanted => quietly(() => view.map.setView([wanted[1], wanted[2]], wanted[0], { animate: false }));

  /** Obey a view that was set from outside; null is home. */
  function obey(wanted) {
    if (moving || String(wanted) === String(viewNow())) return;
    if (wanted === null) home();
    else start(wanted);
  }

  function moved() {
    if (moving) return;
    moving = true;
    store.set('view', viewNow());
    moving = false;
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

  /** Ground layers that come with the data: districts, and online tiles if the build allowed any (off at first). */
  function extras() {
    view.districts = (store.basemap.districts || []).map(district => (Object.assign({}, district, { name: district.name.replace(/ District$/, ''),
      polygons: district.polygons.map(rings => pm.basemap.decodeAll(rings, 1e4)) })));
    if (view.districts.length) {
      view.base.districts = view.districts.map(district => L.polygon(district.polygons.map(pm.basemap.flip),
        { renderer: pm.areas.low.renderer, pane: 'areas', className: 'district', interactive: false }));
    }
    const tiles = store.page.layers.filter(layer => layer.url);
    if (tiles.length) L.control.attribution({ prefix: false }).addTo(view.map);
    tiles.forEach(layer => {
      /* Leaflet reads an attribution as HTML; ours is text. */
      const attribution = layer.attribution.replace(/[&<>"']/g, character => '&#' + character.charCodeAt(0) + ';');
      view.base[layer.id] = [L.tileLayer(layer.url, { attribution, pane: 'relief' })];
    });
  }

  /** Put the ground layers that the store wants on the map. */
  function sync() {
    Object.keys(view.base).forEach(id => {
      const known = store.state.layers[id];
      view.base[id].forEach(layer => { toggle(layer, known === undefined ? true : known); });
    });
  }

  function toggle(layer, on) {
    if (on && !view.map.hasLayer(layer)) layer.addTo(view.map);
    if (!on && view.map.hasLayer(layer)) layer.remove();
  }

  /** Pixels of one km at a latitude and the present zoom (256-pixel Web Mercator). */
  const pixels = lat => Math.pow(2, view.map.getZoom()) / (156.543 * Math.cos(lat * Math.PI / 180));

  /** How the present view puts degrees ([lon, lat]) on pixels of its frame: {scale, x, y, at}; world units times `scale`, plus x or y. */
  function projection() {
    const map = view.map, scale = 256 * Math.pow(2, map.getZoom()), corner = map.project([0, 0]).subtract(map.getPixelOrigin()).subtract(map.containerPointToLayerPoint([0, 0]));
    const x = corner.x - scale / 2, y = corner.y - scale / 2;
    return { scale, x, y, at: p => [pm.density.worldX(p[0]) * scale + x, pm.density.worldY(p[1]) * scale + y] };
  }

  /** Bring a record into view: `free` and `wide` are the parts of height and width that nothing covers (a sheet may). */
  function show(id, free, wide) {
    let record = store.byId[id], map = view.map, size = map.getSize(), points = [];
    if (!record) return;
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
      zoomControl: false, attributionControl: false, zoomSnap: 0.25, zoomDelta: 0.75, maxZoom: 11, maxBoundsViscosity: 0.8, trackResize: false,
      zoomAnimation: !still, fadeAnimation: !still, inertia: !still, markerZoomAnimation: !still
    });
    view.ground = pm.basemap.read(store.basemap);
    const extent = pm.basemap.bounds(store.basemap.relief).extend(pm.basemap.bounds(store.page.home.wide));
    view.map.setMinZoom(view.map.getBoundsZoom(extent)).setMaxBounds(extent.pad(0.04));
    if (store.state.view) start(store.state.view);
    else home();
    view.base = pm.basemap.draw(view.map, store.basemap, view.ground);
    pm.areas.create(view.map);
    extras();
    controls();
    sync();
    pm.areas.sync();
    store.on('layers', () => { sync(); pm.symbols.draw(); });
    store.on('shown', () => { pm.areas.sync(); pm.symbols.update(); });
    store.on('selected', () => { pm.areas.sync(); pm.symbols.mark(); });
    store.on('view', obey);
    view.map.on('moveend', () => { moved(); pm.symbols.draw(); });
    watchSize();
  }

  async function shade() {
    view.base.relief = await pm.basemap.relief(store.basemap);
    sync();
  }

  /** After a change of width between narrow and wide the home view fits again; else the view is the reader's. */
  function watchSize() {
    const isClose = () => view.map.getSize().x < CLOSE;
    let wasClose = isClose();
    new ResizeObserver(() => {
      quietly(() => view.map.invalidateSize({ animate: false }));
      if (isClose() !== wasClose) { wasClose = !wasClose; if (!store.state.view) home(); }
    }).observe(dom.byId('mapbox'));
  }

  view.isNarrow = () => view.map.getSize().x < NARROW;
  pm.map = Object.assign(view, { create, shade, show, home, control, pixels, projection });
})(panjmap);
