'use strict';
/* Above the list: search, how much shows, what is asked for as chips; and what list, table and map say when nothing is left. */
(pm => {
  const store = pm.store, { html, byId, button } = pm.dom, WAIT = 140, LONGEST = 200;
  let box = null, timer = null, rest = null;

  /* ---- search */

  function ask() {
    clearTimeout(timer);
    store.set('query', box.value.trim());
  }

  function onKey(event) {
    if (event.key === 'Enter') ask();
    if (event.key !== 'Escape' || !box.value) return;
    event.preventDefault();
    event.stopPropagation();
    box.value = '';
    ask();
  }

  function search() {
    box = html('input', { type: 'search', id: 'search', maxlength: LONGEST, autocomplete: 'off', spellcheck: 'false' });
    box.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); });
    box.addEventListener('keydown', onKey);
    store.on('query', query => { if (box.value.trim() !== query) box.value = query; });
    box.value = store.state.query;
    return html('div', { class: 'search', role: 'search' },
      html('label', { for: 'search' }, pm.text('search.label'), html('span', { class: 'n' }, ' ' + pm.text('search.hint'))), box);
  }

  /* ---- what is asked for */

  /** Everything asked for: [{text, of, undo}]; all types of one kind are one wish. */
  function wishes() {
    const { state } = store, out = [];
    store.facets.forEach(facet => {
      const wanted = state.filters[facet.id] || [], of = pm.text('filters.' + facet.id);
      const wish = (text, ids) => out.push({ text, of, undo: () => store.setFilter(facet.id, (state.filters[facet.id] || []).filter(id => !ids.includes(id))) });
      pm.filters.groupsOf(facet).forEach(group => {
        const whole = group.values.every(value => wanted.includes(value.id));
        if (whole && group.label) wish(group.label, group.values.map(value => value.id));
        else group.values.filter(value => wanted.includes(value.id)).forEach(value => wish(value.label, [value.id]));
      });
    });
    if (state.window) out.push({ text: pm.dates.span(...state.window), of: pm.text('filters.window'), undo: () => store.set('window', null) });
    if (state.query) out.push({ text: '“' + state.query + '”', of: pm.text('search.label'), undo: () => store.set('query', '') });
    return out;
  }

  function chips(list) {
    const known = wishes();
    list.replaceChildren(...known.map((wish, at) => html('li', {}, button(wish.text, () => {
      wish.undo();
      const left = list.querySelectorAll('button');
      (left[Math.min(at, left.length - 1)] || box).focus();
    }, { class: 'wish', title: pm.text('filters.remove', { what: wish.of + ': ' + wish.text }) }))));
    list.querySelectorAll('button').forEach((node, at) => node.prepend(html('span', { class: 'sr' }, known[at].of + ': ')));
    list.querySelectorAll('button').forEach(node => node.append(html('span', { class: 'x', 'aria-hidden': 'true' }, '×'), html('span', { class: 'sr' }, ', ' + pm.text('filters.remove_one'))));
    list.hidden = known.length === 0;
  }

  /** A button that asks for everything again, and then gives the focus to a place that stays. */
  function clearing(then) {
    return button(pm.text('filters.clear'), () => { store.clear(); then().focus(); }, { class: 'button clear' });
  }

  /** "Showing 5 of 18 records", with a button to clear (if nothing is left, the note below has it); where `known` is wanted, one chip a wish. */
  function status(then, known) {
    const line = html('p', { class: 'showing' }), clear = clearing(then), list = html('ul', { class: 'wishes', 'aria-label': pm.text('filters.active') });
    const tell = () => { line.textContent = pm.list.count(); clear.hidden = !store.isFiltered() || store.shown.count === 0; };
    store.on('shown', tell);
    tell();
    if (known) {
      ['filters', 'query'].forEach(name => store.on(name, () => chips(list)));
      store.on('window', () => { clearTimeout(rest); rest = setTimeout(() => chips(list), WAIT); });
      chips(list);
    }
    return html('div', { class: 'status' }, html('div', { class: 'status-line' }, line, clear), known ? list : null);
  }

  /* ---- nothing left, or the open record is not among what shows */

  function nothing(then, attributes) {
    const note = html('div', Object.assign({ class: 'none-left' }, attributes), html('p', {}, html('strong', {}, pm.text('empty.title')), ' ' + pm.text('empty.meaning')), clearing(then));
    const tell = () => { note.hidden = store.shown.count > 0; };
    store.on('shown', tell);
    tell();
    return note;
  }

  /** Above the open record: the present filters hide it. */
  function hiddenNote() {
    const note = html('div', { class: 'hidden-note', id: 'hidden-note' }, html('p', {}, pm.text('detail.hidden')), clearing(() => byId('detail-title') || box));
    const tell = () => { const id = store.state.selected; note.hidden = id === null || !store.byId[id] || store.isShown(id); };
    store.on('selected', tell);
    store.on('shown', tell);
    tell();
    return note;
  }

  function create() {
    const list = byId('list'), scroll = byId('table-scroll'), table = () => byId('table');
    byId('detail').before(hiddenNote());
    if (!store.records.length) return;
    list.querySelector('.list-title').after(html('div', { class: 'find' }, search(), status(() => box, true)));
    list.append(nothing(() => box));
    scroll.before(status(table, false), nothing(table));
    byId('mapbox').append(nothing(() => byId('map'), { id: 'map-none' }));
  }

  pm.search = { create, status, wishes };
})(panjmap);
