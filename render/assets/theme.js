'use strict';
/* Colours by device, light or dark; the choice is kept where the browser allows it. */
(pm => {
  const store = pm.store, html = pm.dom.html, root = document.documentElement, KEY = 'panjmap:theme';
  const CHOICES = ['device', 'light', 'dark'], forced = window.matchMedia('(forced-colors: active)');

  /** Where the system forces its colours, ours follow it, whatever was chosen. */
  function apply(choice) {
    if (choice === 'device' || forced.matches) root.removeAttribute('data-theme');
    else root.setAttribute('data-theme', choice);
    try { localStorage.setItem(KEY, choice); } catch (error) { /* a sandboxed frame has no storage */ }
  }

  function choice(name) {
    const box = html('input', { type: 'radio', name: 'theme', value: name });
    box.checked = store.state.theme === name;
    box.addEventListener('change', () => store.set('theme', name));
    return html('label', { class: 'switch' }, box, html('span', {}, pm.text('theme.' + name)));
  }

  function create(panel) {
    panel.append(html('fieldset', {}, html('legend', {}, pm.text('theme.title')), ...CHOICES.map(choice)));
  }

  /** As early as can be: the kept choice, before anything is drawn. */
  function restore() {
    store.on('theme', apply);
    let kept = null;
    try { kept = localStorage.getItem(KEY); } catch (error) { /* as above */ }
    if (kept === 'light' || kept === 'dark') store.set('theme', kept);
  }

  pm.theme = { create, restore };
})(panjmap);
