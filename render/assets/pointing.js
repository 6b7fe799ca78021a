'use strict';
/* Pointing at records, the same in every view: hovering, and arrow keys among marks. */
(pm => {
  const { store } = pm, ROVING = 30, STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

  /** The record under the pointer is hovered, with `focus` also the one that has the keyboard. `idOf(target)` names it. */
  function hover(box, idOf, focus) {
    const over = event => store.set('hovered', idOf(event.target) || null), out = () => store.set('hovered', null);
    ['pointerover'].concat(focus ? 'focusin' : []).forEach(name => box.addEventListener(name, over));
    ['pointerleave'].concat(focus ? 'focusout' : []).forEach(name => box.addEventListener(name, out));
  }

  /** The one of `list` that a key leads to from `node`, round and round; null for a key that leads nowhere.
      `arrows` tells the arrow keys that count. */
  function next(key, list, node, arrows = /^Arrow/) {
    const step = arrows.test(key) && STEPS[key];
    if (key !== 'Home' && key !== 'End' && !step) return null;
    const to = key === 'Home' ? 0 : key === 'End' ? list.length - 1 : list.indexOf(node) + step;
    return list[(to + list.length) % list.length];
  }

  /** Of many marks only one is a tab stop, and arrow keys move among them. */
  const isMany = list => list.length > ROVING;
  function stops(list, stop) {
    const only = isMany(list) ? stop || list[0] : null;
    list.forEach(node => {
      const index = !only || node === only ? '0' : '-1';
      if (node.getAttribute('tabindex') !== index) node.setAttribute('tabindex', index);
    });
  }

  pm.pointing = { hover, next, isMany, stops };
})(panjmap);
