'use strict';
/* The side panel: tabs, the list (static HTML, made live), the detail of one record, and the selection that ties list,
   map and table together. Below 1100 px the detail is a sheet at the foot of the window. */
(pm => {
  let store = pm.store, dom = pm.dom, SHEET = 1100;
  let TABS = [['list', 'Incidents'], ['layers', 'Layers'], ['sources', 'Sources']];
  let origin = 'list', asked = null;

  function all(selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); }
  function add(parent, name, attributes, text) { return parent.appendChild(dom.html(name, attributes, text)); }

  /* ---- tabs */

  function tabs() {
    let side = dom.byId('side'), bar = dom.html('div', { 'class': 'tabs', role: 'tablist', 'aria-label': 'Panel' });
    side.insertBefore(bar, side.firstChild);
    TABS.forEach(entry => {
      let panel = dom.byId('panel-' + entry[0]) || side.appendChild(dom.html('div', { id: 'panel-' + entry[0], 'class': 'panel' }));
      put(panel, { role: 'tabpanel', 'aria-labelledby': 'tab-' + entry[0], tabindex: 0 });
      let tab = add(bar, 'button', { type: 'button', role: 'tab', id: 'tab-' + entry[0], 'aria-controls': 'panel-' + entry[0] }, entry[1]);
      tab.addEventListener('click', () => { openTab(entry[0]); });
    });
    bar.addEventListener('keydown', event => {
      let list = all('[role=tab]', bar), at = list.indexOf(event.target);
      let to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: list.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      to = list[(to + list.length) % list.length];
      to.focus();
      to.click();
    });
    openTab('list');
  }

  function put(node, attributes) { Object.keys(attributes).forEach(name => { node.setAttribute(name, attributes[name]); }); }

  function openTab(name) {
    TABS.forEach(entry => {
      let on = entry[0] === name, tab = dom.byId('tab-' + entry[0]);
      tab.setAttribute('aria-selected', on ? 'true' : 'false');
      tab.setAttribute('tabindex', on ? 0 : -1);
      dom.byId('panel-' + entry[0]).hidden = !on;
    });
    if (name !== 'list' && isSheet()) select(null);
  }

  function sources() {
    let panel = dom.byId('panel-sources'), list = dom.byId('source-list').cloneNode(true);
    list.removeAttribute('id');
    add(panel, 'h2', { 'class': 'sr' }, 'Sources');
    let lead = document.querySelector('#sources .lead');
    if (lead) add(panel, 'p', { 'class': 'lead' }, lead.textContent);
    panel.appendChild(list);
    all('li', list).forEach((item, i) => { item.setAttribute('data-outlet', all('#source-list li strong')[i].textContent); });
    add(panel, 'p', { 'class': 'lead' }, store.page.texts.speakers_note ||
      '“Per” names the speaker whom a report quotes. Two reports that quote one statement count as one voice.');
  }

  /** Open the Sources tab at an outlet. */
  function openSource(outlet) {
    openTab('sources');
    let item = all('[data-outlet]', dom.byId('panel-sources')).filter(node => node.getAttribute('data-outlet') === outlet)[0];
    if (!item) return;
    item.setAttribute('tabindex', -1);
    item.focus();
    item.scrollIntoView({ block: 'nearest' });
  }

  /* ---- detail */

  function row(list, term, value) {
    if (!value || !value.text) return null;
    add(list, 'dt', {}, term);
    let cell = add(list, 'dd', {}, value.text);
    if (value.why) add(cell, 'span', { 'class': 'why' }, value.why);
    return cell;
  }

  function facts(detail) {
    let list = dom.html('dl', { 'class': 'facts' });
    row(list, 'When', detail.when);
    let where = row(list, 'Where', detail.where && { text: detail.where.text });
    if (where) {
      let why = add(where, 'span', { 'class': 'why' });
      add(why, 'strong', {}, sentence(detail.where.precision));
      if (detail.where.why) why.appendChild(document.createTextNode(' ' + detail.where.why));
      [detail.where.how, detail.where.river].forEach(text => { if (text) add(where, 'span', { 'class': 'why' }, text); });
    }
    row(list, 'Origin', detail.where && { text: detail.where.origin });
    row(list, 'Killed', detail.killed);
    row(list, 'Injured', detail.injured);
    if (detail.same_as && detail.same_as.length) same(list, detail.same_as);
    return list;
  }

  function sentence(text) { return /[.!?]$/.test(text) ? text : text + '.'; }

  function same(list, records) {
    add(list, 'dt', {}, 'Same?');
    let cell = add(list, 'dd', {}, 'May be the same event as ');
    records.forEach((other, i) => {
      if (i) cell.appendChild(document.createTextNode('; '));
      add(cell, 'a', { href: '#sel=' + other.id, 'data-id': other.id }, other.title);
    });
  }

  function attribute(entry) {
    let box = dom.html('section', { 'class': entry.differ ? 'claims differ' : 'claims' }), head = add(box, 'h4', {});
    add(head, 'span', {}, entry.label);
    if (entry.differ) add(head, 'strong', {}, 'Reports differ');
    let list = add(box, 'ul', {});
    entry.statements.forEach(statement => { list.appendChild(claim(statement)); });
    if (entry.why) add(box, 'p', { 'class': 'why' }, entry.why);
    return box;
  }

  function claim(statement) {
    let item = dom.html('li', {});
    add(item, 'span', { 'class': 'value' }, statement.text);
    statement.said.forEach(voice => {
      let line = add(item, 'span', { 'class': 'voice' }, voice.speaker || '');
      voice.outlets.forEach(outlet => { line.appendChild(source(outlet)); });
    });
    return item;
  }

  /** An outlet: a link to the report, or a button to what is on file about it. */
  function source(outlet) {
    let box = dom.html('span', { 'class': 'outlet' });
    if (/^https?:\/\//i.test(outlet.url || '')) {
      add(box, 'a', { href: outlet.url, target: '_blank', rel: 'noopener noreferrer', 'class': 'badge' }, outlet.name + ' ↗');
    } else {
      let name = add(box, 'button', { type: 'button', 'class': 'badge', title: 'No link on file' }, outlet.name);
      add(name, 'span', { 'class': 'sr' }, ', no link on file');
      name.addEventListener('click', () => { openSource(outlet.name); });
    }
    if (outlet.via) add(box, 'span', { 'class': 'via' }, ' via ' + outlet.via);
    return box;
  }

  function noLink(detail) {
    return detail.attributes.some(entry => {
      return entry.statements.some(statement => {
        return statement.said.some(voice => voice.outlets.some(outlet => !outlet.url));
      });
    });
  }

  function bar() {
    let box = dom.html('div', { 'class': 'bar' });
    let back = add(box, 'button', { type: 'button', 'class': 'button' }, '← All incidents');
    back.addEventListener('click', () => { select(null); });
    let pair = add(box, 'span', { 'class': 'pair' });
    [['Previous incident', '↑', -1], ['Next incident', '↓', 1]].forEach(entry => {
      let button = add(pair, 'button', { type: 'button', 'class': 'button', 'aria-label': entry[0], title: entry[0] }, entry[1]);
      button.addEventListener('click', () => { step(entry[2]); });
    });
    return box;
  }

  function step(by) {
    let order = store.page.order, at = order.indexOf(store.state.selected);
    select(order[(at + by + order.length) % order.length], 'step');
  }

  function build(detail) {
    let box = dom.html('article', { 'class': 'detail', 'aria-labelledby': 'detail-title' });
    box.appendChild(bar());
    let head = add(box, 'h2', { id: 'detail-title', tabindex: -1 });
    head.appendChild(dom.token(detail.symbol_id));
    head.appendChild(document.createTextNode(detail.title));
    add(box, 'p', { 'class': 'type' }, [detail.type_label, detail.kind_label].filter((text, i, list) => text && list.indexOf(text) === i).join(' · '));
    box.appendChild(facts(detail));
    (detail.notes || []).forEach(note => { add(box, 'p', { 'class': 'remark' }, note); });
    if (detail.attributes.length) {
      add(box, 'h3', {}, 'What the reports say');
      detail.attributes.forEach(entry => { box.appendChild(attribute(entry)); });
      if (noLink(detail)) add(box, 'p', { 'class': 'why' }, 'An outlet without an arrow has no link on file. Choose it to see what is known of the report.');
    }
    if (detail.citation) cite(box, detail.citation);
    return box;
  }

  function cite(box, text) {
    add(box, 'h3', {}, 'Cite this record');
    add(box, 'p', { 'class': 'citation' }, text);
    let button = add(box, 'button', { type: 'button', 'class': 'button' }, 'Copy citation');
    button.addEventListener('click', async function () {
      try {
        await navigator.clipboard.writeText(text);
        button.textContent = 'Copied';
        dom.announce('Citation copied');
      } catch (error) {
        getSelection().selectAllChildren(box.querySelector('.citation'));
        button.textContent = 'Selected: copy it with the keyboard';
      }
    });
  }

  /* ---- selection */

  function isSheet() { return window.innerWidth < SHEET; }

  /** Select a record (null: none). `from` says where the wish came from: map, list, table, step or hash. */
  async function select(id, from) {
    let before = store.state.selected;
    if (id !== null && !store.byId[id]) return;
    if (from && from !== 'step') origin = from;
    asked = id;
    if (id === null) return close(before);
    let detail = await store.detail(id);
    if (asked !== id) return;
    openTab('list');
    dom.byId('detail').replaceChildren(build(detail));
    dom.byId('detail').hidden = false;
    dom.byId('list').hidden = true;
    dom.byId('panel-list').scrollTop = 0;
    let sheet = isSheet();
    dom.byId('side').classList.toggle('sheet', sheet);
    store.set('selected', id);
    if (sheet) toMap(id);
    else { showPanel(); pm.map.show(id, 1); }
    dom.byId('detail-title').focus({ preventScroll: true });
    dom.announce(detail.type_label + ', ' + detail.title);
  }

  /** With the sheet open the map goes to the top of the window and the record into its free part. */
  function toMap(id) {
    let box = dom.byId('mapbox'), sheet = dom.byId('side');
    window.scrollTo({ top: box.getBoundingClientRect().top + window.scrollY });
    let free = Math.max(0.25, Math.min(1, (window.innerHeight - sheet.offsetHeight) / box.offsetHeight));
    pm.map.show(id, free);
  }

  function showPanel() {
    let top = dom.byId('frame').getBoundingClientRect().top;
    if (top < -60 || top > window.innerHeight - 200) dom.byId('frame').scrollIntoView({ block: 'start' });
  }

  function close(before) {
    dom.byId('side').classList.remove('sheet');
    dom.byId('detail').hidden = true;
    dom.byId('detail').replaceChildren();
    dom.byId('list').hidden = false;
    store.set('selected', null);
    if (before === null) return;
    if (origin === 'map' && pm.symbols.focus(before)) return;
    let root = origin === 'table' ? '#table' : '#list';
    let item = all(root + ' [data-id]').filter(node => node.getAttribute('data-id') === before)[0];
    if (item) item.focus();
  }

  function mark(id) {
    all('[data-id]', dom.byId('list')).forEach(node => { current(node, node.getAttribute('data-id') === id); });
    all('[data-row]').forEach(node => { node.classList.toggle('selected', node.getAttribute('data-row') === id); });
    try { history.replaceState(null, '', id ? '#sel=' + encodeURIComponent(id) : location.pathname + location.search); } catch (error) { /* sandboxed frame */ }
  }

  function current(node, on) {
    if (on) node.setAttribute('aria-current', 'true');
    else node.removeAttribute('aria-current');
  }

  function fromHash() {
    let match = /(?:^|[#&])sel=([^&]+)/.exec(location.hash), id = null;
    try { id = match && decodeURIComponent(match[1]); } catch (error) { id = null; }
    if (id && store.byId[id] && id !== store.state.selected) select(id, 'list');
  }

  function hidden() {
    all('[data-id]', dom.byId('list')).forEach(node => {
      node.parentNode.classList.toggle('off', !store.isShown(node.getAttribute('data-id')));
    });
  }

  function create() {
    tabs();
    sources();
    document.addEventListener('click', event => {
      let node = event.target.closest('a[data-id]');
      if (!node || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
      if (!store.byId[node.getAttribute('data-id')]) return;
      event.preventDefault();
      select(node.getAttribute('data-id'), node.closest('#table') ? 'table' : node.closest('#detail') ? 'step' : 'list');
    });
    document.addEventListener('keydown', event => {
      if (event.key === 'Escape' && store.state.selected !== null) select(null);
    });
    store.on('selected', mark);
    store.on('layers', hidden);
    window.addEventListener('hashchange', fromHash);
    window.addEventListener('resize', () => {
      dom.byId('side').classList.toggle('sheet', store.state.selected !== null && isSheet());
    });
    fromHash();
  }

  pm.panel = { create: create, select: select, openTab: openTab };
})(panjmap);
