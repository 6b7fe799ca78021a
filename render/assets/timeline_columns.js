'use strict';
/* Many records: stacked columns a week (or longer) in class colours, attacks and measures never in one column.
   All records stand pale; those that filters let through stand full above them, cut to the window by one rectangle. */
(pm => {
  const { svg, tenth: n } = pm.dom, HEAD = 19, TALL = 64, COLUMN_PX = 4;

  /** What one drawing needs: bins, days and classes of the records, heights. */
  function plan(marks, axis) {
    const colours = [...new Set(marks.map(mark => mark.colour))].sort(), made = pm.timeAxis.edges(axis, COLUMN_PX);
    const bands = [0, 1].map(band => {
      const mine = marks.filter(mark => mark.band === band);
      return { band, marks: mine, starts: Float64Array.from(mine, mark => mark.start), ends: Float64Array.from(mine, mark => mark.end === null ? mark.start : mark.end),
        classes: Uint8Array.from(mine, mark => colours.indexOf(mark.colour)) };
    }).filter(band => band.marks.length);
    let most = 0, y = 0;
    bands.forEach(band => {
      band.all = sums(band, made.bins, colours);
      made.bins.forEach((_, bin) => { most = Math.max(most, colours.reduce((sum, __, k) => sum + band.all[bin * colours.length + k], 0)); });
      Object.assign(band, { top: y, base: y + HEAD + TALL });
      y += HEAD + TALL + 12;
    });
    most = Math.max(1, Math.ceil(most - 1e-9));
    return { axis, colours, bins: made.bins, unit: made.unit + (made.step > 1 ? made.step : ''), bands, height: y, most, step: TALL / most };
  }

  const sums = (band, bins, colours, keep) => pm.timeAxis.columns(bins, band.starts, band.ends, band.classes, colours.length, keep);

  /** One path a colour. */
  function paths(made, band, counts) {
    const { axis, colours, bins, step } = made, out = colours.map(() => '');
    bins.forEach((bin, i) => {
      const x0 = axis.x(bin.from), x1 = axis.x(bin.to + 1), gap = x1 - x0 > 3 ? 0.5 : 0;
      let y = band.base;
      colours.forEach((_, k) => {
        const tall = counts[i * colours.length + k] * step;
        if (!tall) return;
        out[k] += 'M' + n(x0 + gap) + ' ' + n(y) + 'V' + n(y - tall) + 'H' + n(x1 - gap) + 'V' + n(y) + 'Z';
        y -= tall;
      });
    });
    return out;
  }

  /** The columns of a plan: {nodes, filter(keep by record row), clip(x0, x1)}. */
  function draw(made, clipId) {
    const window = svg('rect', { x: -50, y: -20, width: made.axis.length + 100, height: made.height + 20 });
    const all = svg('g', { class: 'columns-all' }), shown = svg('g', { 'clip-path': 'url(#' + clipId + ')' }), live = [];
    made.bands.forEach(band => {
      all.append(svg('path', { class: 'base', d: 'M0 ' + (band.base + 0.5) + 'H' + n(made.axis.length) }));
      paths(made, band, band.all).forEach((d, k) => {
        all.append(svg('path', { class: 'column c-' + made.colours[k], d }));
        const node = svg('path', { class: 'column c-' + made.colours[k], d });
        live.push({ band, k, node });
        shown.append(node);
      });
    });
    return {
      nodes: [svg('clipPath', { id: clipId }, window), all, shown],
      clip(x0, x1) {
        window.setAttribute('x', n(x0));
        window.setAttribute('width', n(Math.max(0, x1 - x0)));
      },
      filter(passes) {
        made.bands.forEach(band => {
          const keep = Uint8Array.from(band.marks, mark => passes(mark.row) ? 1 : 0), drawn = paths(made, band, sums(band, made.bins, made.colours, keep));
          live.filter(one => one.band === band).forEach(one => { one.node.setAttribute('d', drawn[one.k]); });
        });
      }
    };
  }

  /** Where one record stands above the columns: a line over its days. */
  function pick(made, id) {
    const band = made.bands.find(one => one.marks.some(mark => mark.id === id));
    if (!band) return null;
    const mark = band.marks.find(one => one.id === id), x0 = made.axis.x(mark.start), x1 = made.axis.x((mark.end === null ? mark.start : mark.end) + 1), middle = (x0 + x1) / 2;
    const y = band.top + HEAD - 2;
    return 'M' + n(x0) + ' ' + y + 'H' + n(Math.max(x1, x0 + 2)) + 'M' + n(middle - 5) + ' ' + (y - 6) + 'L' + n(middle) + ' ' + y + 'L' + n(middle + 5) + ' ' + (y - 6) + 'Z';
  }

  pm.timeColumns = { plan, draw, pick };
})(panjmap);
