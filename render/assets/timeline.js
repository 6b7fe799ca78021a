'use strict';
/* The timeline: draws marks or columns on the cut axis, ties them to the store, and keeps the brush, the periods and the
   lines above and below in step. A change of the window moves handles and classes; only a new width draws again. */
(pm => {
  const store = pm.store, { spoken, periodText, rangeText, gapWords, gapBelow } = pm.timeWords, { html, svg, byId, all, button, token, tenth: n } = pm.dom, { HEAD } = pm.timeMarks;
  const PAD = 25, TOP = 4, TRACK = 12, FOOT = 36, PERIODS = 5;
  const BANDS = ['attacks', 'others'];
  let every = [], dated = [], undated = [], now = null, dirty = false;

  const measure = text => pm.scene.measure(text, 12, 400) * 1.02;

  /* ---- drawing */

  function frame(axis, height, track) {
    const g = svg('g', { class: 'axis', 'aria-hidden': 'true' });
    axis.ticks.forEach(tick => {
      if (tick.x > 1) g.append(svg('path', { class: tick.major ? 'grid' : 'tick', d: 'M' + n(tick.x) + ' ' + (tick.major ? 0 : track + 6) + 'V' + (track + (tick.major ? 14 : 9)) }));
      if (tick.label) g.append(svg('text', { class: 'when', x: tick.anchor === 'end' ? axis.length : n(tick.x), y: track + 27, 'text-anchor': tick.anchor }, tick.label));
    });
    axis.cuts.forEach(cut => {
      const x = (cut.x0 + cut.x1) / 2, line = at => 'M' + n(at - 3) + ' ' + (track + 10) + 'L' + n(at + 3) + ' ' + (track - 10);
      g.append(svg('rect', { class: 'cut', x: n(cut.x0), y: 0, width: n(cut.x1 - cut.x0), height: track - 12 }), svg('path', { class: 'slash', d: line(x - 3.5) + line(x + 3.5) }));
    });
    return g;
  }

  /** Words of the gaps: in the drawing where there is a free place, else for the line below. */
  function gaps(axis, taken, height) {
    const nodes = [], below = [];
    axis.cuts.forEach(cut => {
      const text = gapWords(cut), place = taken && pm.timeMarks.gapText(text, cut, taken, height, axis.length, measure);
      if (place) {
        taken.push(place.box);
        nodes.push(svg('text', { class: 'gap', 'text-anchor': 'middle' }, ...place.lines.map((line, i) => svg('tspan', { x: n(place.x), y: n(place.y + 15 * i) }, line))));
      } else below.push(gapBelow(cut, text));
    });
    return { nodes, below };
  }

  /** A whole drawing for a width; `still` without handles and buttons. */
  function draw(width, still) {
    const spans = dated.map(mark => [mark.start, mark.end]), length = width - 2 * PAD;
    let axis = pm.timeAxis.axis(spans, length), columns = null;
    const marks = dated.length <= store.page.timeline.marks ? pm.timeMarks.plan(dated, axis, measure) : null;
    if (!marks) {
      axis = pm.timeAxis.axis(spans, length, { even: true });
      columns = pm.timeColumns.plan(dated, axis);
    }
    const made = marks || columns, track = made.height + TRACK, height = TOP + track + FOOT;
    const title = band => pm.text('timeline.' + BANDS[band.band]) + (columns ? ', ' + pm.text('timeline.per_' + columns.unit) : '');
    const titles = made.bands.map(band => svg('text', { class: 'band', x: 0, y: band.top + 13, 'aria-hidden': columns ? 'true' : null }, title(band)));
    const words = gaps(axis, marks && pm.timeMarks.boxesOf(marks, made.bands.map(band => measure(title(band)) * 1.1)), made.height);
    const plot = svg('g', { transform: 'translate(' + PAD + ' ' + TOP + ')' }, frame(axis, height, track), ...titles, ...words.nodes);
    const root = svg('svg', { class: 'time-svg', width, height, viewBox: '0 0 ' + width + ' ' + height }, plot), out = { root, axis, marks, columns, nodes: [], below: words.below };
    if (marks) {
      made.bands.forEach(band => band.items.forEach(item => out.nodes.push(pm.timeMarks.node(item, spoken(item.mark), still))));
      plot.append(...out.nodes);
    } else {
      out.drawn = pm.timeColumns.draw(columns, 'time-window-' + (still ? 'still' : 'live'));
      out.pick = svg('path', { class: 'pick' });
      out.hover = svg('path', { class: 'pick hover' });
      plot.append(svg('g', { role: 'img', 'aria-label': pm.text('timeline.columns', { n: dated.length }) }, ...out.drawn.nodes, scaleOf(columns)), out.hover, out.pick);
    }
    if (!still) {
      out.brush = pm.timeBrush.create({ axis, track, root, origin: PAD, change: window => store.set('window', window) });
      plot.append(...out.brush.nodes);
    }
    return out;
  }

  /** What the upper line stands for. */
  function scaleOf(columns) {
    const g = svg('g', { 'aria-hidden': 'true' });
    columns.bands.forEach(band => {
      const y = band.top + HEAD + 0.5;
      g.append(svg('path', { class: 'grid', d: 'M0 ' + y + 'H' + n(columns.axis.length) }), svg('text', { class: 'when most', x: columns.axis.length, y: y + 12, 'text-anchor': 'end' }, columns.most));
    });
    return g;
  }

  /* ---- state to drawing */

  function placeWindow(made, window) {
    const { axis } = made, [from, to] = window || [axis.from, axis.to];
    if (made.brush) made.brush.place(window);
    if (made.drawn) made.drawn.clip(axis.x(from), axis.x(to + 1));
  }

  /** Classes of marks follow the mask; `all` does every mark, else only those whose value changed. */
  function maskMarks(nodes, live) {
    const { mask } = store.shown;
    nodes.forEach(node => {
      const record = store.byId[node.dataset.mark], value = mask[record.row];
      if (node.dataset.value === String(value)) return;
      node.dataset.value = value;
      node.classList.toggle('out', value === 0);
      node.classList.toggle('partly', value === 2 && record.start !== null);
      if (live && record.start !== null) node.setAttribute('aria-label', spoken(record, value === 2));
    });
  }

  /** A column counts what the filters let through, whatever the window. */
  function maskColumns(made) {
    const { fails, who, names } = store.shown, window = names.indexOf('window');
    made.drawn.filter(row => !fails[row] || fails[row] === 1 && who[row] === window);
  }

  function markOne(name, id) {
    const other = name === 'hovered' ? 'hover' : 'pick';
    all('[data-mark]', byId('timeline')).forEach(node => node.classList.toggle(name, node.dataset.mark === id));
    if (now && now.columns) now[other].setAttribute('d', id && pm.timeColumns.pick(now.columns, id) || '');
  }

  function lines() {
    const { count, total, partly } = store.shown, { window } = store.state;
    byId('time-range').textContent = now ? rangeText(now.axis, window) : pm.text('timeline.none');
    byId('time-count').textContent = pm.text('timeline.count', { shown: count, total });
    all('#time-periods button').forEach(node => node.setAttribute('aria-pressed', node.dataset.window === JSON.stringify(window)));
    byId('time-partly').textContent = window && partly ? pm.text('timeline.partly', { n: partly }) + (now && now.marks ? ' ' + pm.text('timeline.broken') : '') : '';
  }

  function onShown() {
    if (now) {
      maskMarks(now.nodes, true);
      if (now.drawn && dirty) maskColumns(now);
    }
    dirty = false;
    maskMarks(all('#time-undated [data-mark]'), false);
    lines();
  }

  function onWindow(window) {
    if (now) placeWindow(now, window);
  }

  /* ---- the parts around it */

  function periods() {
    const box = byId('time-periods'), found = now ? pm.timeAxis.periods(now.axis, PERIODS) : [];
    const one = (text, window) => button(text, () => store.set('window', window), { 'data-window': JSON.stringify(window), 'aria-pressed': 'false' });
    box.hidden = !found.length;
    box.replaceChildren(...(found.length ? [one(pm.text('timeline.all'), null)] : []), ...found.map(period => one(periodText(period), [period.from, period.to])));
  }

  function listUndated() {
    const labels = store.page.timeline.labels, named = undated.filter(record => labels[record.id]), rest = undated.length - named.length;
    byId('time-undated').hidden = !undated.length;
    byId('time-undated-list').replaceChildren(...named.map(record => html('li', {}, button('', () => pm.panel.select(record.id, 'timeline'), { class: 'undated', 'data-mark': record.id })))
      .concat(rest ? [html('li', { class: 'n' }, pm.text('timeline.more', { n: rest }))] : []));
    named.forEach((record, i) => all('#time-undated-list button')[i].append(token('sym-' + record.colour + '-' + record.precision), html('span', {}, labels[record.id])));
  }

  function redraw() {
    const width = byId('time-chart').clientWidth, focused = document.activeElement && document.activeElement.closest && document.activeElement.closest('#time-chart [tabindex]');
    if (!dated.length || width < 80 || now && now.width === width) return;
    dated = pm.embed.brief() ? every.filter(mark => mark.band === 0) : every;
    now = Object.assign(draw(width), { width });
    byId('time-chart').replaceChildren(now.root);
    byId('time-gaps').replaceChildren(...now.below.map(text => html('span', {}, text + ' ')));
    byId('time-spread').hidden = !now.columns || dated.every(mark => mark.end === mark.start);
    pm.pointing.stops(now.nodes);
    if (now.drawn) maskColumns(now);
    placeWindow(now, store.state.window);
    onShown();
    ['hovered', 'selected'].forEach(name => markOne(name, store.state[name]));
    if (focused) refocus(focused.dataset.mark, true) || focused.dataset.side && now.brush.focus(focused.dataset.side);
  }

  /* ---- mouse and keyboard */

  function onKey(event) {
    const node = event.target.closest('g[data-mark]'), next = pm.pointing.isMany(now.nodes) && pm.pointing.next(event.key, now.nodes, node);
    if (!node) return;
    if (event.key === 'Enter' || event.key === ' ') pm.panel.select(node.dataset.mark, 'timeline');
    else if (next) {
      pm.pointing.stops(now.nodes, next);
      pm.dom.focus(next);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** The focus to a record's mark; `still`: after a drawing anew, when nothing may scroll. */
  function refocus(id, still) {
    const node = id && all('[data-mark]', byId('timeline')).find(one => one.dataset.mark === id);
    if (node && still) node.focus({ preventScroll: true });
    else if (node) pm.dom.focus(node);
    return !!node;
  }

  function create() {
    const labels = store.page.timeline.labels, records = store.records.filter(record => record.kind !== 'aggregate');
    dated = every = records.filter(record => record.start !== null).map(record => ({ row: record.row, id: record.id, title: record.title, type: record.type, start: record.start, end: record.end,
      open: record.open, colour: record.colour, precision: record.precision, label: labels[record.id] || '', band: record.kind === 'attack' || record.kind === 'state_operation' ? 0 : 1 }));
    undated = records.filter(record => record.start === null);
    const section = byId('timeline'), chart = byId('time-chart');
    section.hidden = !records.length;
    listUndated();
    redraw();
    periods();
    lines();
    pm.pointing.hover(section, target => (target.closest('[data-mark]') || section).dataset.mark);
    chart.addEventListener('click', event => { const node = event.target.closest('g[data-mark]'); if (node) pm.panel.select(node.dataset.mark, 'timeline'); });
    chart.addEventListener('keydown', onKey);
    ['filters', 'query'].forEach(name => store.on(name, () => { dirty = true; }));
    store.on('window', onWindow);
    store.on('shown', onShown);
    store.on('hovered', id => markOne('hovered', id));
    store.on('selected', id => markOne('selected', id));
    pm.panel.origin('timeline', id => refocus(id));
    new ResizeObserver(redraw).observe(chart);
  }

  /** The timeline as it stands, drawn for a width, without handles: for print and for an image. */
  function picture(width) {
    const made = draw(width, true);
    maskMarks(made.nodes, false);
    if (made.drawn) maskColumns(made);
    placeWindow(made, store.state.window);
    return made.root;
  }

  /** What one step of a drag costs here: handles, then classes. */
  function follow(window) {
    onWindow(window);
    onShown();
  }

  pm.timeline = { create, follow, svg: picture };
})(panjmap);
