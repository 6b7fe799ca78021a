'use strict';
/* The river, unrolled: draws the strip when its fold is open, and ties it to the other views. */
(pm => {
  const store = pm.store, { byId, all } = pm.dom;
  const TURN = 700, MANY = 80, OPEN_FROM = 20, ROVING = 30, PRINT_WIDTH = 700;
  const notes = {}, pen = document.createElement('canvas').getContext('2d');
  let node = null, drawn = null, ready = null, printing = null;

  const t = (name, values) => pm.text('strip.' + name, values);
  const inAxes = () => pm.stripScale.split(store.records).inside;

  function measure(words, size, weight) {
    pen.font = weight + ' ' + size + 'px ' + getComputedStyle(document.body).fontFamily;
    return pen.measureText(words).width;
  }

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
  const nameOf = place => pm.script && pm.script.nameOf ? pm.script.nameOf(place) : place.name;
  const kmText = (from, to) => Math.round(from) === Math.round(to) ? t('at_km', { km: Math.round(from) }) : t('km_range', { from: Math.round(from), to: Math.round(to) });
  const daysText = (from, to) => from === to ? pm.dates.format(from, 'day') : pm.dates.format(from, 'day') + ' – ' + pm.dates.format(to, 'day');

  /** What a mark says aloud: type, title, place, date, where along the river. */
  function spoken(record) {
    const note = noteOf(record), parts = [note.type, note.title, note.where, note.when, record.river ? kmText(...record.river) : t('no_km')];
    if (store.isPartly && store.isPartly(record.id)) parts.push(t('partly'));
    return parts.filter(Boolean).join('. ');
  }

  function spokenCell({ records, kind, km, days }) {
    return [t(kind === 'attack' ? 'attacks' : 'operations', { n: records.length }), kmText(...km), daysText(...days)].join('. ');
  }

  /** The strip as an SVG of its own, for the page, for print and for a saved picture. Call `prepare()` once before. */
  function svg(width, turned) {
    const inside = inAxes(), shown = inside.filter(record => store.isShown(record.id)), many = shown.length > MANY;
    const records = inside.length > MANY && !many ? store.records.filter(record => store.isShown(record.id)) : store.records;
    const names = ['label', 'outside', 'tajik_bank', 'afghan_bank', 'panj', 'flow', 'mouth', 'mouth_short', 'source', 'km', 'km_short', 'same'];
    const layout = pm.stripLayout.layout({ width, turned, many, records, measure, nameOf, noteOf, spoken, spokenCell, ground: store.page.river, links: store.page.links,
      isShown: record => store.isShown(record.id), format: pm.dates.format, script: store.state.names || 'latin', texts: Object.fromEntries(names.map(name => [name, t(name)])),
      gap: cut => pm.timeline && pm.timeline.gapText ? pm.timeline.gapText(cut) : t('gap'), moreText: n => t('more', { n }) });
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
    drawn = { width: wide, many: node.layout.many, names: store.state.names };
    box.replaceChildren(node);
    marks().forEach((mark, i) => mark.setAttribute('tabindex', marks().length > ROVING && i ? -1 : 0));
    state();
    if (focused) focus(focused.dataset.id);
  }

  const marks = () => all('.strip-mark', byId('strip-box')), idOf = mark => mark.dataset.id;
  const isOpen = () => byId('strip-fold').open;
  const holds = (mark, id) => id !== null && (idOf(mark) === id || (mark.dataset.ids || '').split(' ').includes(id));

  /** Classes for what is selected, hovered, filtered out, partly in the window: nothing moves. */
  function state() {
    if (!node) return;
    const { selected, hovered } = store.state;
    marks().forEach(mark => {
      const id = idOf(mark), cell = mark.dataset.ids, out = !cell && !store.isShown(id);
      mark.classList.toggle('selected', holds(mark, selected));
      mark.classList.toggle('hovered', holds(mark, hovered === undefined ? null : hovered));
      mark.classList.toggle('out', out);
      mark.classList.toggle('partly', !cell && !!store.isPartly && store.isPartly(id));
      if (out) mark.setAttribute('aria-disabled', 'true');
      else mark.removeAttribute('aria-disabled');
    });
  }

  function refresh() {
    if (!isOpen() || !node) return;
    const inside = inAxes();
    if (inside.length > MANY) draw();
    else state();
  }

  /** Words first, then drawing; once. */
  async function open() {
    ready = ready || prepare();
    await ready;
    if (isOpen() && !printing) draw();
  }

  function choose(mark) {
    const ids = (mark.dataset.ids || '').split(' ').filter(Boolean);
    if (ids.length > 1) {
      const spans = ids.map(id => pm.stripScale.days(store.byId[id]));
      store.set('window', [Math.min(...spans.map(span => span[0])), Math.max(...spans.map(span => span[1]))]);
      pm.dom.announce(mark.getAttribute('aria-label'));
    } else pm.panel.select(idOf(mark), 'strip');
  }

  function focus(id) {
    const mark = marks().find(one => holds(one, id));
    if (mark) mark.focus({ preventScroll: true });
    return !!mark;
  }

  function onKey(event) {
    const mark = event.target.closest('.strip-mark'), list = marks();
    if (!mark) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      choose(mark);
    }
    const at = list.indexOf(mark), to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: list.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = list[(to + list.length) % list.length];
    if (list.length > ROVING) [mark, next].forEach(one => one.setAttribute('tabindex', one === next ? 0 : -1));
    next.focus();
  }

  function listen() {
    const box = byId('strip-box'), hover = event => { const mark = event.target.closest('.strip-mark'); store.set('hovered', mark && !mark.dataset.ids ? idOf(mark) : null); };
    box.addEventListener('click', event => { const mark = event.target.closest('.strip-mark'); if (mark) choose(mark); });
    box.addEventListener('keydown', onKey);
    box.addEventListener('pointerover', hover);
    box.addEventListener('pointerleave', () => store.set('hovered', null));
    box.addEventListener('focusin', hover);
    box.addEventListener('focusout', () => store.set('hovered', null));
    new ResizeObserver(() => { if (isOpen() && drawn && !printing && Math.floor(box.clientWidth) !== drawn.width) draw(); }).observe(box);
    ['selected', 'hovered'].forEach(name => store.on(name, state));
    store.on('shown', refresh);
    store.on('names', () => { if (isOpen() && node) draw(); });
    window.addEventListener('beforeprint', () => {
      printing = { wasOpen: isOpen() };
      byId('strip-fold').open = true;
      drawFor(PRINT_WIDTH);
    });
    window.addEventListener('afterprint', () => {
      byId('strip-fold').open = printing.wasOpen;
      printing = null;
      if (isOpen()) draw();
    });
  }

  /** Draw at a width, whatever the page's own; needs `prepare()` to have run. */
  function drawFor(width) { draw(width); }

  function create() {
    const fold = byId('strip-fold');
    fold.addEventListener('toggle', () => { if (fold.open) open(); });
    listen();
    const unplaced = store.page.river.unplaced;
    byId('strip-note').textContent = t('note') + (unplaced.length ? ' ' + t('unplaced', { names: unplaced.join(', ') }) : '');
    ready = prepare();
    if (inAxes().length >= OPEN_FROM && window.innerWidth >= TURN) fold.open = true;
  }

  pm.strip = { create, prepare, svg, drawFor, focus };
})(panjmap);
