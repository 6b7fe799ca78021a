'use strict';
/* What became of records: a note on a corrected one, and the answer to an old link. */
(pm => {
  const store = pm.store, { html, byId, button } = pm.dom, text = (key, values) => pm.text('corrections.' + key, values);
  const known = () => store.page.corrections;

  const line = step => html('li', {}, html('span', { class: 'on' }, step.date + '.'), ' ' + step.says + ' ' + step.reason);

  /** The corrections of a record that is there, newest first; null if there are none. */
  function note(id) {
    const list = known().records[id];
    if (!list) return null;
    return html('section', { class: 'corrected', 'aria-label': text('of_record') }, html('strong', {}, text('of_record')), html('ul', {}, ...list.map(line)));
  }

  /** What an address that names `id` is answered with: {kind, id, title, steps, into}. Pure but for the page's block. */
  function answer(id) {
    const ended = known().ended[id];
    if (!ended) return { kind: 'unknown', id, title: id, steps: [], into: null };
    return { kind: ended.into ? 'merged' : 'withdrawn', id, title: ended.title, steps: ended.steps, into: ended.into };
  }

  function showAll() {
    const list = byId('corrections');
    list.setAttribute('tabindex', -1);
    list.scrollIntoView({ block: 'start' });
    list.focus({ preventScroll: true });
  }

  /** The answer as the panel shows it, in the place of a detail. */
  function build(found, close) {
    const into = found.into && store.byId[found.into], title = into ? into.title : '';
    return html('article', { class: 'detail answer', 'aria-labelledby': 'detail-title' },
      html('div', { class: 'bar' }, button(store.state.embed ? pm.text('embed.close') : '← ' + pm.text('detail.back'), close)),
      html('h2', { id: 'detail-title', tabindex: -1 }, html('span', {}, text('head.' + found.kind))),
      found.kind === 'unknown' ? html('p', {}, text('unknown', { id: found.id })) : html('ol', { class: 'steps' }, ...found.steps.map(line)),
      into ? html('p', { class: 'actions' }, html('a', { class: 'button', href: '#sel=' + found.into, 'data-id': found.into, dir: 'auto' }, text('open', { title }))) : null,
      html('p', { class: 'why' }, found.kind === 'unknown' ? null : text('link', { id: found.id })),
      html('p', {}, button(text('all'), () => { close(); showAll(); }, { class: 'link' })));
  }

  pm.corrections = { note, answer, build };
})(panjmap);
