'use strict';
/* What is on the page as tables and features for other programs: CSV, GeoJSON, names of files. Pure; nothing is saved here. */
(pm => {
  const UNITS = 10000, LONGEST = 80;

  /* A spreadsheet takes a text that begins like this for a formula: full-width signs, blanks and quotes before it included, so
     that the apostrophe can be taken off again without a doubt. The same rules as in render/csv_text.py. */
  const FORMULA = /^(?:[\s\u0000-\u0020\u200b-\u200f\ufeff'"]*[=+\-@\uff1d\uff0b\uff0d\uff20]|'*[\t\r])/;
  /* The same after a character that some spreadsheets part cells by, whatever the quotes say. */
  const INNER = /([;\t\r\n])(?=[\s\u0000-\u0020\u200b-\u200f\ufeff'"]*[=+\-@\uff1d\uff0b\uff0d\uff20])/g;

  /** One cell: numbers as they are, nothing for null; a text that a spreadsheet would run gets an apostrophe in front. */
  function cell(value) {
    if (value === null || value === undefined) return '';
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    const text = (Array.isArray(value) ? value.join('; ') : String(value)).replace(INNER, '$1\'');
    const safe = FORMULA.test(text) ? '\'' + text : text;
    return /[",\r\n;\t]|^\s|\s$/.test(safe) ? '"' + safe.replace(/"/g, '""') + '"' : safe;
  }

  /** Header and rows of cells -> CSV (RFC 4180): commas, CRLF, a byte order mark so that a spreadsheet reads UTF-8. */
  const csv = (header, rows) => '\ufeff' + [header, ...rows].map(row => row.map(cell).join(',') + '\r\n').join('');

  /** A name for a file that every system takes: letters, digits, dot, hyphen, underscore. */
  function fileName(text, ending) {
    const plain = text.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').replace(/[^A-Za-z0-9._-]+/g, '-').replace(/\.{2,}/g, '.');
    const bare = plain.replace(/^[-.]+/, '').slice(0, LONGEST).replace(/[-.]+$/, '');
    return (/^(con|prn|aux|nul|com\d|lpt\d)?$/i.test(bare.split('.')[0]) ? 'panjmap-' + bare : bare).replace(/-$/, '') + '.' + ending;
  }

  /** A ring of whole steps (see render/outlines.py) -> closed ring of [lon, lat]. */
  function ring(steps) {
    const out = [];
    for (let i = 0, x = 0, y = 0; i < steps.length; i += 2) out.push([(x += steps[i]) / UNITS, (y += steps[i + 1]) / UNITS]);
    const [first, last] = [out[0], out[out.length - 1]];
    return first[0] === last[0] && first[1] === last[1] ? out : [...out, first.slice()];
  }

  const turn = points => points.reduce((sum, [x, y], i) => {
    const next = points[(i + 1) % points.length];
    return sum + x * next[1] - next[0] * y;
  }, 0);

  /** RFC 7946: outer rings run against the clock, inner ones with it. */
  const wound = (points, outer) => turn(points) > 0 === outer ? points : points.slice().reverse();

  /** Where a record is drawn: its areas, its point, or null. The anchor of an area's symbol is no place, so it is left out. */
  function geometry(record, area) {
    if (area) {
      return { type: 'MultiPolygon', coordinates: area.polygons.map(rings => rings.map((steps, i) => wound(ring(steps), i === 0))) };
    }
    return record.lon === null ? null : { type: 'Point', coordinates: [record.lon, record.lat] };
  }

  const feature = (record, area, properties) => ({ type: 'Feature', id: record.id, geometry: geometry(record, area), properties });
  const collection = (features, more) => Object.assign({ type: 'FeatureCollection' }, more, { features });

  pm.rows = { cell, csv, fileName, geometry, feature, collection };
})(panjmap);
