'use strict';
/* The ground: land, relief, waters, border, regions, roads, as Leaflet layers that can be switched one by one. */
(pm => {
  const g = pm.geometry;

  const decodeAll = (list, scale) => (list || []).map(flat => g.decode(flat, scale));

  /** Lists of [lon, lat] for every part of the base map. */
  function read(block) {
    let scale = block.scale || 1e4, land = block.land || {}, out = { land: {} };
    Object.keys(land).forEach(code => { out.land[code] = decodeAll(land[code], scale); });
    ['border', 'panj', 'border_rivers', 'neighbours', 'rivers', 'lakes', 'admin', 'roads'].forEach(name => {
      const value = block[name] || [];
      out[name] = value.length && typeof value[0] === 'number' ? [g.decode(value, scale)] : decodeAll(value, scale);
    });
    out.places = block.places || [];
    out.labels = block.labels || [];
    return out;
  }

  function flip(lines) {
    return lines.map(line => line.map(p => [p[1], p[0]]));
  }

  function pane(map, name, z) {
    const node = map.createPane(name);
    node.style.zIndex = z;
    node.style.pointerEvents = 'none';
    return L.svg({ pane: name, padding: 0.6 });
  }

  /** Draw all parts; returns {layer id: [Leaflet layers]} for those that can be switched. */
  function draw(map, block, ground) {
    const land = pane(map, 'land', 201), lines = pane(map, 'lines', 210), water = pane(map, 'water', 320);
    map.createPane('relief').style.zIndex = 205;
    map.getPane('relief').style.pointerEvents = 'none';
    function shape(rings, name, renderer, paneName) {
      return L.polygon(flip(rings), { renderer, pane: paneName, className: name, interactive: false, smoothFactor: 0.7 });
    }
    function line(parts, name, renderer, paneName) {
      return L.polyline(flip(parts), { renderer, pane: paneName, className: name, interactive: false, smoothFactor: 0.7, fill: false });
    }
    ['other', 'AF', 'TJ'].forEach(code => {
      (ground.land[code] || []).forEach(ring => { shape([ring], 'land land-' + code, land, 'land').addTo(map); });
    });
line(ground.neighbours, 'outline', lines, 'lines').addTo(map);
    shape(ground.lakes, 'lake', lines, 'lines').addTo(map);
    return {
      relief: [],
      rivers: [line(ground.rivers, 'river', lines, 'lines')],
      regions: [line(ground.admin, 'admin', lines, 'lines')],
      roads: [line(ground.roads, 'road', lines, 'lines')],
      border: [line(ground.border, 'ribbon', water, 'water'), line(ground.border, 'border', water, 'water'), line(ground.border_rivers.concat(ground.panj), 'panj', water, 'water')]
    };
  }

  /** The shade of the ground: the last of the page's bytes, so it comes when all else stands. */
  async function relief(block) {
    if (document.readyState === 'loading') await new Promise(done => document.addEventListener('DOMContentLoaded', done));
    const image = await pm.columns.block('panjmap-relief');
    return image ? [L.imageOverlay(image.href, bounds(block.relief), { pane: 'relief', className: 'relief', interactive: false, alt: '' })] : [];
  }

  const bounds = box => L.latLngBounds([[box[1], box[0]], [box[3], box[2]]]);

  pm.basemap = { read, draw, relief, bounds, decodeAll, flip };
})(panjmap);
