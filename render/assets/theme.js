'use strict';
/* Colours by device, light or dark; the reader's choice is kept where the browser allows it. */
(pm => {
  const store = pm.store, html = pm.dom.html, root = document.documentElement, KEY = 'panjmap:theme';
  const CHOICES = ['device', 'light', 'dark'], forced = window.matchMedia('(forced-colors: active)');

  /** Where the system forces its colours, ours follow it, whatever was chosen. */
  function apply(choice) {
    if (choice === 'device' || forced.matches) root.removeAttribute('data-theme');
    else root.setAttribute('data-theme', choice);
  }

  /** Only what the reader chose is kept, not what a link brought. */
  function keep(choice) {
    try { localStorage.setItem(KEY, choice); } catch (error) { /* a sandboxed frame has no storage */ }
  }

  function create(panel) {
    const radio = name => pm.choice('theme', name, pm.text('theme.' + name), null, keep);
    panel.append(html('fieldset', {}, html('legend', {}, pm.text('theme.title')), ...CHOICES.map(radio)));
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
