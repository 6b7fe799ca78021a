'use strict';
/* The side panel: tabs, the list (static HTML, made live), the detail of one record, and the selection that ties list,
   map and table together. Below 1100 px the detail is a sheet at the foot of the window. */
(pm => {
  const store = pm.store, { html, byId, all, token, button, announce } = pm.dom;
  const SHEET = 1100, TABS = ['list', 'filters', 'sources'];
  const origins = {};
  let origin = 'list', asked = null;

  const idOf = node => node.dataset.id;
  const why = (...parts) => html('span', { class: 'why' }, ...parts);

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
      const list = all('[role=tab]', bar), at = list.indexOf(event.target);
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: list.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      const tab = list[(to + list.length) % list.length];
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
    all('li', list).forEach(item => item.setAttribute('data-outlet', all('strong', item)[0].textContent));
    byId('panel-sources').append(html('h2', { class: 'sr' }, 'Sources'), html('p', { class: 'lead' }, lead ? lead.textContent : ''), list,
      html('p', { class: 'lead' }, pm.text('sources.speakers')));
  }

  /** Open the Sources tab at an outlet. */
  function openSource(outlet) {
    openTab('sources');
    const item = all('[data-outlet]', byId('panel-sources')).find(node => node.dataset.outlet === outlet);
    if (!item) return;
    item.setAttribute('tabindex', -1);
    item.focus();
    item.scrollIntoView({ block: 'nearest' });
  }

  /* ---- detail */

  function facts(detail) {
    const list = html('dl', { class: 'facts' }), where = detail.where;
    const row = (term, value, ...more) => {
      if (value && value.text) list.append(html('dt', {}, term), html('dd', {}, value.text, ...more, value.why ? why(value.why) : null));
    };
    row('When', detail.when);
    row('Where', { text: where.text }, why(html('strong', {}, where.precision + '.'), where.why ? ' ' + where.why : null),
      ...[where.how, where.river].filter(Boolean).map(text => why(text)));
    row('Origin', { text: where.origin });
    row('Killed', detail.killed);
    row('Injured', detail.injured);
    if (detail.same_as.length) row('Same?', { text: 'May be the same event as ' }, ...detail.same_as.map(other => html('a', { href: '#sel=' + other.id, 'data-id': other.id }, other.title)));
    return list;
  }

  function attribute(entry) {
    return html('section', { class: entry.differ ? 'claims differ' : 'claims' },
      html('h4', {}, html('span', {}, entry.label), entry.differ ? html('strong', {}, pm.text('detail.differ')) : null),
      html('ul', {}, ...entry.statements.map(claim)),
      entry.why ? html('p', { class: 'why' }, entry.why) : null);
  }

  function claim(statement) {
    return html('li', {}, html('span', { class: 'value' }, statement.text), ...statement.said.map(voice =>
      html('span', { class: 'voice' }, voice.speaker, ...voice.outlets.map(source))));
  }

  /** An outlet: a link to the report, or a button to what is on file about it. */
  function source(outlet) {
    const via = outlet.via ? html('span', { class: 'via' }, ' via ' + outlet.via) : null;
    const badge = /^https?:\/\//i.test(outlet.url || '')
      ? html('a', { href: outlet.url, target: '_blank', rel: 'noopener noreferrer', class: 'badge' }, outlet.name + ' ↗')
      : button(outlet.name, () => openSource(outlet.name), { class: 'badge', title: pm.text('sources.no_link') });
    if (!badge.href) badge.append(html('span', { class: 'sr' }, ', ' + pm.text('sources.no_link')));
    return html('span', { class: 'outlet' }, badge, via);
  }

  function bar() {
    return html('div', { class: 'bar' }, button(store.state.embed ? pm.text('embed.close') : '← All incidents', () => select(null)), html('span', { class: 'pair' },
      button('↑', () => step(-1), { 'aria-label': 'Previous incident', title: 'Previous incident' }),
      button('↓', () => step(1), { 'aria-label': 'Next incident', title: 'Next incident' })));
  }

  function step(by) {
    const order = store.page.order, at = order.indexOf(store.state.selected);
    select(order[(at + by + order.length) % order.length], 'step');
  }

  function build(detail) {
    const box = html('article', { class: 'detail', 'aria-labelledby': 'detail-title' }, bar(),
      html('h2', { id: 'detail-title', tabindex: -1 }, token(detail.symbol_id), html('span', {}, detail.title)),
      html('p', { class: 'type' }, [...new Set([detail.type_label, detail.kind_label])].filter(Boolean).join(' · ')),
      facts(detail), ...detail.notes.map(note => html('p', { class: 'remark' }, note)));
    if (detail.attributes.length) box.append(html('h3', {}, 'What the reports say'), ...detail.attributes.map(attribute));
    if (all('button.badge', box).length) box.append(html('p', { class: 'why' }, 'No arrow at an outlet: no link on file. Choose it to see what is known of the report.'));
    const citation = html('p', { class: 'citation' }, detail.citation), copy = button('Copy citation', () => copyText(citation, copy));
    box.append(html('h3', {}, 'Cite this record'), citation, copy);
    return box;
  }

  async function copyText(node, from) {
    try {
      await navigator.clipboard.writeText(node.textContent);
      from.textContent = 'Copied';
      announce('Citation copied');
    } catch (error) {
      getSelection().selectAllChildren(node);
      from.textContent = 'Selected: copy it with the keyboard';
    }
  }

  /* ---- selection */

  const isSheet = () => store.state.embed || window.innerWidth < SHEET;

  /** A part of the page that selects says by `focus(id)` how to get the focus back; true if it took it. */
  function register(name, focus) { origins[name] = focus; }

  function focusIn(selector) {
    return id => {
      const node = all(selector + ' [data-id]').find(item => idOf(item) === id && item.getClientRects().length);
      if (node) node.focus();
      return Boolean(node);
    };
  }

  /** Select a record (null: none). `from` names the part of the page that wishes it, see `origin`; step: from the detail. */
  async function select(id, from) {
    if (id !== null && !store.byId[id]) return;
    if (from && from !== 'step') origin = from;
    asked = id;
    if (id === null) { close(store.state.selected); return; }
    const detail = await store.detail(id);
    if (asked !== id) return;
    openTab('list');
    byId('detail').replaceChildren(build(detail));
    show(true);
    byId('panel-list').scrollTop = 0;
    store.set('selected', id);
    if (isSheet()) toMap(id);
    else { showPanel(); pm.map.show(id, 1); }
    byId('detail-title').focus({ preventScroll: true });
    announce(detail.type_label + ', ' + detail.title);
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
    show(false);
    store.set('selected', null);
    if (before !== null) [origin, 'list'].some(name => origins[name] && origins[name](before));
  }

  function onClick(event) {
    const node = event.target.closest('a[data-id]');
    if (!node || event.button || event.metaKey || event.ctrlKey || event.shiftKey || !store.byId[idOf(node)]) return;
    event.preventDefault();
    select(idOf(node), node.closest('#table') ? 'table' : node.closest('#detail') ? 'step' : 'list');
  }

  function create() {
    tabs();
    sources();
    register('map', id => pm.symbols.focus(id));
    register('list', focusIn('#list'));
    register('table', focusIn('#table'));
    document.addEventListener('click', onClick);
    document.addEventListener('keydown', event => { if (event.key === 'Escape' && store.state.selected !== null) select(null); });
    window.addEventListener('resize', () => show(store.state.selected !== null));
  }

  pm.panel = { create, select, openTab, origin: register, reveal: toMap };
})(panjmap);
