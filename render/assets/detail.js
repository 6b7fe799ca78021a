'use strict';
/* The detail of one record: facts, what each report says, reported totals, decisions, citation. Builds elements only. */
(pm => {
  const store = pm.store, { html, byId, all, token, button, announce } = pm.dom;
  const FEW = 6, MANY = 8;

  const why = (...parts) => html('span', { class: 'why' }, ...parts);
  const text = key => pm.text('detail.' + key);
  const heading = (key, ...more) => html('h3', {}, text(key), ...more);
  const linkTo = other => html('a', { href: '#sel=' + other.id, 'data-id': other.id, dir: 'auto' }, other.title);

  /* ---- facts */

  function facts(detail) {
    const list = html('dl', { class: 'facts' }), where = detail.where;
    const row = (key, value, ...more) => {
      if (value && value.text) list.append(html('dt', {}, text(key)), html('dd', {}, value.text, ...more, value.why ? why(value.why) : null));
    };
    row('when', detail.when);
    row('where', { text: where.text }, pm.script.beside(detail.id), why(html('strong', {}, where.precision + '.'), where.why ? ' ' + where.why : null));
    row('killed', detail.killed);
    row('injured', detail.injured);
    row('origin', { text: where.origin });
    if (detail.same_as.length) row('same', { text: text('same_text') + ' ', why: detail.same_why }, ...detail.same_as.map(linkTo));
    if (store.byId[detail.id].precision !== 'unknown') row('placed', { text: ' ' }, why(where.how));
    row('river', where.river);
    return list;
  }

  /* ---- what the reports say */

  /** One attribute: yellow where reports differ, with the reason of a decision if there is one; who is a witness last. */
  function attribute(entry, level) {
    const list = html('ul', {}), all = entry.statements, folded = all.length > MANY;
    list.append(...all.slice(0, folded ? FEW : all.length).map(claim));
    const rest = folded ? button(pm.text('detail.all', { n: all.length }), () => {
      const more = all.slice(FEW).map(claim);
      list.append(...more);
      rest.remove();
      more[0].setAttribute('tabindex', -1);
      more[0].focus();
    }) : null;
    return html('section', { class: entry.differ ? 'claims differ' : 'claims' },
      html(level || 'h4', {}, html('span', {}, entry.label), entry.differ ? html('strong', {}, text('differ')) : null),
      entry.why ? html('p', { class: 'why' }, entry.why) : null, list, rest,
      entry.heard ? html('p', { class: 'why heard' }, entry.heard) : null);
  }

  /** One value and who says it; a value of one speaker stands on one line with them. */
  function claim(statement) {
    const item = html('li', { class: statement.said.length > 1 ? null : 'one' });
    item.append(html('span', { class: 'value', dir: 'auto' }, statement.text), ...statement.said.map(voice => {
      const line = html('div', { class: 'voice' }, html('span', { class: 'speaker' }, speaker(voice)));
      line.append(...voice.outlets.map(outlet => badge(outlet, item, line)), ...(pm.internal ? pm.internal.passages(voice) : []));
      return line;
    }));
    return item;
  }

  function speaker(voice) {
    if (!voice.speaker) return voice.manner ? voice.manner : text('no_speaker');
    return voice.manner ? voice.speaker + ', ' + voice.manner : pm.text('detail.per', { name: voice.speaker });
  }

  /** An outlet: opens what is on file about the report, with its link or the words that there is none. */
  function badge(outlet, item, line) {
    const via = outlet.via ? html('span', { class: 'via' }, pm.text('detail.via', { name: outlet.via })) : null;
    const node = button(outlet.name, () => {
      const open = node.getAttribute('aria-expanded') === 'true';
      if (!open) all('[aria-expanded=true]', item).forEach(other => other.click());
      all('.report', item).forEach(box => box.remove());
      if (!open) line.after(report(outlet));
      node.setAttribute('aria-expanded', !open);
    }, { class: 'badge', 'aria-expanded': false });
    return html('span', { class: 'outlet' }, node, via);
  }

  function report(outlet) {
    const known = all('#source-list [data-report]').find(node => node.dataset.report === outlet.report);
    const box = html('div', { class: 'report' });
    if (known) box.append(...[...known.childNodes].map(node => node.cloneNode(true)));
    return box;
  }

  /** Totals that speak of the record, each with its own claims; of a total, the records that it speaks of. */
  function totals(detail, found) {
    if (!found.length) return [];
    if (detail.kind === 'aggregate') return [heading('parts'), html('ul', { class: 'parts' }, ...found.map(one => html('li', {}, linkTo(one))))];
    return [heading('totals'), ...found.map(one => html('section', { class: 'total' }, html('h4', {}, linkTo(one)),
      ...one.notes.map(note => html('p', { class: 'why' }, note)), ...one.attributes.map(entry => attribute(entry, 'h5'))))];
  }

  function decisions(list) {
    if (!list.length) return null;
    return html('details', { class: 'decisions' }, html('summary', {}, pm.text('detail.decisions', { n: list.length })),
      html('ul', {}, ...list.map(one => html('li', {}, html('strong', {}, one.label + ': ' + one.chosen), ' ', one.reason,
        why(pm.text('detail.rests', { source: one.source, on: one.on }))))));
  }

  /* ---- cite and keep */

  const HEADER = ['record_id', 'title', 'attribute', 'value', 'low', 'high', 'victim_group', 'speaker', 'manner', 'outlet', 'via', 'link', 'claim_id', 'start', 'end'];

  /** A detail -> rows of its claims, one a claim and value. Pure. */
  function claimRows(detail) {
    const out = [];
    detail.attributes.forEach(entry => entry.statements.forEach(statement => statement.said.forEach(voice => voice.outlets.forEach(outlet => {
      const [low, high] = statement.n || [null, null];
      outlet.claims.forEach(([id, manner, who, start, end]) => out.push([detail.id, detail.title, entry.label, statement.text, low, high, who,
        voice.speaker || null, manner, outlet.name, outlet.via, outlet.url, id, start, end]));
    }))));
    return out;
  }

  /** A detail -> properties of its feature: what the panel says, in the panel's words. Pure. */
  function properties(detail) {
    const out = Object.assign({}, detail);
    ['symbol_id', 'label'].forEach(name => { delete out[name]; });
    return out;
  }

  function keep(detail) {
    const link = /^about:/.test(location.protocol) ? '' : pm.permalink.addressOf(detail.id), whole = detail.citation + (/^http/.test(link) ? ' ' + link : '');
    const citation = html('p', { class: 'citation', dir: 'auto' }, whole), box = html('p', { class: 'actions' });
    const act = (key, action) => { const node = button(text(key), () => action(node)); box.append(node); };
    act('copy_citation', node => copy(whole, citation, node));
    if (link) act('copy_link', node => copy(link, citation, node));
    const save = (content, ending, type) => pm.files.download(pm.rows.fileName(detail.id, ending), content, type);
    if (pm.files.allowed()) {
      act('csv', () => save(pm.rows.csv(HEADER, claimRows(detail)), 'csv', 'text/csv;charset=utf-8'));
      act('json', () => save(feature(detail), 'geojson', 'application/geo+json'));
    }
    return [heading('cite'), citation, box, pm.files.allowed() ? null : html('p', { class: 'why' }, text('no_save'))];
  }

  function feature(detail) {
    const made = pm.rows.feature(store.byId[detail.id], store.areas[detail.id], properties(detail));
    return JSON.stringify(pm.rows.collection([made], { title: store.page.title, note: all('.deck')[0].textContent }), null, 1) + '\n';
  }

  async function copy(words, shown, node) {
    const done = await pm.files.copy(words), before = node.dataset.text || node.textContent;
    if (!done) {
      shown.textContent = words;
      getSelection().selectAllChildren(shown);
    }
    node.dataset.text = before;
    node.textContent = text(done ? 'copied' : 'copy_by_hand');
    announce(node.textContent);
    setTimeout(() => { node.textContent = before; }, 4000);
  }

  /* ---- all of it */

  /** Previous and next, in list order among what is shown; at the ends the button is off, nothing wraps. */
  function bar(actions) {
    const arrow = (key, sign, by) => {
      const node = button(sign, () => { if (node.getAttribute('aria-disabled') !== 'true') actions.step(by); }, { 'aria-label': text(key), title: text(key), 'data-by': by });
      return node;
    };
    return html('div', { class: 'bar' }, button(store.state.embed ? pm.text('embed.close') : '← ' + text('back'), actions.close), html('span', { class: 'position' }),
      html('span', { class: 'pair' }, arrow('previous', '↑', -1), arrow('next', '↓', 1)));
  }

  /** Detail of a record, details of the totals tied to it, {close, step} -> element. */
  function build(detail, found, actions) {
    const box = html('article', { class: 'detail', 'aria-labelledby': 'detail-title' }, bar(actions), pm.corrections.note(detail.id),
      html('h2', { id: 'detail-title', tabindex: -1 }, token(detail.symbol_id), html('span', { dir: 'auto' }, detail.title)),
      html('p', { class: 'type' }, [...new Set([detail.type_label, detail.kind_label])].filter(Boolean).join(' · ')),
      facts(detail), ...detail.notes.map(note => html('p', { class: 'remark' }, note)));
    if (detail.attributes.length) box.append(heading('says'), ...detail.attributes.map(entry => attribute(entry)));
    box.append(...[...totals(detail, found), decisions(detail.decisions), ...keep(detail)].filter(Boolean));
    return box;
  }

  /** Where the record stands among those shown; called again when that changes. */
  function place(at, count) {
    const bar = all('#detail .bar')[0];
    if (!bar || !all('.pair', bar).length) return;
    all('.position', bar)[0].textContent = at < 0 ? pm.text('detail.others', { n: count }) : pm.text('detail.position', { at: at + 1, count });
    all('[data-by]', bar).forEach(node => {
      const off = count === 0 || (at >= 0 && (at + Number(node.dataset.by) < 0 || at + Number(node.dataset.by) >= count));
      node.setAttribute('aria-disabled', off);
    });
  }

  pm.detail = { build, place };
})(panjmap);
