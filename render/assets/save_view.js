'use strict';
/* Save this view: one sheet of what is seen, as a standalone SVG. Always in light colours, since it goes into reports; a map
   narrower than 800 px is laid out anew at 1,000, with the same ground in view. */
(pm => {
  const { store } = pm, { all, byId } = pm.dom, { make, frozen, defs } = pm.savedStyle, { paragraph } = pm.savedText;
  const LEAST = 800, WIDE = 1000, HIGH = 640, MARGIN = 26, GAP = 28, ICON = 26, NAMED = 6;
  /* Entries of the key that stand for marks without a layer: drawn if one of these is on the map. */
  const SIGNS = { '#sw-leader': '.leader', '#sw-same': '.same', '#sw-disc': '.disc', '#sw-partly': '.partly', '#sw-circle': '.cell-ring',
    '#sw-cell-area': '.of-area', '#sw-cell-operation': '.cell-line.c-operation', '#sw-cell-measure': '.cell-line.c-measure' };
  const DRAWN = ['attack', 'state_operation', 'measure'];

  const said = selector => all(selector).map(node => node.textContent.replace(/\s+/g, ' ').trim()).filter(Boolean);

  /* ---- what there is to say */

  /** Shown records of the kinds that a map can hold: in view, outside it, without a place; and
      those that are never drawn. Ids. */
  function whereabouts() {
    const out = { seen: [], outside: [], nowhere: [], listed: [] }, bounds = pm.map.map.getBounds();
    store.records.filter(record => store.isShown(record.id)).forEach(record => {
      if (!DRAWN.includes(record.kind)) { out.listed.push(record.id); return; }
      const area = pm.map.areas[record.id];
      if (!area && record.lon === null) { out.nowhere.push(record.id); return; }
      const points = area ? [].concat(...area.polygons.map(rings => rings[0])) : [[record.lon, record.lat]];
      const box = pm.geometry.boxOf(points), seen = bounds.intersects([[box[1], box[0]], [box[3], box[2]]]);
      out[seen ? 'seen' : 'outside'].push(record.id);
    });
    return out;
  }

  /** Whether an entry of the page's legend stands for something on this picture. */
  function isDrawn(entry, seen) {
    const layer = store.page.layers.find(other => other.id === entry.dataset.layer), use = all('use', entry)[0], href = use ? use.getAttribute('href') : '';
    if (entry.closest('[hidden]') || entry.classList.contains('off')) return false;
    if (layer) return layer.records ? layer.records.some(id => seen.includes(id)) : true;
    if (/^#sym-/.test(href)) return seen.some(id => store.byId[id].precision === href.split('-').pop());
    const sign = SIGNS[href];
    return !sign || all('.symbols ' + sign).length > 0;
  }

  const legend = seen => all('#legend .legend-part').map(part => ({
    heading: all('h2', part).map(node => node.textContent).join(' '),
    entries: all('li', part).filter(entry => isDrawn(entry, seen)).map(entry => ({ sign: entry.firstElementChild,
      label: all('.legend-label', entry).map(node => node.textContent).join(' '), note: all('.note', entry).map(node => node.textContent).join(' ') }))
  })).filter(part => part.entries.length);

  function titles(ids) {
    const some = ids.slice(0, NAMED).map(id => store.byId[id].title).join('; ');
    return ids.length > NAMED ? pm.text('save.more', { some, n: ids.length - NAMED }) : some;
  }

  /** Lines under the map: what is not on it, who reported, whose ground it is. */
  function footnotes(where) {
    const reports = store.facets.find(facet => facet.id === 'source'), column = store.table.columns.source, used = new Set();
    store.records.filter(record => store.isShown(record.id)).forEach(record => column.get(record.row).forEach(id => used.add(id)));
    const names = reports.values.filter(value => used.has(value.id)).map(value => value.label).join('; ');
    return [
      where.nowhere.length && [pm.text('save.nowhere'), titles(where.nowhere) + '.'],
      where.outside.length && [pm.text('save.outside'), pm.text('count.records', { n: where.outside.length }) + '.'],
      where.listed.length && [pm.text('save.listed'), pm.text('count.records', { n: where.listed.length }) + '.'],
      names && [pm.text('save.reports'), names + '.'],
      ['', said('[data-save=credit]').reverse().join(' ')],
      ...said('[data-save=note]').map(text => ['', text])
    ].filter(Boolean);
  }

  const today = () => {
    const now = new Date();
    return pm.dates.format(pm.dates.fromParts(now.getFullYear(), now.getMonth() + 1, now.getDate()), 'day');
  };

  /* ---- the sheet */

  /** Puts things under each other on a sheet of a width; `y` is where the next one goes. */
  function makeSheet(width, ink) {
    const sheet = { y: MARGIN - 4, width, inner: width - 2 * MARGIN, nodes: [], ink };
    sheet.say = (runs, look, x, wide) => {
      const made = paragraph(runs, x === undefined ? MARGIN : x, sheet.y, wide || sheet.inner, look);
      if (made.node) sheet.nodes.push(made.node);
      sheet.y += made.height + (look.after || 0);
    };
    sheet.rule = (x, wide, colour, thick) => sheet.nodes.push(make('path', { d: 'M' + Math.round(x * 10) / 10 + ' ' + sheet.y + 'h' + Math.round(wide * 10) / 10, stroke: ink(colour), 'stroke-width': thick, fill: 'none' }));
    return sheet;
  }

  /** Blocks beside each other, as many as fit, the next one always in the shortest column; `block(part, x, wide)` writes one. */
  function beside(sheet, parts, least, block) {
    const columns = Math.max(1, Math.min(parts.length, Math.floor((sheet.inner + GAP) / (least + GAP)))), wide = (sheet.inner - GAP * (columns - 1)) / columns;
    const ends = new Array(columns).fill(sheet.y);
    parts.forEach(part => {
      const column = ends.indexOf(Math.min(...ends));
      sheet.y = ends[column];
      block(part, MARGIN + column * (wide + GAP), wide);
      ends[column] = sheet.y;
    });
    sheet.y = Math.max(...ends);
  }

  function head(sheet) {
    const { ink } = sheet, filtered = pm.share.summary();
    sheet.say([{ text: store.page.title, weight: 700, fill: ink('ink') }], { size: 27, leading: 33, most: 4, after: 5, even: true });
    said('.deck').forEach(text => sheet.say([{ text, weight: 600, fill: ink('ink2') }], { size: 15, leading: 20, most: 4, after: 9, even: true }));
    if (filtered) {
      sheet.say([{ text: filtered, weight: 600, fill: ink('ink') }], { size: 15, leading: 20, most: 6, after: 14, even: true });
      return;
    }
    beside(sheet, all('.counts li'), 270, (item, x, wide) => {
      const strong = all('strong', item)[0], first = strong ? strong.textContent : '', rest = item.textContent.replace(first, '').trim();
      sheet.rule(x, wide, 'ink', 1.6);
      sheet.y += 6;
      sheet.say([{ text: first, weight: 700, fill: ink('ink') }], { size: 15.5, leading: 20, even: true }, x, wide);
      sheet.say([{ text: rest, fill: ink('ink2') }], { size: 13.5, leading: 18, after: 12 }, x, wide);
    });
  }

  function key(sheet, parts, patterns) {
    const { ink } = sheet;
    beside(sheet, parts, 250, (part, x, wide) => {
      sheet.say([{ text: part.heading, weight: 700, fill: ink('ink') }], { size: 14, leading: 22 }, x, wide);
      part.entries.forEach(entry => {
        const top = sheet.y, sign = entry.sign && entry.sign.localName === 'svg' ? frozen(entry.sign, patterns) : null, square = entry.sign && entry.sign.classList.contains('token');
        sheet.y += 3.5;
        sheet.say([{ text: entry.label, fill: ink('ink') }, { text: entry.note, fill: ink('ink2') }], { size: 13, leading: 16.5, most: 6, after: 3.5 }, x + 46, wide - 46);
        sheet.y = Math.max(sheet.y, top + ICON);
        if (sign) sheet.nodes.push(make('g', { transform: 'translate(' + (x + (square ? 5 : 0)) + ' ' + (square ? top - 1 : top + 3) + ') scale(' + (square ? ICON / 36 : 1) + ')' }, sign));
      });
      sheet.y += 10;
    });
  }

  function foot(sheet, where) {
    const { ink } = sheet, look = { size: 12.5, leading: 17, most: 5, after: 3 };
    sheet.rule(MARGIN, sheet.inner, 'rule', 1);
    sheet.y += 9;
    footnotes(where).forEach(([name, text]) => sheet.say([{ text: name, weight: 700, fill: ink('ink') }, { text, fill: ink('ink2') }], look));
    said('[data-save=boundary]').forEach(text => sheet.say([{ text, weight: 700, fill: ink('ink2') }], look));
    sheet.say([{ text: [...said('[data-save=version]'), pm.text('save.saved', { date: today() })].join(' '), fill: ink('ink2') }], look);
    const place = pm.share.place();
    if (place) sheet.say([{ text: pm.text('save.place', { place }), fill: ink('ink2') }], Object.assign({}, look, { most: 4 }));
    sheet.y += MARGIN - 12;
  }

  function compose(map) {
    const width = Number(map.getAttribute('width')), height = Number(map.getAttribute('height')), sheet = makeSheet(width, pm.savedStyle.palette()), where = whereabouts(), patterns = new Set();
    head(sheet);
    const signs = all('defs', map)[0], picture = make('g', { transform: 'translate(0 ' + sheet.y + ')' }, ...[...map.childNodes].filter(node => node !== signs));
    sheet.nodes.push(picture);
    sheet.rule(0, width, 'rule2', 1);
    sheet.y += height;
    sheet.rule(0, width, 'rule2', 1);
    sheet.y += 14;
    key(sheet, legend(where.seen), patterns);
    foot(sheet, where);
    const high = Math.ceil(sheet.y), known = all('pattern', signs).map(node => node.id);
    signs.append(...[...defs(patterns).childNodes].filter(node => !known.includes(node.id)));
    return make('svg', { width, height: high, viewBox: '0 0 ' + width + ' ' + high, role: 'img', 'font-family': map.getAttribute('font-family') },
      make('title', {}, store.page.title), make('desc', {}, [...said('.deck'), pm.share.summary() || said('.counts li').join('. ')].join(' ')),
      signs, make('rect', { width, height: high, fill: sheet.ink('paper') }), ...sheet.nodes);
  }

  /** The whole sheet as an SVG element. */
  function sheet() {
    const size = pm.map.map.getSize(), [width, height] = size.x < LEAST ? [WIDE, HIGH] : [size.x, size.y];
    return pm.savedStyle.inLight(() => pm.savedMap.atSize(width, height, () => compose(pm.savedMap.drawn())));
  }

  /** The map part alone, at a size in pixels or as it is; always light. */
  function svg(wanted) {
    const size = pm.map.map.getSize(), { width, height } = Object.assign({ width: size.x, height: size.y }, wanted);
    return pm.savedStyle.inLight(() => pm.savedMap.atSize(width, height, pm.savedMap.drawn));
  }

  const text = node => '<?xml version="1.0" encoding="UTF-8"?>\n' + new XMLSerializer().serializeToString(node) + '\n';

  pm.saveView = { svg, sheet, text };
})(panjmap);
