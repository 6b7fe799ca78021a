'use strict';
/* Colours by device, light or dark; the choice is kept where the browser allows it. */
(pm => {
  let store = pm.store, dom = pm.dom, KEY = 'panjmap:theme';
  let CHOICES = [['device', 'As the device'], ['light', 'Light'], ['dark', 'Dark']];

  function read() {
    try { return localStorage.getItem(KEY); } catch (error) { return null; }
  }

  function apply(choice) {
    if (choice === 'device') document.documentElement.removeAttribute('data-theme');
    else document.documentElement.setAttribute('data-theme', choice);
    try { localStorage.setItem(KEY, choice); } catch (error) { /* a sandboxed frame has no storage */ }
  }

  function create(panel) {
    let set = panel.appendChild(dom.html('fieldset', {}));
    set.appendChild(dom.html('legend', {}, 'Colours'));
    CHOICES.forEach(entry => {
      let label = set.appendChild(dom.html('label', { 'class': 'switch' }));
      let box = label.appendChild(dom.html('input', { type: 'radio', name: 'theme', value: entry[0] }));
      box.checked = store.state.theme === entry[0];
      label.appendChild(dom.html('span', {}, entry[1]));
      box.addEventListener('change', () => { store.set('theme', entry[0]); });
    });
    store.on('theme', apply);
  }

  /** As early as can be: the kept choice, before anything is drawn. */
  function restore() {
    let kept = read();
    if (kept === 'light' || kept === 'dark') {
      store.state.theme = kept;
      apply(kept);
    }
  }

  pm.theme = { create: create, restore: restore };
})(panjmap);
