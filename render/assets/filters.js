'use strict';
/* The questions a reader can ask: one fold of check boxes each, with the number of records every answer would show.
   No box ticked: no limit. Answers of one question widen, questions narrow. */
(pm => {
  const store = pm.store, { html, byId, all, token } = pm.dom, LONG = 8, MOST = 200, NARROW = 600;
  let panel = null, boxes = [], folds = [], stale = false;

  /** Values by group, in order: [{id, label, values}]; label '' where a facet has no groups. */
  function groupsOf(facet) {
    const groups = new Map();
    facet.values.forEach(value => {
      const id = value.group || '';
      if (!groups.has(id)) groups.set(id, { id, label: id && store.page.kinds[id] || '', values: [] });
      groups.get(id).values.push(value);
    });
    return [...groups.values()];
  }

  const wanted = facet => store.state.filters[facet.id] || [];

  /** One check box that stands for one answer or for all answers of a group. */
  function choice(facet, label, ids, sign, sub) {
    const box = html('input', { type: 'checkbox', 'data-facet': facet.id, value: ids.length === 1 ? ids[0] : null }), count = html('span', { class: 'n' });
    box.addEventListener('change', () => {
      const rest = wanted(facet).filter(id => !ids.includes(id));
      store.setFilter(facet.id, box.checked ? rest.concat(ids) : rest);
    });
    box.addEventListener('blur', later);
    const row = html('label', { class: 'switch' + (sub ? ' sub' : '') }, box, sign, html('span', {}, label), count);
    boxes.push({ facet, ids, box, count, row });
    return row;
  }

  function signOf(value) {
    const type = store.page.symbols.types[value.id], start = type && 'sym-' + type.glyph + '-';
    const drawn = type && (byId(start + 'settlement') || all('[id^="' + start + '"]:not([id$=unknown])')[0]);
    return drawn ? token(drawn.id) : null;
  }

  function group(facet, { id, label, values }) {
    if (!label || values.length === 1 && values[0].id === id) return values.slice(0, MOST).map(value => choice(facet, value.label, [value.id], signOf(value)));
    return [html('div', { role: 'group', 'aria-label': label }, choice(facet, label, values.map(value => value.id), null),
      ...values.map(value => choice(facet, value.label, [value.id], signOf(value), true)))];
  }

  function fold(facet) {
    const few = facet.values.length <= LONG || facet.id === 'type', chosen = html('span', { class: 'chosen' }), over = facet.values.length - MOST;
    const open = wanted(facet).length > 0 || (window.innerWidth < NARROW ? facet.id === 'type' : few);
    folds.push({ facet, chosen });
    return html('details', { class: 'question', 'data-question': facet.id, open: open ? '' : null },
      html('summary', {}, html('span', {}, pm.text('filters.' + facet.id)), few ? null : html('span', { class: 'n' }, '(' + facet.values.length + ')'), chosen),
      html('fieldset', {}, html('legend', { class: 'sr' }, pm.text('filters.' + facet.id)), ...groupsOf(facet).flatMap(one => group(facet, one)),
        over > 0 ? html('p', { class: 'n' }, pm.text('filters.more', { n: over })) : null));
  }

  /** Bring the boxes to the state; only while they can be seen. */
  function update() {
    stale = panel.hidden;
    if (stale) return;
    const counts = {};
    boxes.forEach(({ facet, ids, box, count, row }) => {
      const chosen = ids.filter(id => wanted(facet).includes(id)).length;
      if (!counts[facet.id]) counts[facet.id] = store.counts(facet.id);
      const number = ids.length === 1 ? counts[facet.id][ids[0]] : pm.matching.countAny(store.table.columns[facet.id], store.shown, facet.id, ids);
      box.checked = chosen === ids.length;
      box.indeterminate = chosen > 0 && chosen < ids.length;
      box.disabled = number === 0 && chosen === 0 && box !== document.activeElement;
      row.classList.toggle('empty', box.disabled);
      if (count.textContent !== String(number)) count.textContent = number;
    });
    folds.forEach(({ facet, chosen }) => { chosen.textContent = wanted(facet).length ? pm.text('filters.chosen', { n: wanted(facet).length }) : ''; });
  }

  const later = () => setTimeout(update);

  function create() {
    panel = byId('panel-filters');
    const asked = store.facets.filter(facet => facet.values.length);
    if (asked.length) {
      const title = html('h2', { class: 'sr', tabindex: -1 }, pm.text('filters.title'));
      panel.append(title, pm.search.status(() => title, false), html('p', { class: 'lead' }, pm.text('filters.how')), ...asked.map(fold));
    }
    store.on('shown', update);
    new MutationObserver(() => { if (stale) update(); }).observe(panel, { attributeFilter: ['hidden'] });
    update();
  }

  pm.filters = { create, groupsOf };
})(panjmap);
