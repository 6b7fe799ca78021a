'use strict';
/* Filters: one group of check boxes a facet, with the number of records each value would show. */
(pm => {
  const store = pm.store, { html, byId } = pm.dom;

  function choice(facet, value) {
    const box = html('input', { type: 'checkbox', 'data-facet': facet.id, value: value.id }), count = html('span', { class: 'n' });
    box.addEventListener('change', () => {
      const wanted = new Set(store.state.filters[facet.id] || []);
      if (box.checked) wanted.add(value.id);
      else wanted.delete(value.id);
      store.setFilter(facet.id, [...wanted]);
    });
    const update = () => {
      box.checked = (store.state.filters[facet.id] || []).includes(value.id);
      count.textContent = store.counts(facet.id)[value.id];
    };
    store.on('shown', update);
    update();
    return html('label', { class: 'switch' }, box, html('span', {}, value.label), count);
  }

  function create() {
    byId('panel-filters').append(html('h2', { class: 'sr' }, pm.text('filters.title')), ...store.facets.filter(facet => facet.values.length).map(facet =>
      html('fieldset', {}, html('legend', {}, pm.text('filters.' + facet.id)), ...facet.values.map(value => choice(facet, value)))));
  }

  pm.filters = { create };
})(panjmap);
