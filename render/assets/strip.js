'use strict';
/* The river, unrolled: draws the strip when its fold is open, and ties it to the other views. */
(pm => {
  const store = pm.store, { byId, all } = pm.dom;
  const TURN = 700, MANY = 80, MANY_TURNED = 40, OPEN_FROM = 20, PRINT_WIDTH = 700, REST_MS = 150;
  const notes = Object.create(null);
  let node = null, drawn = null, ready = null, printing = null, later = null, near = false, stale = false;

  const t = (name, values) => pm.text('strip.' + name, values);
  const inAxes = () => pm.stripScale.split(store.records).inside;

  /** Words of the records that stand in or beside the axes; of many, of those beside only. */
  async function prepare() {
    const { inside, outside } = pm.stripScale.split(store.records);
    await Promise.all(outside.slice(0, MANY).concat(inside.length > MANY ? [] : inside).map(async ({ id }) => {
      const detail = await store.detail(id);
      notes[id] = { label: detail.label, title: detail.title, when: detail.when.text, where: detail.where.text, type: detail.type_label || detail.kind_label,
        beside: [detail.type_label || detail.kind_label, detail.killed && /claimed/.test(detail.killed.text) ? detail.killed.text : null, detail.where.text, detail.when.text].filter(Boolean) };
    }));
  }

  const noteOf = record => notes[record.id] || { label: null, title: record.title || record.id, when: '', where: '', type: '', beside: [record.title || record.id] };
  const kmText = (from, to) => Math.round(from) === Math.round(to) ? t('at_km', { km: Math.round(from) }) : t('km_range', { from: Math.round(from), to: Math.round(to) });

  /** What a mark says aloud: type, title, place, date, where along the river. */
  function spoken(record) {
    const note = noteOf(record), parts = [note.type, note.title, note.where, note.when, record.river ? kmText(...record.river) : t('no_km')];
    if (store.isPartly(record.id)) parts.push(t('partly'));
    return parts.filter(Boolean).join('. ');
  }

  function spokenCell({ records, kind, km, days }) {
    return [t(kind === 'attack' ? 'attacks' : 'operations', { n: records.length }), kmText(...km), pm.dates.span(...days)].join('. ');
  }

  const spokenPile = records => spokenCell({ records, kind: records[0].kind, km: records[0].river, days: pm.stripScale.days(records[0]) });
  const pileLabel = records => [t(records[0].kind === 'attack' ? 'attacks' : 'operations', { n: records.length }), pm.dates.span(...pm.stripScale.days(records[0]))];

  /** The strip as an SVG of its own, for the page, for print and for a saved picture. Call `prepare()` once before. */
  function svg(width, turned) {
    const inside = inAxes(), most = turned ? MANY_TURNED : MANY, many = inside.filter(record => store.isShown(record.id)).length > most;
    const records = inside.length > most && !many ? store.records.filter(record => store.isShown(record.id)) : store.records;
    const names = ['label', 'outside', 'tajik_bank', 'afghan_bank', 'flow', 'mouth', 'mouth_short', 'source', 'km', 'km_short', 'same'];
    const layout = pm.stripLayout.layout({ width, turned, many, records, measure: pm.scene.measure, nameOf: pm.script.nameOf, shortOf: pm.script.shortOf, noteOf, spoken, spokenCell, spokenPile, pileLabel, gap: pm.timeWords.gapWords, below: pm.timeWords.gapBelow, ground: store.page.river, links: store.page.links,
      isShown: record => store.isShown(record.id), format: pm.dates.format, texts: Object.assign(Object.fromEntries(names.map(name => [name, t(name)])), { panj: pm.names.river() }), moreText: n => t('more', { n }) });
    const out = pm.stripDraw.draw(layout);
    out.layout = layout;
    return out;
  }

  /* ---- in the page */

  function draw(width) {
    const box = byId('strip-box'), focused = document.activeElement && document.activeElement.closest ? document.activeElement.closest('#strip-box [data-id]') : null;
    const wide = Math.floor(width || box.clientWidth);
    if (!wide) return;
    node = svg(wide, wide < TURN - 40);
    drawn = wide;
    box.replaceChildren(node);
    pm.pointing.stops(marks());
    state();
    if (focused) focus(focused.dataset.id);
  }

  const marks = () => all('.strip-mark', byId('strip-box')), idsOf = mark => (mark.dataset.ids || mark.dataset.id).split(' ');
  const isOpen = () => byId('strip-fold').open;

  /** Classes for what is selected, hovered, filtered out, partly in the window: nothing moves. */
  function state() {
    const { selected, hovered } = store.state;
    marks().forEach(mark => {
      const ids = idsOf(mark), out = !ids.some(store.isShown);
      mark.classList.toggle('selected', ids.includes(selected));
      mark.classList.toggle('hovered', ids.includes(hovered));
      mark.classList.toggle('out', out);
      mark.classList.toggle('partly', ids.length === 1 && store.isPartly(ids[0]));
    });
  }

  /** What a change of filters or window costs: classes. Of many, counts are made anew when a drag comes to rest. */
  function refresh() {
    if (!isOpen() || !node) return;
    const { layout } = node;
    clearTimeout(later);
    if (inAxes().length <= (layout.turned ? MANY_TURNED : MANY)) state();
    else if (near) later = setTimeout(recount, REST_MS);
    else stale = true;
  }

  function recount() {
    stale = false;
    const { layout } = node, most = layout.turned ? MANY_TURNED : MANY;
    if (!isOpen() || printing) return;
    if (layout.many && inAxes().filter(record => store.isShown(record.id)).length > most) {
      pm.stripLayout.count(layout);
      all('.strip-cells', node)[0].replaceWith(pm.stripDraw.cells(layout));
      pm.pointing.stops(marks());
      state();
    } else draw();
  }

  /** Words first, then drawing; once. */
  async function open() {
    ready = ready || prepare();
    await ready;
    if (isOpen() && !printing) draw();
  }

  /** One record is selected. Of several the window is narrowed to their days; if it is already, they are selected in turn. */
  function choose(mark) {
    const ids = idsOf(mark);
    if (ids.length === 1) { pm.panel.select(ids[0], 'strip'); return; }
    const spans = ids.map(id => pm.stripScale.days(store.byId[id])), { window } = store.state;
    const span = [Math.min(...spans.map(days => days[0])), Math.max(...spans.map(days => days[1]))];
    if (window && window[0] === span[0] && window[1] === span[1]) pm.panel.select(ids[(ids.indexOf(store.state.selected) + 1) % ids.length], 'strip');
    else {
      store.set('window', span);
      pm.dom.announce(mark.getAttribute('aria-label'));
    }
  }

  function focus(id) {
    const mark = marks().find(one => idsOf(one).includes(id));
    if (mark) pm.dom.focus(mark);
    return !!mark;
  }

  function onKey(event) {
    const mark = event.target.closest('.strip-mark'), list = marks();
    if (!mark) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      choose(mark);
    }
    const next = pm.pointing.next(event.key, list, mark);
    if (!next) return;
    event.preventDefault();
    pm.pointing.stops(list, next);
    next.focus();
  }

  function listen() {
    const box = byId('strip-box');
    box.addEventListener('click', event => { const mark = event.target.closest('.strip-mark'); if (mark) choose(mark); });
    box.addEventListener('keydown', onKey);
    pm.pointing.hover(box, target => (target.closest('.strip-mark:not([data-ids])') || box).dataset.id, true);
    /* Of many records, counts far below the window wait until the reader comes near. */
    new IntersectionObserver(seen => {
      near = seen[seen.length - 1].isIntersecting;
      if (near && stale && isOpen() && node) recount();
    }, { rootMargin: '300px' }).observe(box);
    new ResizeObserver(() => { if (isOpen() && drawn && !printing && Math.floor(box.clientWidth) !== drawn) draw(); }).observe(box);
    ['selected', 'hovered'].forEach(name => store.on(name, () => { if (isOpen() && node) state(); }));
    store.on('shown', refresh);
    store.on('names', () => { if (isOpen() && node) draw(); });
    window.addEventListener('beforeprint', () => {
      printing = { wasOpen: isOpen() };
      byId('strip-fold').open = true;
      draw(PRINT_WIDTH);
    });
    window.addEventListener('afterprint', () => {
      if (!printing) return;
      byId('strip-fold').open = printing.wasOpen;
      printing = null;
      if (isOpen()) draw();
    });
  }

  function create() {
    const fold = byId('strip-fold');
    fold.addEventListener('toggle', () => { if (fold.open) open(); });
    listen();
    pm.panel.origin('strip', focus);
    const unplaced = store.page.river.unplaced;
    byId('strip-note').textContent = t('note') + (unplaced.length ? ' ' + t('unplaced', { names: unplaced.join(', ') }) : '');
    ready = prepare();
    if (inAxes().length >= OPEN_FROM && window.innerWidth >= TURN) fold.open = true;
  }

  pm.strip = { create, svg, drawFor: draw };
})(panjmap);
