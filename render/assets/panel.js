'use strict';
/* The side panel: tabs, the list (static HTML, made live), the detail of one record, and the selection that ties list,
   map and table together. Below 1100 px the detail is a sheet at the foot of the window. */
(pm => {
  const store = pm.store, { html, byId, all, token, button, announce } = pm.dom;
  const SHEET = 1100, TABS = ['list', 'filters', 'sources'];
  const origins = {};
  let origin = 'list', asked = null, answered = false;

  const idOf = node => node.dataset.id;
  /* ---- tabs */

  function tabs() {
    const side = byId('side'), bar = html('div', { class: 'tabs', role: 'tablist', 'aria-label': pm.text('tabs.panel') });
    side.prepend(bar);
    TABS.forEach(name => {
      const panel = byId('panel-' + name) || html('div', { id: 'panel-' + name, class: 'panel' });
      Object.entries({ role: 'tabpanel', 'aria-labelledby': 'tab-' + name, tabindex: 0 }).forEach(pair => panel.setAttribute(...pair));
      if (!panel.parentNode) side.append(panel);
      bar.append(button(pm.text('tabs.' + name), () => openTab(name), { role: 'tab', id: 'tab-' + name, class: null, 'aria-controls': 'panel-' + name }));
    });
    bar.addEventListener('keydown', event => {
      const tab = pm.pointing.next(event.key, all('[role=tab]', bar), event.target, /Left|Right/);
      if (!tab) return;
      event.preventDefault();
      tab.focus();
      tab.click();
    });
    openTab('list');
  }

  function openTab(name) {
    TABS.forEach(other => {
      const tab = byId('tab-' + other);
      tab.setAttribute('aria-selected', other === name);
      tab.setAttribute('tabindex', other === name ? 0 : -1);
      byId('panel-' + other).hidden = other !== name;
    });
    if (name !== 'list' && isSheet()) select(null);
  }

  function sources() {
    const list = byId('source-list').cloneNode(true), lead = all('#sources .lead')[0];
    list.removeAttribute('id');
    byId('panel-sources').append(html('h2', { class: 'sr' }, pm.text('tabs.sources')), html('p', { class: 'lead' }, lead ? lead.textContent : ''), list,
      html('p', { class: 'lead' }, pm.text('sources.speakers')));
  }

  /* ---- selection */

  const isSheet = () => store.state.embed || window.innerWidth < SHEET, isOpen = () => answered || store.state.selected !== null;

  /** A part of the page that selects says by `focus(id)` how to get the focus back; true if it took it. */
  function register(name, focus) { origins[name] = focus; }

  function focusIn(selector) {
    return id => {
      const node = all(selector + ' [data-id]').find(item => idOf(item) === id && item.getClientRects().length);
      if (node) node.focus();
      return Boolean(node);
    };
  }

  /** Select a record (null: none). `from` names the part of the page that wishes it, see `origin`; step: from the detail.
      An id that no record has is answered with what became of it. */
  async function select(id, from) {
    if (from && from !== 'step') origin = from;
    asked = id;
    if (id === null) { close(store.state.selected); return; }
    if (!store.byId[id]) { answer(id); return; }
    const detail = await store.detail(id), totals = await Promise.all(detail.totals.map(one => store.detail(one.id)));
    if (asked !== id) return;
    const held = document.activeElement, arrow = from === 'step' && held && held.dataset.by;
    answered = false;
    open(pm.detail.build(detail, totals, { close: () => select(null), step }), detail.type_label + ', ' + detail.title);
    store.set('selected', id);
    place();
    if (isSheet()) toMap(id);
    else { showPanel(); pm.map.show(id, 1); }
    (arrow ? all('#detail [data-by="' + arrow + '"]')[0] : byId('detail-title')).focus({ preventScroll: true });
  }

  function open(box, said) {
    openTab('list');
    byId('detail').replaceChildren(box);
    show(true);
    byId('panel-list').scrollTop = 0;
    announce(said);
  }

  /** An old link: what became of the record, in the place of its detail. */
  function answer(id) {
    const box = pm.corrections.build(pm.corrections.answer(id), () => select(null));
    store.set('selected', null);
    answered = true;
    open(box, all('h2, li, p:not(.why)', box).map(node => node.textContent).join(' '));
    showPanel();
    byId('detail-title').focus({ preventScroll: true });
  }

  /** Ids of what is shown, in the order of the list. */
  const shownIds = () => store.page.order.filter(store.isShown);

  /** To the record before or after, among those shown; from one that is not shown, to its nearest neighbour. */
  function step(by) {
    const order = store.page.order, from = order.indexOf(store.state.selected);
    const ids = by > 0 ? order.slice(from + 1) : order.slice(0, Math.max(0, from)).reverse();
    const next = ids.find(store.isShown);
    if (next) select(next, 'step');
  }

  function place() {
    const ids = shownIds();
    if (store.state.selected !== null) pm.detail.place(ids.indexOf(store.state.selected), ids.length);
  }

  function show(detail) {
    byId('detail').hidden = !detail;
    byId('list').hidden = detail;
    byId('side').classList.toggle('sheet', detail && isSheet());
  }

  /** With the sheet open the map goes to the top of the window and the record into its free part. */
  function toMap(id) {
    const box = byId('mapbox');
    window.scrollTo({ top: box.getBoundingClientRect().top + window.scrollY });
    const map = box.getBoundingClientRect(), sheet = byId('side').getBoundingClientRect(), part = share => Math.max(0.25, Math.min(1, share));
    if (sheet.left > map.left + 40) pm.map.show(id, 1, part((sheet.left - map.left) / map.width));
    else pm.map.show(id, part((sheet.top - map.top) / map.height));
  }

  function showPanel() {
    const top = byId('frame').getBoundingClientRect().top;
    if (top < -60 || top > window.innerHeight - 200) byId('frame').scrollIntoView({ block: 'start' });
  }

  /** Back to the list; the focus returns to where the selection came from. */
  function close(before) {
    const was = before !== null || answered;
    answered = false;
    show(false);
    store.set('selected', null);
    if (was && ![origin, 'list'].some(name => before !== null && origins[name] && origins[name](before))) byId('tab-list').focus();
  }

  function onClick(event) {
    const node = event.target.closest('a[data-id]');
    if (!node || event.button || event.metaKey || event.ctrlKey || event.shiftKey || !store.byId[idOf(node)]) return;
    event.preventDefault();
    const part = node.closest('#table, #not-located, #corrections, #detail');
    select(idOf(node), !part ? 'list' : part.id === 'detail' ? 'step' : part.id);
  }

  function create() {
    tabs();
    sources();
    register('map', id => pm.symbols.focus(id));
    register('list', focusIn('#list'));
    ['table', 'not-located', 'corrections'].forEach(part => register(part, focusIn('#' + part)));
    document.addEventListener('click', onClick);
    document.addEventListener('keydown', event => { if (event.key === 'Escape' && isOpen()) select(null); });
    window.addEventListener('resize', () => show(isOpen()));
    store.on('shown', place);
    pm.pointing.hover(byId('detail'), target => (target.closest('a[data-id]') || target).dataset.id, true);
  }

  pm.panel = { create, select, openTab, origin: register, reveal: toMap };
})(panjmap);
