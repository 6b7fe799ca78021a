'use strict';
/* Before printing: the map as it is seen and the timeline as still pictures, folds open, what is shown and where it stands
   in words. After printing all of it goes again. The strip readies itself. */
(pm => {
  const { store } = pm, { html, byId, all } = pm.dom, root = document.documentElement;
  /* Pixels; the page has 704 across, so that texts come out at 9 and 8.5 points. */
  const MAP = { width: 760, height: 460 }, WIDTH = 800;
  let undo = null;

  /** Put something on the page until the printing is over. */
  function lend(parent, node, before) {
    if (!node) return;
    node.classList.add('print-only');
    parent.insertBefore(node, before || null);
    undo.push(() => node.remove());
  }

  /** What a picture shows, or null where a part is not there or fails: paper then has the static map, or no timeline. */
  function picture(draw) {
    try { return html('div', {}, draw()); } catch (error) { return null; }
  }

  /** Map and timeline on one sheet; the legend follows. */
  function timeFirst() {
    const legend = byId('legend'), time = byId('timeline'), next = time.nextSibling, parent = time.parentNode;
    if (time.hidden || legend.parentNode !== parent) return;
    legend.before(time);
    undo.push(() => parent.insertBefore(time, next));
    lend(time, picture(() => pm.timeline.svg(WIDTH)), byId('time-chart'));
  }

  function unfold() {
    all('details.fold:not([open])').forEach(fold => {
      fold.open = true;
      undo.push(() => { fold.open = false; });
    });
  }

  function shown() {
    return store.isFiltered() ? html('p', { class: 'print-shown' }, pm.share.summary()) : null;
  }

  /** Nothing filtered, moved or switched: the static map shows just that, and was laid out with more care. */
  function isPlain() {
    const { state } = store, switched = store.page.layers.some(layer => layer.id in state.layers && state.layers[layer.id] !== layer.on);
    return !store.isFiltered() && state.view === null && state.names === 'latin' && !switched;
  }

  function prepare() {
    if (undo) return;
    undo = [];
    unfold();
    lend(all('.top')[0], shown());
    const map = isPlain() ? null : picture(() => pm.saveView.svg(MAP));
    lend(byId('mapbox'), map, byId('not-located'));
    root.classList.toggle('printed', map !== null);
    timeFirst();
    if (!/^about:/.test(location.href)) lend(all('.foot')[0], html('p', { class: 'print-place' }, pm.text('print.place', { place: pm.permalink.address() })));
  }

  function restore() {
    if (!undo) return;
    undo.reverse().forEach(step => step());
    undo = null;
    root.classList.remove('printed');
  }

  function create() {
    window.addEventListener('beforeprint', prepare);
    window.addEventListener('afterprint', restore);
  }

  pm.print = { create };
})(panjmap);
