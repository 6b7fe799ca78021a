'use strict';
/* What the timeline says: of a record, of a period, of the window, of a span without records. Pure but for the page's words. */
(pm => {
  const store = pm.store, day = (at, style) => pm.dates.format(at, style);

  const typeLabel = record => (store.page.symbols.types[record.type] || { label: '' }).label;

  function dateText(record) {
    if (record.end === null) return pm.text('timeline.or_later', { from: day(record.start, 'long') });
    const span = record.start === record.end ? day(record.start, 'long') : pm.text('timeline.between', { from: day(record.start, 'long'), to: day(record.end, 'long') });
    return record.open ? pm.text('timeline.assumed', { date: span }) : span;
  }

  const spoken = (record, partly) => [typeLabel(record), record.title, dateText(record), partly ? pm.text('timeline.partly_spoken') : '']
    .filter(Boolean).map(part => part.replace(/\.$/, '')).join('. ') + '.';

  /** Nov 2024, Nov to Dec 2025, Nov 2024 to Feb 2025, 2025. */
  function periodText({ from, to, unit }) {
    const [first, last] = [from, to].map(at => day(at, unit));
    if (first === last) return first;
    const year = ' ' + pm.dates.parts(to).year, bare = first.endsWith(year) && last.endsWith(year) ? first.slice(0, -year.length) : first;
    return pm.text('timeline.range', { from: bare, to: last });
  }

  function rangeText(axis, window) {
    const [from, to] = window || [axis.from, axis.to];
    return from === to ? pm.text('timeline.showing_day', { day: day(from, 'day') }) : pm.text('timeline.showing', { from: day(from, 'day'), to: day(to, 'day') });
  }

  /** What is said of a cut: the totals that reports give for it, else how long it is. */
  function gapWords(cut) {
    const told = store.page.timeline.totals.filter(([from, to]) => Math.min(to, cut.to) - Math.max(from, cut.from) >= 27).map(total => total[2]);
    return told.length ? [pm.text('timeline.gap'), ...told].join(' ') : pm.text('timeline.gap_months', { n: Math.round((cut.to - cut.from + 1) / 30.44) });
  }

  /** The same words with the months they are about, for the line below the drawing. */
  const gapBelow = (cut, text) => pm.text('timeline.gap_below', { from: day(cut.from, 'month'), to: day(cut.to, 'month'), text });

  pm.timeWords = { spoken, periodText, rangeText, gapWords, gapBelow };
})(panjmap);
