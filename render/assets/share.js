'use strict';
/* Share and save: a small menu on the map. Link, citation, picture (PNG, SVG), and what is shown as CSV and GeoJSON. What a
   frame forbids is not offered. */
(pm => {
  const { store } = pm, { html, svg, icon, byId, announce } = pm.dom;
  const NAME = 60;
  let box = null, opener = null, status = null, field = null;

  /* ---- words for what is shown */

  /** “Showing 3 of 18 records: …”, or '' where nothing is left out. */
  function summary() {
    if (!store.isFiltered()) return '';
    const { state, shown } = store, parts = store.facets.filter(facet => state.filters[facet.id]).map(facet => {
      const names = facet.values.filter(value => state.filters[facet.id].includes(value.id)).map(value => value.label);
      return pm.text('filters.' + facet.id) + ': ' + names.join(pm.text('share.or'));
    });
    if (state.window) parts.push(pm.text('share.window', { from: pm.dates.format(state.window[0], 'day'), to: pm.dates.format(state.window[1], 'day') }));
    if (state.query) parts.push(pm.text('share.query', { query: state.query }));
    const partly = shown.partly ? ' ' + pm.text('share.partly', { n: shown.partly }) : '';
    return pm.text('share.showing', { n: shown.count, total: shown.total }) + '. ' + parts.join('; ') + '.' + partly;
  }

  /** What is seen, in the whole page; a frame without an address has only its own. */
  const whole = () => pm.embed.fullAddress(pm.permalink.address()) || pm.permalink.address();

  /** An address that may leave this machine: of a file only its name and what follows #, of a frame without an address only
      that; '' if nothing follows. */
  function place(address) {
    const found = new URL(address || whole());
    if (/^https?:$/.test(found.protocol)) return found.href;
    return found.hash && (found.protocol === 'file:' ? decodeURIComponent(found.pathname.split('/').pop()) : '') + found.hash;
  }

  /** The place of one record, without filters: they do not belong to it. */
  const placeOf = id => place(pm.permalink.addressOf(id));

  const notComplete = () => pm.dom.all('.deck')[0].textContent;
  const citation = () => [pm.text('share.citation', { title: store.page.title, version: store.page.version }), notComplete(), summary(), place()]
    .filter(Boolean).join(' ').replace(/\s+/g, ' ');

  /* ---- what is shown, as rows and features */

  const found = () => Promise.all(store.records.filter(record => store.isShown(record.id)).map(async record => ({
    record, detail: await store.detail(record.id), area: store.areas[record.id], partly: store.isPartly(record.id), link: placeOf(record.id)
  })));

  const about = () => ({
    name: store.page.title,
    description: [notComplete(), summary(), pm.text('share.areas_note'), pm.text('share.numbers_note')].filter(Boolean).join(' ').replace(/\s+/g, ' '),
    data_version: store.page.version, permalink: place()
  });

  const saved = (ending, content, type) => pm.files.download(pm.rows.fileName(store.page.title.slice(0, NAME) + '-' + store.page.version, ending), content, type);

  const ACTIONS = [
    { id: 'link', run: () => copied('link', whole()), offered: () => /^(https?|file):$/.test(location.protocol) },
    { id: 'citation', words: 'citation_copy', run: () => copied('citation', citation()), offered: () => true },
    { id: 'png', run: async () => saved('png', await pm.saveView.png(pm.saveView.sheet())), file: true },
    { id: 'svg', run: () => saved('svg', pm.saveView.text(pm.saveView.sheet()), 'image/svg+xml'), file: true },
    { id: 'csv', run: async () => saved('csv', pm.exports.table(await found()), 'text/csv'), file: true },
    { id: 'geojson', run: async () => saved('geojson', pm.exports.features(await found(), about()), 'application/geo+json'), file: true }
  ];

  /** On the clipboard; where that is refused the text stands selected below, to be copied by hand. */
  async function copied(id, text) {
    if (await pm.files.copy(text)) return 'share.copied_' + id;
    field.hidden = false;
    field.value = text;
    field.focus();
    field.select();
    return 'share.refused';
  }

  async function run(action) {
    say('share.working');
    field.hidden = true;
    try {
      const done = await action.run();
      say(typeof done === 'string' ? done : done ? 'share.saved' : 'share.forbidden');
    } catch (error) {
      say('share.failed');
      console.error(error);
    }
  }

  function say(key) {
    status.textContent = pm.text(key);
    announce(pm.text(key));
  }

  /* ---- the menu */

  const items = () => pm.dom.all('[role=menuitem]', box);

  function open() {
    box.hidden = false;
    pm.dom.all('.share-shown', box)[0].textContent = summary() || pm.text('share.showing', { n: store.shown.count, total: store.shown.total }) + '.';
    status.textContent = '';
    field.hidden = true;
    opener.setAttribute('aria-expanded', 'true');
    items()[0].focus();
  }

  function close(back) {
    if (box.hidden) return;
    box.hidden = true;
    opener.setAttribute('aria-expanded', 'false');
    if (back) opener.focus();
  }

  function onKey(event) {
    const item = pm.pointing.next(event.key, items(), document.activeElement, /Up|Down/);
    if (!item || event.target === field) return;
    event.preventDefault();
    event.stopPropagation();
    item.focus();
  }

  function build() {
    const actions = ACTIONS.filter(action => action.file ? pm.files.allowed() : action.offered());
    const menu = html('div', { role: 'menu', 'aria-label': pm.text('share.title') }, ...actions.map((action, i) => {
      const item = html('button', { type: 'button', role: 'menuitem', tabindex: i ? -1 : 0, 'data-share': action.id }, pm.text('share.' + (action.words || action.id)));
      item.addEventListener('click', () => run(action));
      return item;
    }));
    status = html('p', { class: 'share-status' });
    field = html('textarea', { class: 'share-text', readonly: '', rows: 3, 'aria-label': pm.text('share.text'), hidden: '' });
    box = html('div', { class: 'share-box', id: 'share-box', hidden: '' }, html('p', { class: 'share-title' }, pm.text('share.title')), html('p', { class: 'share-shown' }), menu, status, field);
    box.addEventListener('keydown', onKey);
    box.addEventListener('focusout', event => { if (event.relatedTarget && !box.contains(event.relatedTarget) && event.relatedTarget !== opener) close(false); });
    return box;
  }

  function control() {
    opener = html('button', { type: 'button', class: 'map-button share-button', title: pm.text('share.title'), 'aria-label': pm.text('share.title'), 'aria-haspopup': 'menu', 'aria-expanded': 'false', 'aria-controls': 'share-box' },
      icon({ viewBox: '0 0 24 24' }, svg('path', { d: 'M12 15V3M7.5 7 12 2.8 16.5 7M5 11H4v10h16V11h-1', fill: 'none', stroke: 'currentColor', 'stroke-width': 2 })));
    opener.addEventListener('click', () => { if (box.hidden) open(); else close(true); });
    opener.addEventListener('keydown', event => { if (event.key === 'ArrowDown') { event.preventDefault(); open(); } });
    L.DomEvent.disableClickPropagation(opener);
    return opener;
  }

  function create() {
    pm.map.control('topright', control);
    byId('mapbox').append(build());
    document.addEventListener('pointerdown', event => { if (!box.contains(event.target) && !opener.contains(event.target)) close(false); });
    /* Before anyone else: Escape closes the menu and nothing under it. */
    document.addEventListener('keydown', event => {
      if (event.key !== 'Escape' || box.hidden) return;
      event.preventDefault();
      event.stopPropagation();
      close(true);
    }, true);
  }

  pm.share = { create, summary, place, citation };
})(panjmap);
