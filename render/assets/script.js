'use strict';
/* Names of places in the script that the reader chose: Latin, Tajik Cyrillic or Persian; Latin where the others are not known.
   SVG text gets no `direction`: it would flip the anchor, and letters join and read right without it. */
(pm => {
  const store = pm.store, { html, announce } = pm.dom, CHOICES = ['latin', 'tg', 'fa'], LARGER = 1.15;

  /** The name of {name or text, name_tg, name_fa} in the chosen script, else in Latin. */
  const nameOf = place => place['name_' + store.state.names] || place.name || place.text || '';

  /** The short form, '' if there is none in the script of the long one. */
  function shortOf(place) {
    const script = store.state.names;
    return (place['name_' + script] ? place['short_' + script] : place.short) || '';
  }

  /** The language of a name by its letters, for `lang`; null for Latin. */
  const langOf = text => /[\u0600-\u06ff]/.test(text) ? 'fa' : /[\u0400-\u04ff]/.test(text) ? 'tg' : null;

  /** Letters that join must not be spaced. */
  const isJoined = text => langOf(text) === 'fa';

  /** Type size of a name: joined letters look smaller than Latin ones of their size. */
  const sizeOf = (text, size) => isJoined(text) ? Math.round(size * LARGER * 2) / 2 : size;

  /** A name inside a sentence of another direction: isolated, so that figures and signs beside it stay in place. */
  const inText = text => isJoined(text) ? '\u2068' + text + '\u2069' : text;

  /** The names of a record's places in the other scripts, to stand beside the Latin ones: ' (Шодак · شادک)'; nothing if none is known. */
  function beside(id) {
    const names = store.page.where_names[id] || [];
    return names.length ? html('span', { class: 'names' }, ' (', ...[].concat(...names.map((name, i) => [i ? ' · ' : null, html('bdi', { lang: name.lang }, name.text)])), ')') : null;
  }

  const said = name => announce(pm.text('names.shown', { script: pm.text('names.' + name) }));
  const choice = name => pm.choice('names', name, pm.text('names.' + name), name === 'latin' ? null : name, said);

  function create(panel) {
    panel.append(html('fieldset', { id: 'names' }, html('legend', {}, pm.text('names.title')), ...CHOICES.map(choice),
      html('p', { class: 'why' }, pm.text('names.note'))));
    store.on('names', () => { pm.symbols.draw(); });
  }

  pm.script = { create, nameOf, shortOf, langOf, isJoined, sizeOf, inText, beside };
})(panjmap);
