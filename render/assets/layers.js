'use strict';
/* The Layers tab: one switch a layer, with its count; the legend mirrors what is off. */
(pm => {
  let store = pm.store, dom = pm.dom, TITLES = { records: 'What happened', ground: 'Base map' };

  function add(parent, name, attributes, text) { return parent.appendChild(dom.html(name, attributes, text)); }

  /** The sign of a layer, copied from the legend. */
  function sign(id) {
    let nodes = Array.prototype.slice.call(document.querySelectorAll('#legend [data-layer] > svg'));
    let found = nodes.filter(node => node.parentNode.getAttribute('data-layer') === id)[0];
    return found ? found.cloneNode(true) : dom.html('span', { 'class': 'swatch' });
  }

  function toggle(layer) {
    let label = dom.html('label', { 'class': 'switch' });
    let box = add(label, 'input', { type: 'checkbox' });
    box.checked = store.state.layers[layer.id];
    label.appendChild(sign(layer.id));
    add(label, 'span', {}, layer.title);
    if (layer.count !== null && layer.count !== undefined) add(label, 'span', { 'class': 'n' }, layer.count);
    if (layer.records && !layer.records.some(id => store.byId[id] && store.byId[id].lon !== null)) {
      add(label, 'span', { 'class': 'n' }, 'list only');
      box.disabled = true;
      label.classList.add('empty');
    }
    box.addEventListener('change', () => {
      store.setLayer(layer.id, box.checked);
      dom.announce(layer.title + (box.checked ? ' shown' : ' hidden'));
    });
    return label;
  }

  function mirror(id) {
    Array.prototype.forEach.call(document.querySelectorAll('#legend [data-layer]'), node => {
      if (node.getAttribute('data-layer') === id) node.classList.toggle('off', !store.state.layers[id]);
    });
  }

  function create() {
    let panel = dom.byId('panel-layers'), groups = [];
    add(panel, 'h2', { 'class': 'sr' }, 'Layers');
    store.page.layers.forEach(layer => { if (groups.indexOf(layer.group) < 0) groups.push(layer.group); });
    groups.forEach(group => {
      let set = add(panel, 'fieldset', {});
      add(set, 'legend', {}, TITLES[group] || group);
      store.page.layers.forEach(layer => { if (layer.group === group) set.appendChild(toggle(layer)); });
    });
    pm.theme.create(panel);
    store.on('layers', mirror);
  }

  pm.layers = { create: create };
})(panjmap);
