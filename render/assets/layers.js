'use strict';
/* The Layers tab: one switch a layer, with its count; the legend mirrors what is off. */
(pm => {
  const store = pm.store, { html, byId, all, announce } = pm.dom, TITLES = { records: 'What happened', ground: 'Base map' };

  /** The sign of a layer, copied from the legend. */
  function sign(id) {
    const entry = all('#legend [data-layer]').find(node => node.dataset.layer === id);
    return entry ? entry.firstElementChild.cloneNode(true) : html('span', { class: 'swatch' });
  }

  function toggle(layer) {
    const box = html('input', { type: 'checkbox' }), drawn = !layer.records || layer.records.some(id => store.byId[id].lon !== null);
    box.checked = store.state.layers[layer.id] && drawn;
    box.disabled = !drawn;
    box.addEventListener('change', () => {
      store.setLayer(layer.id, box.checked);
      announce(layer.title + (box.checked ? ' shown' : ' hidden'));
    });
    const count = [drawn ? null : 'list only', layer.count].filter(part => part !== null).join(', ');
    return html('label', { class: drawn ? 'switch' : 'switch empty' }, box, sign(layer.id), html('span', {}, layer.title), html('span', { class: 'n' }, count));
  }

  function mirror(id) {
    all('#legend [data-layer]').forEach(node => {
      if (node.dataset.layer === id) node.classList.toggle('off', !store.state.layers[id]);
    });
  }

  function create() {
    const panel = byId('panel-layers'), groups = [...new Set(store.page.layers.map(layer => layer.group))];
    panel.append(html('h2', { class: 'sr' }, 'Layers'), ...groups.map(group => html('fieldset', {}, html('legend', {}, TITLES[group] || group),
      ...store.page.layers.filter(layer => layer.group === group).map(toggle))));
    pm.theme.create(panel);
    store.on('layers', mirror);
  }

  pm.layers = { create };
})(panjmap);
