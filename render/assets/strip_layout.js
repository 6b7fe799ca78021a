'use strict';
/* The whole river strip in pixels, pure: ground, records and a width in, where everything stands out. Upright, the river
   runs from left (mouth) to right and time down; turned, for phones, the river flows down the page (source on top, mouth at
   the foot, Tajik bank on the left still) and time runs to the right. */
(pm => {
  const scale = pm.stripScale, place = pm.stripPlace, { wrap } = pm.labels;
  const LABELLED = 40, PILE = 3, CELL = [9, 14], PAD_DAYS = 2, TURNED_KM = 0.96, OUTSIDE = 12, COLUMN = 166, BAND_EDGE = 9;
  const UPRIGHT = { rows: 2, region: 18, district: 20, river: 22, town: 13 }, TURNED = { rows: 1, region: 0, district: 17, river: 13, town: 12 };

  const formOf = o => o.turned ? TURNED : o.folded ? Object.assign({}, UPRIGHT, { district: 30 }) : UPRIGHT;
  const textBox = (lines, size) => ({ lines, size, h: lines.length * (size + 3) });

  /** Ways to write the label of a record, best first. */
  function variants(label, turned, measure) {
    if (!label || !label[0]) return [];
    const size = turned ? 12 : 13, short = label[2] ? label.slice(2, 4) : label.slice(0, 2);
    const make = (pair, limit, cost) => {
      const lines = [].concat(...pair.filter(Boolean).map((text, i) => wrap(text, limit, t => measure(t, size, i ? 400 : 700)).map(line => ({ text: line, first: !i }))));
      return Object.assign(textBox(lines, size), { cost, w: Math.max(...lines.map(line => measure(line.text, size, line.first ? 700 : 400))) });
    };
    return turned ? [make(short, 400, 0), make(short, 104, 10), make(short, 78, 22), make(short.slice(0, 1), 104, 90)]
      : [make(label.slice(0, 2), 400, 0), make(short, 400, 14), make(short, 136, 24), make(short, 104, 34), make(short.slice(0, 1), 136, 90)];
  }

  /** Rows (upright) or columns (turned) across the river: what lies where along `v`, and where time begins. */
  function lanes(o, left) {
    const form = formOf(o), names = o.turned ? left : form.rows * 16 + 12;
    const cut = sizes => sizes.reduce((out, size) => out.concat(out[out.length - 1] + size), [names]);
    const at = cut([form.region, form.district, form.river, form.district, form.region]);
    return { names, tajikRegions: [at[0], at[1]], tajik: [at[1], at[2]], river: [at[2], at[3]], afghan: [at[3], at[4]], afghanRegions: [at[4], at[5]], end: at[5] };
  }

  /** Names of a bank's areas along the river, with their bars. */
  function bars(areas, bank, o, km, low, high) {
    const items = areas.filter(area => area.bank === bank).map(area => {
      const [from, to] = km.span(area.from, area.to), point = area.from === area.to, size = 11.5;
      const width = text => o.measure(text, size, 400), full = o.nameOf(area), parts = o.folded ? full.split(' ') : [];
      const names = [full, o.shortOf(area)].filter(Boolean).map(text => [text, width(text)]);
      if (parts.length === 2) names.splice(1, 0, [full, Math.max(...parts.map(width)), parts]);
      return { area, point, from: point ? from - 3 : from, to: point ? to + 3 : to, names, solid: true, beside: area.approximate, roam: false, tail: area.approximate && !point ? 10 : 0 };
    });
    return place.along(items, low, high, 4);
  }

  /** Whether names of districts need two lines: on a narrow strip, or where a bar would hold only half its name. */
  function folds(o) {
    return o.width < 900 || o.ground.districts.some(area => {
      const room = (area.to - area.from) * (o.width - 250) / o.ground.length - 4, words = o.nameOf(area).split(' '), width = text => o.measure(text, 11.5, 400);
      return words.length === 2 && width(words.join(' ')) > room && Math.max(...words.map(width)) < room;
    });
  }

  /** A single row for both on a small strip: regions fill it, their names go where no district is. */
  function merged(o, bank, km, low, high) {
    const districts = bars(o.ground.districts, bank, o, km, low, high);
    const regions = bars(o.ground.regions, bank, o, km, low, high).map(item => Object.assign(item, { text: undefined, solid: false, roam: true, beside: false }));
    const solid = districts.map(item => ({ from: Math.min(item.from, item.text ? item.at : item.from), to: Math.max(item.to, item.text ? item.at + item.width : item.to), names: [], solid: true }));
    place.along(solid.concat(regions), low, high, 5);
    return { districts, regions };
  }

  function ground(o, km, lane, low, high) {
    const sides = {};
    ['Tajik', 'Afghan'].forEach(bank => {
      sides[bank] = o.turned ? merged(o, bank, km, low, high)
        : { districts: bars(o.ground.districts, bank, o, km, low, high), regions: bars(o.ground.regions, bank, o, km, low, high) };
    });
    const size = lane.town, crossings = o.ground.crossings.filter(one => !o.ground.towns.some(town => town.rank <= 3 && Math.abs(town.km - one.km) < 3 && town.name === one.name));
    const named = bank => o.ground.towns.filter(town => town.rank <= 3 && town.bank === bank).map(town => ({ place: town, weight: town.rank === 2 ? 700 : 600 }))
      .concat(crossings.filter(one => one.bank === bank).map(one => ({ place: one, weight: 400, crossing: true })))
      .concat(o.ground.towns.filter(town => town.rank > 3 && town.bank === bank).map(town => ({ place: town, weight: 400 })))
      .map(item => Object.assign(item, { text: o.nameOf(item.place), u: km.u(item.place.km), size: item.weight === 400 ? 12 : size }))
      .filter(item => item.text)
      .map(item => Object.assign(item, { width: o.measure(item.text, item.size, item.weight), height: item.size + 2 }));
    return { sides, named };
  }

  /** Records outside the axes: symbol and words in one column, or in columns under the strip. */
  function aside(o, records, left, top, width, columns) {
    const size = 12, items = [], ends = Array(columns).fill(top), cell = (width - (columns - 1) * 18) / columns, shown = records.slice(0, records.length > OUTSIDE ? OUTSIDE - 1 : OUTSIDE);
    shown.forEach(record => {
      const at = ends.indexOf(Math.min(...ends)), x = left + at * (cell + 18), y = ends[at], note = o.noteOf(record);
      const fold = (words, first) => wrap(words, cell - 40, text => o.measure(text, size, first ? 700 : 400)).map(text => ({ text, first }));
      const lines = [].concat(...note.beside.map((words, i) => fold(words, !i)));
      const h = Math.max(30, lines.length * (size + 3)), rect = [x, y, x + cell, y + h + 6];
      items.push({ record, token: [x + 16, y + 18], lines, size, x: x + 36, y: y + 3, rect });
      ends[at] = y + h + 14;
    });
    return { items, more: records.length - shown.length, moreAt: [left, Math.max(...ends) + 10], bottom: Math.max(...ends) + (records.length > shown.length ? 16 : 0) };
  }

  /** options: width, turned, records (all that may be drawn), many (cells instead of boxes), ground, links, and what words need:
      measure(text, size, weight), nameOf(place), shortOf(place), noteOf(record) -> {label, beside}, pileLabel(records), format(day, style), gap(cut), below(cut, words), texts. */
  function layout(options) {
    const o = Object.assign({ folded: !options.turned && folds(options) }, options), split = scale.split(o.records), column = !o.turned && o.width >= 900 && split.outside.length > 0;
    const left = o.turned ? 112 : (column ? COLUMN : 0) + (o.width < 900 ? 84 : 92), lane = Object.assign({}, formOf(o), lanes(o, left));
    const high = o.width - (o.turned ? 4 : 14), low = o.turned ? 58 : left, long = Math.round(o.ground.length * TURNED_KM);
    const km = o.turned ? scale.kmScale(o.ground.length, low + long, low) : scale.kmScale(o.ground.length, left, high);
    const [u0, u1] = o.turned ? [low, low + long] : [left, high], v0 = o.turned ? lane.end + 7 : lane.end + 66;
    const pad = o.turned ? 0 : PAD_DAYS, spans = split.inside.map(record => scale.days(record)).map(([from, to]) => [from - pad, to + pad]);
    const deep = !spans.length ? 0 : o.turned ? high - v0 - 12 : Math.max(250, Math.min(520, 190 + 38 * split.inside.length));
    const axis = pm.timeAxis.axis(spans, deep, { format: o.format, charPx: 6.4 }), v1 = v0 + deep;
    const rect = (from, to, top, bottom) => o.turned ? [top, from, bottom, to] : [from, top, to, bottom];
    const plot = rect(u0, u1, v0, v1), out = { o, width: o.width, turned: o.turned, lane, km, axis, v0, v1, u0, u1, plot, rect, many: o.many,
      ground: ground(o, km, lane, u0, u1), days: [], cuts: [], below: [], items: [], links: [], cells: [], broad: [], inside: split.inside, outside: split.outside };
    out.days = o.turned ? axis.ticks.filter(tick => tick.major).map(tick => ({ v: v0 + tick.x, at: tick.anchor === 'end' ? v1 : v0 + tick.x, text: tick.label, end: tick.anchor === 'end' }))
      : scale.dayTicks(axis, 18).map(tick => ({ v: v0 + tick.v, text: o.format(tick.day, tick.style), major: tick.style === 'day' || pm.dates.parts(tick.day).month === 1 }));
    const taken = [], soft = [];
    out.cuts = axis.cuts.map(cut => cutOf(out, cut, taken, soft));
    marks(out, taken, soft);
    out.bottom = (o.turned ? u1 + 12 : v1 + 14) + 8;
    out.notes = [].concat(...out.below.map(words => wrap(words, o.width - (o.turned ? 0 : left), text => o.measure(text, 12.5, 400))))
      .map((text, i) => ({ text, x: o.turned ? 0 : left, y: out.bottom + 16 + i * 16 }));
    if (out.notes.length) out.bottom = out.notes[out.notes.length - 1].y;
    if (split.outside.length) {
      const top = column ? v0 - 4 : out.bottom + 34;
      out.aside = aside(o, split.outside, 0, top, column ? COLUMN - 14 : o.width, column ? 1 : Math.max(1, Math.floor(o.width / 250)));
      out.aside.heading = [0, top - 12];
      out.aside.column = column;
      out.bottom = Math.max(out.bottom, out.aside.bottom);
    }
    out.height = Math.ceil(out.bottom);
    return out;
  }

  /** A stretch of time that is left out, as a band with its sentence; where that is too long for the band, with its first
      words, and the whole below the strip. */
  function cutOf(out, cut, taken, soft) {
    const { o } = out, [from, to] = [out.v0 + cut.x0, out.v0 + cut.x1], band = out.rect(out.u0, out.u1, from, to), long = out.u1 - out.u0, size = 12.5;
    const width = text => o.measure(text, size, 400), room = Math.max(1, Math.floor((to - from - 4) / (size + 3))), whole = o.gap(cut);
    let lines = wrap(whole, long * (out.turned ? 0.4 : 0.96), width);
    if (lines.length > (out.turned ? 1 : room)) {
      lines = wrap(whole.split('. ')[0].replace(/\.?$/, '.'), long * 0.6, width).slice(0, room);
      out.below.push(o.below(cut, whole));
    }
    const w = Math.max(...lines.map(width)), h = lines.length * (size + 3), middle = (from + to) / 2, at = out.u0 + long / 2;
    if (out.turned) {
      taken.push(out.rect(at - w / 2 - 4, at + w / 2 + 4, middle - h / 2, middle + h / 2));
      soft.push({ box: band, cost: 12 });
    } else taken.push([band[0], band[1] + BAND_EDGE, band[2], band[3] - BAND_EDGE]);
    return { band, lines, size, u: at, v: middle - h / 2 };
  }

  /** Count the records that are shown into cells. */
  function count(out) {
    const found = scale.cells(out.inside.filter(record => out.o.isShown(record)), out.km, out.axis, out.turned ? CELL.slice().reverse() : CELL);
    ['cells', 'broad'].forEach(name => { out[name] = found[name].map(cell => Object.assign(cell, { box: out.move(cell) })); });
    out.step = found.step;
  }

  /** Boxes with their symbols beside them; or, of many, cells. */
  function marks(out, taken, soft) {
    const { o, turned } = out, move = box => out.rect(box.u[0], box.u[1], out.v0 + box.v[0], out.v0 + box.v[1]);
    out.move = move;
    if (o.many) { count(out); return; }
    const piles = scale.piles(out.inside, PILE), labelled = piles.length <= LABELLED, r = turned ? 10 : 13;
    out.radius = r;
    out.items = piles.map(records => {
      const record = records[0], found = scale.box(record, out.km, out.axis), pile = records.length > 1;
      return { record, records, box: move(found), open: found.open, turned, form: scale.isSpot(record) ? 'spot' : record.precision,
        variants: pile ? variants(o.pileLabel(records), turned, o.measure) : labelled ? variants(o.noteOf(record).label, turned, o.measure) : [] };
    });
    const order = ['spot', 'reach', 'district', 'region'], view = [out.plot[0] - (turned ? 2 : 0), out.plot[1] - 6, out.plot[2] + 12, out.plot[3] + 6];
    place.beside(out.items.slice().sort((a, b) => order.indexOf(a.form) - order.indexOf(b.form)), r, view, taken, soft);
    const words = o.texts.same, size = 12, w = o.measure(words, size, 400) + 4, byId = Object.create(null);
    out.items.forEach(item => item.records.forEach(record => { byId[record.id] = item; }));
    o.links.forEach(([a, b]) => {
      const [p, q] = [byId[a], byId[b]];
      if (!p || !q || p === q || !p.token || !q.token) return;
      const way = place.link(p.token, q.token, r, w, size + 4, view, taken, out.items.map(item => item.box));
      if (way) out.links.push(Object.assign(way, { colour: p.record.colour, pair: [a, b], words }));
    });
  }

  pm.stripLayout = { layout, count };
})(panjmap);
