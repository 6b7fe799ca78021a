'use strict';
/* Start: read the blocks, then bring the static page to life, part by part. If anything fails, the static page stays. */
(pm => {
  const PHONE = 600;

  /** Without scripts the list comes before the map, so that a page cut short still has it; with them, map first. */
  function arrange() {
    const frame = pm.dom.byId('frame'), read = window.scrollY > 0 && pm.dom.all('#list .item').find(item => item.getBoundingClientRect().bottom > 0);
    const top = read && read.getBoundingClientRect().top;
    document.documentElement.classList.add('js');
    frame.append(...['mapcol', 'legend', 'timeline', 'side'].map(pm.dom.byId));
    if (window.innerWidth < PHONE) {
      pm.dom.byId('table-fold').open = false;
      if (!pm.store.state.embed) pm.dom.all('.legend-part.fold').slice(1).forEach(part => { part.open = false; });
    }
    /* On a slow line someone may be reading the list by now: it stays under their eyes. */
    if (read) window.scrollBy(0, read.getBoundingClientRect().top - top);
  }

  /** A table wider than its box can be scrolled by keyboard. */
  function scrollable() {
    const box = pm.dom.byId('table-scroll');
    new ResizeObserver(() => {
      const wide = box.scrollWidth > box.clientWidth + 1;
      if (wide) {
        box.setAttribute('tabindex', 0);
        box.setAttribute('role', 'region');
        box.setAttribute('aria-label', pm.text('table.scrollable'));
      } else ['tabindex', 'role', 'aria-label'].forEach(name => { box.removeAttribute(name); });
    }).observe(box);
  }

  async function start() {
    await pm.store.load();
    pm.theme.restore();
    const wanted = pm.permalink.restore();
    arrange();
    pm.map.create();
    pm.share.create();
    await pm.symbols.create();
    pm.list.create();
    pm.panel.create();
    pm.search.create();
    pm.filters.create();
    pm.layers.create();
    pm.timeline.create();
    pm.strip.create();
    pm.embed.create();
    pm.print.create();
    pm.permalink.follow();
    scrollable();
    if (wanted) await pm.panel.select(wanted, 'list');
    await pm.map.shade();
    document.documentElement.setAttribute('data-ready', 'true');
  }

  start().catch(error => {
    pm.dom.byId('static-map').hidden = false;
    pm.dom.byId('map').hidden = true;
    console.error(error);
  });
})(panjmap);
