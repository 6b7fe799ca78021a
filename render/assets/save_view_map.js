'use strict';
/* The map alone as one SVG element: every pane as it is drawn, relief as shade, scale bar and north. At another size than
   the screen's the map is laid out anew for a moment, with the same ground in view. */
(pm => {
  const { store } = pm, { make, frozen, defs } = pm.savedStyle, SHADE_WIDTH = 1600, n = pm.dom.tenth;

  /** Relief is multiplied onto the ground, which SVG programs do not agree on: the same shade as black with an alpha. */
  function shade(image, frame) {
    const style = getComputedStyle(image), at = image.getBoundingClientRect(), light = parseFloat((/brightness\(([\d.]+)\)/.exec(style.filter) || [0, 1])[1]);
    const left = Math.max(frame.left, at.left), top = Math.max(frame.top, at.top), right = Math.min(frame.right, at.right), bottom = Math.min(frame.bottom, at.bottom);
    if (right <= left || bottom <= top || !image.naturalWidth) return null;
    const scale = Math.min(image.naturalWidth / at.width, SHADE_WIDTH / (right - left)), canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round((right - left) * scale));
    canvas.height = Math.max(1, Math.round((bottom - top) * scale));
    const pen = canvas.getContext('2d', { willReadFrequently: true });
    pen.drawImage(image, (at.left - left) * scale, (at.top - top) * scale, at.width * scale, at.height * scale);
    const pixels = pen.getImageData(0, 0, canvas.width, canvas.height), data = pixels.data, opacity = parseFloat(style.opacity);
    for (let i = 0; i < data.length; i += 4) {
      const grey = Math.min(1, (0.2126 * data[i] + 0.7152 * data[i + 1] + 0.0722 * data[i + 2]) / 255 * light);
      data[i + 3] = Math.round(data[i + 3] * opacity * (1 - grey));
      data[i] = data[i + 1] = data[i + 2] = 0;
    }
    pen.putImageData(pixels, 0, 0);
    const out = make('image', { x: left - frame.left, y: top - frame.top, width: right - left, height: bottom - top, preserveAspectRatio: 'none' });
    out.setAttributeNS('http://www.w3.org/1999/xlink', 'xlink:href', canvas.toDataURL('image/png'));
    return out;
  }

  /** What is in one pane, moved to where it stands in the frame. */
  function layer(node, frame, patterns) {
    if (node.localName === 'img') return node.classList.contains('relief') ? shade(node, frame) : null;
    if (node.localName !== 'svg') return null;
    const out = frozen(node, patterns), at = node.getBoundingClientRect(), box = node.viewBox.baseVal, scale = box && box.width ? at.width / box.width : 1;
    const move = (screen, own) => Math.round((screen - own * scale) * 1e4) / 1e4;
    if (out) out.setAttribute('transform', 'translate(' + move(at.left - frame.left, box ? box.x : 0) + ' ' + move(at.top - frame.top, box ? box.y : 0) + ')' + (Math.abs(scale - 1) > 1e-3 ? ' scale(' + scale + ')' : ''));
    return out;
  }

  /** {km, width} of a scale bar: a round number of kilometres that is `widest` pixels at most. */
  function bar(metresPerPixel, widest) {
    const most = widest * metresPerPixel / 1000, power = Math.pow(10, Math.floor(Math.log10(most)));
    const km = [5, 2, 1].map(step => step * power).find(step => step <= most);
    return { km, width: km * 1000 / metresPerPixel };
  }

  /** Where a control of the live map stands, which labels keep clear of; else a box in the lower right corner. */
  function corner(selector, frame, other) {
    const node = pm.dom.all(selector, pm.map.map.getContainer())[0], at = node && node.getBoundingClientRect();
    return at && at.width > 2 ? { x: at.left - frame.left, y: at.top - frame.top, width: at.width, height: at.height } : other;
  }

  /** Scale bar in two halves, and north, where the live map has its own. */
  function furniture(width, height, frame, ink) {
    const map = pm.map.map, latitude = map.containerPointToLatLng([width / 2, height / 2]).lat, line = { fill: 'none', stroke: ink('ink2') };
    const place = corner('.leaflet-control-scale', frame, { x: width - 130, y: height - 76, width: 120 }), { x: nx, y: ny, width: nw } = corner('.north', frame, { x: width - 30, y: height - 46, width: 20 });
    const { km, width: long } = bar(40075016.7 * Math.cos(latitude * Math.PI / 180) / (256 * Math.pow(2, map.getZoom())), Math.max(70, place.width));
    const x = n(place.x + place.width - long - 4), y = n(place.y + 20), middle = n(nx + nw / 2);
    return [make('path', Object.assign({ d: 'M' + x + ' ' + (y - 4) + 'v8m0 -4h' + n(long) + 'm0 -4v8M' + n(x + long / 2) + ' ' + (y - 3) + 'v6', 'stroke-width': 1.6 }, line)),
      ...halo('0', x, y - 7, 'middle', ink), ...halo(pm.text('save.km', { km }), n(x + long + 4), y - 7, 'end', ink),
      make('path', Object.assign({ d: 'M' + middle + ' ' + n(ny) + 'l6 17-6-4-6 4z', 'stroke-width': 1.4, 'stroke-linejoin': 'round' }, line)),
      make('path', { d: 'M' + middle + ' ' + n(ny) + 'v13l-6 4z', fill: ink('ink2') }), ...halo('N', middle, n(ny + 34), 'middle', ink, 700)];
  }

  const halo = (text, x, y, anchor, ink, weight) => {
    const as = more => make('text', Object.assign({ x, y, 'text-anchor': anchor, 'font-size': 12.5, 'font-weight': weight || 400 }, more), text);
    return [as({ fill: ink('land'), stroke: ink('land'), 'stroke-width': 3.4, 'stroke-linejoin': 'round', 'aria-hidden': 'true' }), as({ fill: ink('ink') })];
  };

  /** The map at the size it has now, in the colours of now. */
  function drawn() {
    const box = pm.map.map.getContainer(), size = pm.map.map.getSize(), at = box.getBoundingClientRect(), patterns = new Set(), ink = pm.savedStyle.palette();
    const frame = { left: at.left + box.clientLeft, top: at.top + box.clientTop };
    Object.assign(frame, { right: frame.left + size.x, bottom: frame.top + size.y });
    const height = node => Number(getComputedStyle(node).zIndex) || 0;
    const panes = Object.values(pm.map.map.getPanes()).filter(pane => pane !== pm.map.map.getPane('mapPane')).sort((a, b) => height(a) - height(b));
    const layers = [].concat(...panes.map(pane => [...pane.children].map(node => layer(node, frame, patterns)))).filter(Boolean);
    const clip = make('clipPath', { id: pm.savedStyle.PREFIX + 'frame' }, make('rect', { width: size.x, height: size.y })), signs = defs(patterns);
    signs.append(clip);
    return make('svg', { width: size.x, height: size.y, viewBox: [0, 0, size.x, size.y].join(' '), 'font-family': getComputedStyle(document.body).fontFamily }, signs,
      make('g', { 'clip-path': 'url(#' + pm.savedStyle.PREFIX + 'frame)' }, make('rect', { width: size.x, height: size.y, fill: ink('land2') }), ...layers, ...furniture(size.x, size.y, frame, ink)));
  }

  /** Do `work` with the map at a size, the same ground in view, then put everything back; nothing of it is painted. */
  function atSize(width, height, work) {
    const map = pm.map.map, style = map.getContainer().style, size = map.getSize();
    if (size.x === width && size.y === height) return work();
    const view = store.state.view, center = map.getCenter(), zoom = map.getZoom(), bounds = map.getBounds();
    const resize = (wide, high) => {
      Object.assign(style, { width: wide, height: high });
      map.invalidateSize({ animate: false, pan: false });
    };
    resize(width + 'px', height + 'px');
    map.fitBounds(view === null ? pm.basemap.bounds(store.page.home.wide) : bounds, { animate: false });
    pm.symbols.draw();
    try { return work(); } finally {
      resize('', '');
      map.setView(center, zoom, { animate: false });
      store.set('view', view);
      pm.symbols.draw();
    }
  }

  pm.savedMap = { drawn, atSize };
})(panjmap);
