'use strict';
/* The areas of records: each outline once, however many records share it; shown while one of them is, in their colour or,
   if they are of several, in a neutral one. */
(pm => {
  const { store, dom } = pm;
  /* Painted in this order: the paler and larger, the lower. */
  const ORDER = ['region', 'measure', 'district', 'reach'], MIXED = 'total';
  const groups = [];

  /** Hatch of an area that must be the strongest mark of its record: paper, tint, lines. One pattern a colour. */
  function hatches() {
    const svg = dom.svg;
    dom.sprite(svg('defs', {}, ...Object.keys(store.page.symbols.colours).concat(MIXED).map(name =>
      svg('pattern', { id: 'hatch-' + name, class: 'c-' + name, width: 7, height: 7, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
        svg('rect', { width: 7, height: 7, class: 'hatch-paper' }),
        svg('rect', { width: 7, height: 7, fill: 'currentColor', 'fill-opacity': 0.22 }),
        svg('path', { d: 'M0 0V7', stroke: 'currentColor', 'stroke-width': 2.6, 'stroke-opacity': 0.75 })))));
  }

  /** One group for each outline and class of area: {type, country, name, polygons, world, rows, shape}. */
  function gather() {
    const byKey = {};
    Object.keys(store.areas).filter(id => store.byId[id]).forEach(id => {
      const area = store.areas[id], key = area.shape + ' ' + area['class'];
      if (!byKey[key]) {
        const polygons = area.polygons.map(rings => pm.basemap.decodeAll(rings, 1e4));
        byKey[key] = { number: 0, type: area['class'], country: area.country, name: area.name, polygons, rows: [], box: pm.geometry.boxOf([].concat(...polygons.map(rings => rings[0]))) };
      }
      byKey[key].rows.push(store.byId[id].row);
      pm.map.areas[id] = byKey[key];
    });
    groups.push(...Object.values(byKey).sort((a, b) => ORDER.indexOf(a.type) - ORDER.indexOf(b.type) || a.rows[0] - b.rows[0]));
    groups.forEach((group, number) => {
      group.rows.sort((a, b) => a - b);
      group.number = number;
      group.look = null;
    });
  }

  function pane(map, name, z) {
    map.createPane(name).style.zIndex = z;
    return { name, renderer: L.svg({ pane: name, padding: 0.6 }) };
  }

  function create(map) {
    const low = pane(map, 'areas', 300), high = pane(map, 'reaches', 340);
    hatches();
    gather();
    groups.forEach(group => {
      const at = group.type === 'reach' ? high : low;
      group.shape = L.polygon(group.polygons.map(pm.basemap.flip), { renderer: at.renderer, pane: at.name, smoothFactor: 0.5,
        className: 'area area-' + group.type, bubblingMouseEvents: false });
      group.shape.addTo(map);
      group.node = group.shape.getElement();
      group.parent = group.node.parentNode;
      group.node.remove();
      group.shape.on('click', () => { pm.panel.select(next(group.rows), 'map'); });
    });
    api.low = low;
  }

  /** Of several records under one mark the first that is shown; or the one after the selected, so that clicks go through all. */
  function next(rows) {
    const shown = rows.filter(row => store.shown.mask[row]).map(row => store.records[row].id);
    return shown[(shown.indexOf(store.state.selected) + 1) % shown.length];
  }

  /** Show what has a record that is shown; touches only what changed. */
  function sync() {
    const mask = store.shown.mask, fresh = new Set();
    groups.forEach(group => {
      let colour = null, whole = false;
      group.rows.forEach(row => {
        if (!mask[row]) return;
        if (mask[row] === 1) whole = true;
        colour = colour === null || colour === store.records[row].colour ? store.records[row].colour : MIXED;
      });
      const selected = colour !== null && group.rows.some(row => mask[row] && store.records[row].id === store.state.selected);
      const look = colour && ['area', 'area-' + group.type, 'c-' + colour, whole ? '' : 'partly', selected ? 'selected' : '', 'leaflet-interactive'].filter(Boolean).join(' ');
      if (look === group.look) return;
      if (!look) group.node.remove();
      else if (!group.look) fresh.add(group);
      group.look = look;
      group.colour = colour;
      if (!look) return;
      group.node.setAttribute('class', look);
      if (group.type === 'reach') group.node.style.fill = 'url(#hatch-' + colour + ')';
    });
    if (fresh.size) place(fresh);
  }

  /** Put areas that were not there where they belong in the order of painting. */
  function place(fresh) {
    const above = new Map();
    groups.filter(group => group.look).reverse().forEach(group => {
      if (fresh.has(group)) group.parent.insertBefore(group.node, above.get(group.parent) || null);
      above.set(group.parent, group.node);
    });
  }

  const api = pm.areas = { create, sync, groups, next };
})(panjmap);
