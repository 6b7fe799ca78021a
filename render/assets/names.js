'use strict';
/* Names of the ground: towns by rank, countries and regions spaced, the river along its line. They come after all records,
   and only where room is left. Each function returns what to draw: {text, x, y, anchor, size, name, angle?, spot?}. */
(pm => {
  const g = pm.geometry, labels = pm.labels, script = pm.script;
  const TOWN_ZOOM = [0, 0, 6, 6.8, 7.6, 8.4], TOWN_SIZE = [14.5, 14.5, 13, 12.5, 12, 12];
  const MAIN = 'Panj', DISTRICT_ZOOM = 8.5, COUNTRIES = { TAJIKISTAN: 'TJ', AFGHANISTAN: 'AF' };
  const STYLES = {
    country: { size: 15, weight: 600, spacing: 0.22 },
    region: { size: 12, weight: 400, spacing: 0.12 },
    province: { size: 12, weight: 400, spacing: 0.04 }
  };
  const SHIFTS = [[0, 0], [0, -22], [0, 26], [-50, 0], [50, 0], [-50, -24], [50, -24], [-50, 26], [50, 26], [0, 52], [0, -48], [-90, 0], [90, 0]];

  function towns(scene, taken) {
    const out = [], places = pm.map.ground.places.slice().sort((a, b) => a.rank - b.rank);
    places.forEach(place => {
      if (scene.zoom < (TOWN_ZOOM[place.rank] || 0) - (scene.small ? 0.6 : 0)) return;
      const p = scene.at([place.lon, place.lat]), rank = Math.min(place.rank, 3), text = script.nameOf(place), size = script.sizeOf(text, TOWN_SIZE[place.rank] || 12);
      const spot = [p[0] - 4, p[1] - 4, p[0] + 4, p[1] + 4];
      /* A token on a larger town stands for its dot; the name goes around it. */
      const over = place.rank <= 2 && (scene.standing || []).find(token => g.distance(token.at, p) < token.item.radius);
      if (!over && !taken.isFree(spot)) return;
      const w = scene.measure(text, size, [700, 700, 600, 400][rank]);
      const found = labels.firstFree(labels.candidates(...(over ? [...over.at, over.item.radius + 2] : [...p, 4]), w, size + 3), taken);
      if (!found) return;
      taken.add(found.box);
      if (!over) taken.add(spot);
      out.push({ text, x: found.x, y: found.y + size, anchor: found.align, size, name: 'name-' + rank, spot: over ? null : p, capital: place.kind === 'capital' });
    });
    return out;
  }

  /** Width of a name whose style spaces its letters; joined letters are never spaced. */
  const spaced = (scene, text, size, weight, spacing) => scene.measure(text, size, weight, script.isJoined(text) ? 0 : spacing);

  /** The name of the river that the map is about. */
  const river = () => script.nameOf(pm.map.ground.labels.find(label => label.text === MAIN) || { name: MAIN });

  /** The Panj along its line, where it is straight and free, at most twice; other rivers at their own places, closer up. */
  function rivers(scene, taken) {
    const out = [], used = [], lines = scene.all(pm.map.ground.panj), known = pm.map.ground.labels.filter(label => label.kind === 'river');
    const add = (text, place) => {
      taken.add(place.box);
      out.push({ text, x: place.x, y: place.y, anchor: 'middle', size: script.sizeOf(text, 14), name: 'name-water', angle: place.angle });
    };
    const main = river(), w = spaced(scene, main, script.sizeOf(main, 14), 400, 0.04) + 6;
    for (let i = 0; i < 2; i++) {
      const found = [].concat(...lines.map(line => g.near(line, [0, 0, scene.width, scene.height]))).map(part => labels.alongLine(part, w, 14, taken, used))
        .filter(Boolean).sort((a, b) => a.cost - b.cost)[0];
      if (!found) break;
      used.push([found.x, found.y]);
      add(main, found);
    }
    known.filter(label => label.text !== MAIN && scene.zoom >= 8).forEach(label => {
      const p = scene.at([label.lon, label.lat]), turn = label.angle * Math.PI / 180, text = script.nameOf(label), half = spaced(scene, text, script.sizeOf(text, 14), 400, 0.04) / 2;
      const x = p[0] + Math.sin(turn) * 13, y = p[1] - Math.cos(turn) * 13, dx = half * Math.abs(Math.cos(turn)) + 8, dy = half * Math.abs(Math.sin(turn)) + 8;
      const box = [x - dx, y - dy, x + dx, y + dy];
      if (taken.isFree(box)) add(text, { x, y, box, angle: label.angle });
    });
    return out;
  }

  /** Names of areas of the given kinds, clear of the records' outlines; a country's name may move anywhere inside the
      country, a region's long name gives way to its short one. */
  function areas(scene, taken, kinds) {
    const out = [], clear = new labels.Taken(scene.width, scene.height, 5);
    clear.boxes = taken.boxes.concat(scene.outlines.map(({ point }) => [point[0] - 4, point[1] - 4, point[0] + 4, point[1] + 4]));
    pm.map.ground.labels.filter(label => kinds.includes(label.kind)).forEach(label => {
      const style = STYLES[/[a-z]/.test(label.text) ? 'province' : label.kind], p = scene.at([label.lon, label.lat]);
      const country = scene.country(label.kind === 'country' ? COUNTRIES[label.text.toUpperCase()] : '');
      for (const name of [script.nameOf(label), script.shortOf(label)].filter(Boolean)) {
        const text = /[a-z]/.test(label.text) ? name : name.toUpperCase(), size = script.sizeOf(text, Math.min(style.size, scene.small ? 12 : 15)), w = spaced(scene, text, size, style.weight, style.spacing);
        const place = country.rings.length ? labels.inArea(country.isLand, p, w, size + 4, clear) : shifted(p, w, size, clear);
        if (!place) continue;
        [taken, clear].forEach(used => used.add(place.box));
        out.push({ text, x: place.x + (script.isJoined(text) ? 0 : style.spacing * size / 2), y: place.y + size * 0.36, anchor: 'middle', size,
          name: 'name-' + (style === STYLES.province ? 'province' : label.kind) });
        return;
      }
    });
    return out;
  }

  const textOf = district => district.approximate ? pm.text('names.approximate', { name: script.inText(script.nameOf(district)) }) : script.nameOf(district);

  /** Names of districts: where their outlines are shown, and close up, where their records' areas are. Inside the outline,
      else right beside it, never on another district; on a small map the records need the room. */
  function districts(scene, taken) {
    if (scene.small || !pm.store.state.layers.districts && scene.zoom < DISTRICT_ZOOM) return [];
    const style = STYLES.province, out = [], known = pm.map.districts.map(district => ({ text: textOf(district), rings: scene.all([].concat(...district.polygons)) }));
    known.forEach(district => {
      const rings = district.rings, box = g.boxOf([].concat(...rings)), size = script.sizeOf(district.text, style.size), w = spaced(scene, district.text, size, 400, style.spacing);
      const middle = [(Math.max(box[0], 0) + Math.min(box[2], scene.width)) / 2, (Math.max(box[1], 0) + Math.min(box[3], scene.height)) / 2];
      const onAnother = b => known.some(other => other !== district && [[b[0], b[1]], [b[2], b[1]], [b[0], b[3]], [b[2], b[3]], [(b[0] + b[2]) / 2, (b[1] + b[3]) / 2]]
        .some(corner => g.inside(corner, other.rings)));
      const place = g.boxesMeet(box, scene.box) && (labels.inArea(point => g.inside(point, rings), middle, w, size, taken)
        || beside(rings, w, size, taken, onAnother));
      if (!place) return;
      taken.add(place.box);
      out.push({ text: district.text, x: place.x, y: place.y + size * 0.36, anchor: 'middle', size, name: 'name-district' });
    });
    return out;
  }

  /** Room for a name at an outline, where `refused` does not forbid it. */
  function beside(rings, w, size, taken, refused) {
    for (const at of [].concat(...rings.map(ring => g.along(ring, 15)))) {
      const found = labels.candidates(at.point[0], at.point[1], 2, w, size + 3).find(place => taken.isFree(place.box) && !refused(place.box));
      if (found) return { x: (found.box[0] + found.box[2]) / 2, y: found.y + size * 0.6, box: found.box };
    }
    return null;
  }

  function shifted(p, w, size, taken) {
    for (const shift of SHIFTS) {
      const x = p[0] + shift[0], y = p[1] + shift[1], box = [x - w / 2 - 3, y - size / 2 - 3, x + w / 2 + 3, y + size / 2 + 3];
      if (taken.isFree(box)) return { x, y, box };
    }
    return null;
  }

  pm.names = { towns, river, rivers, districts, areas };
})(panjmap);
