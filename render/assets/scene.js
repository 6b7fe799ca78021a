'use strict';
/* The view as layout.js needs it: pixels, furniture, outlines to keep clear, records to place with the ways to write their
   labels. Widths of texts are measured once. */
(pm => {
  const { store, dom } = pm, g = pm.geometry;
  const notes = Object.create(null), widths = new Map(), details = [], SPOKEN = 4000, pen = document.createElement('canvas').getContext('2d');
  let family = '';

  function measure(text, size, weight, spacing) {
    const font = weight + ' ' + size + 'px ' + family, key = font + '|' + text;
    if (!widths.has(key)) {
      pen.font = font;
      widths.set(key, pen.measureText(text).width);
    }
    return widths.get(key) + (spacing || 0) * size * text.length;
  }

  /** A frame with the records to place. */
  function make(rows, s) {
    s.linkTexts = ['map.may_be_same', 'map.may_be_same_short'].map(key => ({ text: pm.text(key), w: measure(pm.text(key), 12, 400) + 4 }));
    rows.forEach(row => addItem(s, store.records[row]));
    const plain = s.items.length > pm.layout.most(s);
    s.items.forEach(item => {
      const labelled = !plain || item.type === 'measure';
      Object.assign(item, labelled ? variants(s, noteOf(item.record).label) : { variants: [], good: -1 });
      if (item.rings && (labelled || item.type === 'reach')) outlines(s, item);
    });
    return s;
  }

  /** The view without records. */
  function frame() {
    const map = pm.map.map, size = map.getSize(), countries = {}, projection = pm.map.projection(), at = projection.at;
    const s = { width: size.x, height: size.y, zoom: map.getZoom(), small: size.x < 600, at, measure, projection,
      all: lines => lines.map(line => line.map(at)), box: [-40, -40, size.x + 40, size.y + 40],
      furniture: furniture(map), marks: [], pale: [], outlines: [], towns: [], items: [] };
    s.country = code => {
      if (!countries[code]) {
        const rings = s.all(pm.map.ground.land[code] || []), outline = [].concat(...rings.map(ring => g.near(ring.concat([ring[0]]), s.box)));
        countries[code] = { rings, outline, isLand: g.insideMemo(rings) };
      }
      return countries[code];
    };
    const towns = pm.map.ground.places.filter(place => place.rank <= 2);
    s.towns = towns.map(place => at([place.lon, place.lat]));
    s.townNames = towns.map(place => ({ rank: place.rank, width: measure(pm.script.nameOf(place), 14.5, 700) + 2 }));
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
    const item = { record, radius: pm.map.isNarrow() ? 11 : 13, same: note.same };
    if (area) {
      const shape = areaOf(s, area);
      if (!g.boxesMeet(shape.box, s.box)) return;
      Object.assign(item, { type: area.type, country: area.country || 'TJ', parts: shape.parts, rings: shape.rings,
        middle: [(shape.box[0] + shape.box[2]) / 2, (shape.box[1] + shape.box[3]) / 2] });
    } else {
      item.home = s.at([record.lon, record.lat]);
      item.at = item.home.slice();
      if (!g.boxesMeet([...item.home, ...item.home], s.box)) return;
      item.country = note.country;
    }
    s.items.push(item);
  }

  /** An area in pixels, once for all its records: {parts, rings, box}. */
  function areaOf(s, area) {
    s.areas = s.areas || new Map();
    if (!s.areas.has(area)) {
      const parts = area.polygons.map(rings => s.all(rings.map(ring => ring.concat([ring[0]])))), rings = [].concat(...parts);
      s.areas.set(area, { parts, rings, box: g.boxOf([].concat(...rings)) });
    }
    return s.areas.get(area);
  }

  /** What is written beside and said of a symbol; beyond the first thousands of records its id has to do. */
  function noteOf(record) {
    if (!notes[record.id]) {
      const detail = details[record.row], area = pm.map.areas[record.id];
      const isAfghan = () => (record.bank ? /afghan/i.test(record.bank) : g.inside([record.lon, record.lat], pm.map.ground.land.AF || []));
      notes[record.id] = detail
        ? { label: detail.label, symbol: detail.symbol_id, spoken: spoken(detail), same: (detail.same_as || []).map(other => other.id) }
        : { label: null, symbol: 'sym-' + record.colour + '-' + record.precision, spoken: record.id, same: [] };
      notes[record.id].country = area ? area.country : isAfghan() ? 'AF' : 'TJ';
    }
    return notes[record.id];
  }

  /** What a token says to a screen reader: type, title, place, date, deaths, precision. */
  function spoken(detail) {
    return [detail.type_label, detail.title, detail.where.text, detail.when.text, detail.killed && pm.text('map.killed', { killed: detail.killed.text }), pm.text('map.location', { precision: detail.where.precision })]
      .filter(Boolean).map(part => part.replace(/\.$/, '')).join('. ') + '.';
  }

  /** Outlines that others keep clear of: a reach strictly, districts if they can, regions not at all. */
  function outlines(s, item) {
    const area = s.areas.get(pm.map.areas[item.record.id]);
    const points = step => [].concat(...item.rings.map(ring => g.along(ring, step).map(q => q.point)));
    if (area.kept) return;
    area.kept = true;
    if (item.type !== 'reach') s.pale.push({ item });
    if (item.type === 'reach') s.marks.push(...points(7));
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
    const fill = most => pm.labels.wrap(line.text, most, width);
    let best = fill(limit);
    for (let most = limit - 8; most > limit / 2 && fill(most).length === best.length; most -= 8) best = fill(most);
    return best.map(text => ({ text, first: line.first }));
  }

  /** Read the texts of the records that have a mark. */
  async function create() {
    family = getComputedStyle(document.body).fontFamily;
    const drawn = store.records.slice(0, SPOKEN).filter(record => record.lon !== null);
    await Promise.all(drawn.map(async record => { details[record.row] = await store.detail(record.id); }));
  }

  pm.scene = { create, make, frame, noteOf, measure };
})(panjmap);
