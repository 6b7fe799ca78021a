'use strict';
/* One of several: a radio button that follows a state of the store, wherever the change comes from. */
(pm => {
  const { store } = pm, { html } = pm.dom;

  /** The radio of one value of `state`; `chosen(value)` runs when the reader picks it, `lang` is the language of its words. */
  pm.choice = function (state, value, words, lang, chosen) {
    const box = html('input', { type: 'radio', name: state, value }), update = () => { box.checked = store.state[state] === value; };
    box.addEventListener('change', () => {
      store.set(state, value);
      chosen(value);
    });
    store.on(state, update);
    update();
    return html('label', { class: 'switch' }, box, html('span', { lang, dir: lang ? 'auto' : null }, words));
  };
})(panjmap);
