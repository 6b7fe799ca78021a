'use strict';
/* The ground layers: one switch each. The legend mirrors what is off: a ground layer, or a kind of record that no filter lets through. */
(pm => {
  const store = pm.store, { html, byId, all, announce } = pm.dom;

  /** The sign of a layer, copied from the legend. */
  function sign(id) {
    const entry = all('#legend [data-layer]').find(node => node.dataset.layer === id);
    return entry ? entry.firstElementChild.cloneNode(true) : html('span', { class: 'swatch' });
  }

  function toggle(layer) {
    const box = html('input', { type: 'checkbox', 'data-toggle': layer.id });
    box.checked = store.state.layers[layer.id];
    box.addEventListener('change', () => {
      store.setLayer(layer.id, box.checked);
      announce(pm.text(box.checked ? 'layers.shown' : 'layers.hidden', { layer: layer.title }));
    });
    store.on('layers', id => { if (id === layer.id) box.checked = store.state.layers[id]; });
    return html('label', { class: 'switch' }, box, sign(layer.id), html('span', {}, layer.title), html('span', { class: 'n' }, layer.count));
  }

  function mirror() {
    const on = layer => layer.records ? layer.records.some(store.isShown) : store.state.layers[layer.id];
    store.page.layers.forEach(layer => all('#legend [data-layer="' + layer.id + '"]').forEach(node => node.classList.toggle('off', !on(layer))));
  }

  function create() {
    const panel = byId('panel-filters'), ground = store.page.layers.filter(layer => !layer.records), groups = [...new Set(ground.map(layer => layer.group))];
    panel.append(...groups.map(group => html('fieldset', {}, html('legend', {}, group), ...ground.filter(layer => layer.group === group).map(toggle))));
    pm.script.create(panel);
    pm.theme.create(panel);
    store.on('layers', mirror);
    store.on('shown', mirror);
    mirror();
  }

  pm.layers = { create };
})(panjmap);
