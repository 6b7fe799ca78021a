'use strict';
/* List, table and the chip on the map follow what is shown: only rows whose state changed are touched. */
(pm => {
  const store = pm.store, { html, byId, all, announce } = pm.dom, { OUT, IN, PARTLY } = pm.matching, QUIET = 700, LATE = 150, MANY = 200, PACE = 120, ROW = 100;
  let nodes = [], heads = [], parts = [], aside = [], last = null, said = '', timer = null, late = null, paced = null, followed = -PACE;

  /** Whether a browser that can tell leaves out what is inside, as out of sight. */
  const isFar = node => Boolean(node.checkVisibility) && node.checkVisibility() && !node.checkVisibility({ contentVisibilityAuto: true });

  /** What belongs to each record: entry of the list, row of the table (each in its part of list or table), line in the chip. */
  function collect() {
    const rowOf = link => store.byId[link.dataset.id].row;
    nodes = store.records.map(() => ({ boxes: [], link: null }));
    aside = all('#not-located [data-id]').filter(link => store.byId[link.dataset.id]).map(link => ({ record: store.byId[link.dataset.id], box: link.closest('li') || link }));
    aside.forEach(one => { nodes[one.record.row].boxes.push(one.box); });
    heads = all('#list .group').map(head => ({ kind: head.id.replace('group-', ''), head, whole: 0, n: all('.n', head)[0], before: -1 }));
    parts = all('#list .list, #table tbody').map(box => {
      const listed = box.matches('ol'), entries = all('a[data-id]', box).map(link => ({ row: rowOf(link), box: link.closest('li, tr'), tag: null, state: IN,
        place: () => listed ? all('.item-text', link)[0] : link.closest('tr').cells[0] }));
      entries.forEach(entry => nodes[entry.row].boxes.push(entry.box));
      if (listed) {
        all('a[data-id]', box).forEach(link => { nodes[rowOf(link)].link = link; });
        heads.find(head => head.kind === store.records[entries[0].row].kind).whole += entries.length;
      }
      const part = { box, listed, entries, count: entries.length, far: isFar(entries[0].box), stale: false };
      box.addEventListener('contentvisibilityautostatechange', event => {
        part.far = event.skipped;
        if (!part.far && part.stale) apply(part);
      });
      return part;
    });
  }

  function change(entry, state) {
    entry.state = state;
    entry.box.hidden = state === OUT;
    if (state === PARTLY && !entry.tag) {
      const words = pm.text(store.records[entry.row].undated ? 'list.undated' : 'list.may_lie_outside');
      entry.tag = entry.place().appendChild(html('span', { class: 'tag may' }, words));
    }
    if (entry.tag) entry.tag.hidden = state !== PARTLY;
  }

  function apply(part) {
    part.stale = false;
    sized(part);
    part.entries.forEach(entry => { if (entry.state !== last[entry.row]) change(entry, last[entry.row]); });
  }

  const applyAll = () => parts.filter(part => part.stale).forEach(apply);

  /** Of many records the list follows a drag in steps: nobody reads a list that flickers. Parts in sight follow at once, the others once the reader rests; those of the list get their height before, so that
      what is in sight stands where it will stay. */
  function follow() {
    const counts = {}, now = performance.now();
    clearTimeout(paced);
    if (store.records.length > MANY && now - followed < PACE) { paced = setTimeout(follow, PACE); return; }
    followed = now;
    last = store.shown.mask;
    store.records.forEach((record, row) => { counts[record.kind] = (counts[record.kind] || 0) + (last[row] === OUT ? 0 : 1); });
    parts.forEach(part => {
      part.stale = part.far;
      if (!part.far) apply(part);
      else if (part.listed) sized(part);
    });
    clearTimeout(late);
    late = setTimeout(applyAll, LATE);
    heads.forEach(one => heading(one, counts[one.kind] || 0));
    chip();
    tell();
  }

  function sized(part) {
    const count = part.entries.reduce((sum, entry) => sum + (last[entry.row] === OUT ? 0 : 1), 0);
    if (count === part.count) return;
    part.box.hidden = count === 0;
    if (part.box.classList.contains('part')) part.box.style.containIntrinsicHeight = count * ROW + 'px';
    part.count = count;
  }

  function heading(one, count) {
    if (one.before === count) return;
    const { whole } = one;
    one.n.textContent = '(' + (count === whole ? whole : pm.text('count.of', { shown: count, all: whole })) + ')';
    one.head.hidden = count === 0;
    one.before = count;
  }

  /** "Not on the map" counts only what shows. */
  function chip() {
    const box = byId('not-located');
    if (!box) return;
    const seen = aside.filter(one => last[one.record.row] !== OUT), operations = seen.filter(one => one.record.colour === 'operation').length;
    aside.forEach(one => { if (one.box.hidden !== (last[one.record.row] === OUT)) one.box.hidden = !one.box.hidden; });
    box.hidden = seen.length === 0;
    const parts = [['map.attacks', seen.length - operations], ['map.operations', operations]].filter(part => part[1]);
    all('summary, a:only-child > span', box)[0].textContent = pm.text('map.not_on_map', { what: parts.map(([key, n]) => pm.text(key, { n })).join(', ') });
  }

  /** "Showing 5 of 18 records, 2 of them may lie outside the dates". */
  function count() {
    const { count: n, total, partly } = store.shown;
    if (!store.isFiltered()) return pm.text('count.all', { n: total });
    return pm.text('count.showing', { shown: n, n: total }) + (partly ? ', ' + pm.text('count.partly', { n: partly }) : '');
  }

  /** Say the new number once the reader has come to rest. */
  function tell() {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (said !== count()) announce(said = count());
    }, QUIET);
  }

  /* ---- hovered and selected */

  function mark(name, now, before) {
    [before, now].forEach(id => {
      const node = store.byId[id] && nodes[store.byId[id].row];
      if (node) node.boxes.forEach(box => { box.classList.toggle(name, id === now); });
    });
  }

  /** Marks follow the state of that name; `more(node, on)` does what else belongs to it. */
  function marks(name, more) {
    let before = null;
    store.on(name, id => {
      mark(name, id, before);
      if (more) [before, id].forEach(one => { if (store.byId[one]) more(nodes[store.byId[one].row], one === id); });
      before = id;
    });
  }

  function recordOf(target) {
    const node = target.closest('[data-id], [data-row]');
    return node && (node.dataset.id || node.dataset.row);
  }

  function current(node, on) {
    if (!node.link) return;
    if (on) node.link.setAttribute('aria-current', 'true');
    else node.link.removeAttribute('aria-current');
  }

  function create() {
    collect();
    said = count();
    [byId('list'), byId('table'), byId('not-located')].filter(Boolean).forEach(box => pm.pointing.hover(box, recordOf, true));
    marks('hovered');
    marks('selected', current);
    store.on('shown', follow);
    window.addEventListener('beforeprint', () => {
      followed = -PACE;
      follow();
      applyAll();
    });
    follow();
  }

  pm.list = { create, count };
})(panjmap);
