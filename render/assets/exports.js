'use strict';
/* What is shown as a table (CSV) and as features (GeoJSON). Pure: records, their details and areas in, text out. Numbers of
   victim groups are never added up; no place is finer than what is drawn. */
(pm => {
  const { csv, feature, collection } = pm.rows;
  const iso = day => day === null ? null : pm.dates.iso(day);
  const unique = list => [...new Set(list.filter(Boolean))];
  const outlets = detail => detail.attributes.flatMap(entry => entry.statements.flatMap(statement => statement.said.flatMap(voice => voice.outlets)));
  const differing = detail => detail.attributes.filter(entry => entry.differ).map(entry => entry.label);

  /** Lowest and highest number where there is one victim group; with several there is no such number. */
  const span = (fact, end) => fact && fact.counts.length === 1 ? fact.counts[0][end] : null;
  /** “civilian 1–2”; + stands for “or more”. */
  const groups = fact => fact ? fact.counts.map(count => count.group + ' ' + [...new Set([count.low, count.high].filter(number => number !== null))].join('–') + (count.or_more ? '+' : '')) : [];

  /** Everything one row says, by name of column. `one` is {record, detail, area, partly, link}. */
  function facts({ record, detail, area, partly, link }) {
    const point = !area && record.lon !== null, where = detail.where;
    return {
      id: record.id, kind: record.kind, type: record.type || null, what: detail.type_label, title: detail.title,
      date: detail.when.text, date_start: iso(record.start), date_end: iso(record.end),
      date_start_assumed: record.start === null ? null : (record.open & 1) === 1, date_end_assumed: record.end === null ? null : (record.open & 2) === 2,
      dates_partly_in_window: Boolean(partly),
      place: where.text || null, precision: record.precision, precision_label: where.precision || null, uncertainty_km: record.uncertainty === null ? null : record.uncertainty / 1000,
      longitude: point ? record.lon : null, latitude: point ? record.lat : null, drawn_as: area ? 'area' : point ? 'point' : 'none',
      placed_how: where.how || null,
      bank: record.bank || null, river_km_from: record.river ? record.river[0] : null, river_km_to: record.river ? record.river[1] : null,
      killed: detail.killed ? detail.killed.text : null, killed_low: span(detail.killed, 'low'), killed_high: span(detail.killed, 'high'), killed_by_group: groups(detail.killed), who_was_killed: detail.killed ? detail.killed.who : null,
      injured: detail.injured ? detail.injured.text : null, injured_low: span(detail.injured, 'low'), injured_high: span(detail.injured, 'high'), injured_by_group: groups(detail.injured),
      reports: unique(outlets(detail).map(outlet => outlet.name)), links: unique(outlets(detail).map(outlet => outlet.url)), reports_differ_on: differing(detail), may_be_same_as: detail.same_as.map(other => other.id), permalink: link
    };
  }

  /** One row a record; no record, no row. */
  function table(found) {
    const rows = found.map(facts), header = rows.length ? Object.keys(rows[0]) : ['id'];
    return csv(header, rows.map(row => header.map(name => row[name])));
  }

  /** Features by RFC 7946, in the order of the list; what is not located has no geometry. `about` says what the file is. */
  function features(found, about) {
    const list = found.map(one => {
      const { id, ...properties } = facts(one);
      return feature(one.record, one.area, Object.assign(properties, { killed_counts: one.detail.killed ? one.detail.killed.counts : [], injured_counts: one.detail.injured ? one.detail.injured.counts : [] }));
    });
    return JSON.stringify(collection(list, about), null, 1) + '\n';
  }

  pm.exports = { table, features };
})(panjmap);
