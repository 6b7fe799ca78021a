'use strict';
/* List, table and the chip on the map follow what is shown: only rows whose state changed are touched. */
(pm => {
  const store = pm.store, { html, byId, all, announce } = pm.dom, { OUT, PARTLY } = pm.matching, QUIET = 700, ROW = 100;
  let nodes = [], heads = [], parts = [], last = null, said = '', timer = null;

  /** What belongs to each record, by row: the entry of the list, the row of the table, the line in the chip, and tags once made. */
  function collect() {
    nodes = store.records.map(() => ({ tags: null }));
    const put = (key, node, id) => { if (store.byId[id]) nodes[store.byId[id].row][key] = node; };
    all('#list a[data-id]').forEach(link => { put('link', link, link.dataset.id); put('item', link.parentNode, link.dataset.id); });
    all('#table tr[data-row]').forEach(row => put('row', row, row.dataset.row));
    all('#not-located [data-id]').forEach(link => put('chip', link.closest('li') || link, link.dataset.id));
    heads = all('#list .group').map(head => ({ kind: head.id.replace('group-', ''), head, lists: [], n: all('.n', head)[0], before: -1 }));
    parts = all('#list .list, #table tbody').map(box => {
      const rows = all('[data-id]', box).map(link => store.byId[link.dataset.id].row), kind = store.records[rows[0]].kind;
      if (box.matches('ol')) heads.find(head => head.kind === kind).lists.push(box);
      return { box, rows, before: rows.length };
    });
  }

  /** The words on a record that is shown although its dates may lie outside. */
  function tagOf(record) {
    return html('span', { class: 'tag may' }, pm.text(record.undated ? 'list.undated' : 'list.may_lie_outside'));
  }

  function change(row, state) {
    const record = store.records[row], node = nodes[row];
    [node.item, node.row].forEach(part => { if (part) part.hidden = state === OUT; });
    if (state === PARTLY && !node.tags) {
      node.tags = [node.link && all('.item-text', node.link)[0], node.row && node.row.cells[0]].filter(Boolean).map(place => place.appendChild(tagOf(record)));
    }
    if (node.tags) node.tags.forEach(tag => { tag.hidden = state !== PARTLY; });
  }

  function follow() {
    const { mask, total } = store.shown, counts = {}, before = last || new Uint8Array(total).fill(1);
    for (let row = 0; row < total; row++) {
      if (mask[row] !== before[row]) change(row, mask[row]);
      const kind = store.records[row].kind;
      counts[kind] = (counts[kind] || 0) + (mask[row] === OUT ? 0 : 1);
    }
    last = mask;
    parts.forEach(sized);
    heads.forEach(one => heading(one, counts[one.kind] || 0));
    chip();
    tell();
  }

  /** A part of list or table out of sight is not laid out: it goes if empty, and gets a height by the number of its rows. */
  function sized(part) {
    const count = part.rows.reduce((sum, row) => sum + (last[row] === OUT ? 0 : 1), 0);
    if (count === part.before) return;
    part.box.hidden = count === 0;
    if (part.box.classList.contains('part')) part.box.style.containIntrinsicHeight = count * ROW + 'px';
    part.before = count;
  }

  function heading(one, count) {
    if (one.before === count) return;
    const whole = one.lists.reduce((sum, list) => sum + list.children.length, 0);
    one.n.textContent = '(' + (count === whole ? whole : pm.text('count.of', { shown: count, all: whole })) + ')';
    one.head.hidden = count === 0;
    one.before = count;
  }

  /** "Not on the map" counts only what shows. */
  function chip() {
    const box = byId('not-located');
    if (!box) return;
    const shown = all('[data-id]', box).map(link => store.byId[link.dataset.id]).filter(Boolean);
    const seen = shown.filter(record => last[record.row] !== OUT), operations = seen.filter(record => record.colour === 'operation').length;
    shown.forEach(record => { nodes[record.row].chip.hidden = last[record.row] === OUT; });
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
      if (node) [node.item, node.row].forEach(part => { if (part) part.classList.toggle(name, id === now); });
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

  function hovering(box) {
    const over = event => {
      const node = event.target.closest('[data-id], [data-row]');
      store.set('hovered', node ? node.dataset.id || node.dataset.row : null);
    };
    ['pointerover', 'focusin'].forEach(name => box.addEventListener(name, over));
    ['pointerleave', 'focusout'].forEach(name => box.addEventListener(name, () => store.set('hovered', null)));
  }

  function current(node, on) {
    if (!node.link) return;
    if (on) node.link.setAttribute('aria-current', 'true');
    else node.link.removeAttribute('aria-current');
  }

  function create() {
    collect();
    said = count();
    [byId('list'), byId('table')].forEach(hovering);
    marks('hovered');
    marks('selected', current);
    store.on('shown', follow);
    follow();
  }

  pm.list = { create, count };
})(panjmap);
