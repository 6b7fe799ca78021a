'use strict';
/* The state of the page in its address, after the #: only what differs from the start; what is unknown is ignored. */
(pm => {
  /* Key in the address by facet. */
  const FACETS = { type: 'type', precision: 'prec', source: 'src', speaker: 'spk', actor: 'act', where: 'where', differ: 'diff' };
  const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/, LONGEST = 200;

  /** Half of a pair of code units, as where a text was cut, cannot stand in an address. */
  const wellFormed = text => text.replace(/\p{Surrogate}/gu, '\ufffd');

  /** State -> text for the address, without #; '' at the start. `defaults` holds the layers as they are at first, and
      whether the page is compact of its own. */
  function write(state, defaults) {
    const out = [], list = values => values.map(encodeURIComponent).join(',');
    if (state.embed !== Boolean(defaults.embed)) out.push('embed=' + Number(state.embed));
    if (state.view) out.push('v=' + [state.view[0].toFixed(2), state.view[1].toFixed(4), state.view[2].toFixed(4)].map(Number).join('/'));
    Object.keys(FACETS).filter(facet => state.filters[facet]).forEach(facet => { out.push(FACETS[facet] + '=' + list(state.filters[facet])); });
    if (state.window) out.push('t=' + state.window.map(pm.dates.iso).join('..'));
    if (state.query) out.push('q=' + encodeURIComponent(wellFormed(state.query)));
    if (state.names !== 'latin') out.push('names=' + state.names);
    if (state.theme !== 'device') out.push('theme=' + state.theme);
    const layers = Object.keys(state.layers).filter(id => state.layers[id] !== defaults.layers[id]).map(id => (state.layers[id] ? '' : '-') + id);
    if (layers.length) out.push('layers=' + list(layers));
    if (state.selected) out.push('sel=' + encodeURIComponent(state.selected));
    return out.join('&');
  }

  function decoded(text) {
    try { return decodeURIComponent(text.replace(/\+/g, ' ')); } catch (error) { return ''; }
  }

  /** Three plain numbers in range, else null. */
  function viewOf(text) {
    const given = text.split('/'), numbers = given.map(Number);
    const fits = given.length === 3 && given.every(part => /^-?\d+(\.\d+)?$/.test(part)) && numbers[0] >= 0 && numbers[0] <= 20
      && Math.abs(numbers[1]) <= 85 && Math.abs(numbers[2]) <= 180;
    return fits ? numbers : null;
  }

  function windowOf(text) {
    const days = text.split('..').map(pm.dates.fromIso);
    return days.length === 2 && !days.includes(null) && days[0] <= days[1] ? days : null;
  }

  /** Address -> the part of the state that it names. `known` is {facets: {id: [values]}, layers: [ids]}; an unknown record
      is kept by its id, so that the page can say what became of it. */
  function read(hash, known) {
    const out = { filters: {}, layers: {} }, parts = {};
    hash.replace(/^#/, '').split('&').forEach(part => {
      const at = part.indexOf('=');
      if (at > 0) parts[part.slice(0, at)] = part.slice(at + 1);
    });
    const values = key => (parts[key] || '').split(',').map(decoded).filter(Boolean);
    Object.keys(FACETS).forEach(facet => {
      const wanted = values(FACETS[facet]).filter(value => (known.facets[facet] || []).includes(value));
      if (wanted.length) out.filters[facet] = [...new Set(wanted)];
    });
    values('layers').forEach(value => {
      const id = value.replace(/^-/, '');
      if (known.layers.includes(id)) out.layers[id] = id === value;
    });
    if (parts.v) out.view = viewOf(decoded(parts.v));
    if (parts.t) out.window = windowOf(decoded(parts.t));
    if (parts.q) out.query = wellFormed(decoded(parts.q).slice(0, LONGEST));
    if (['tg', 'fa'].includes(parts.names)) out.names = parts.names;
    if (['light', 'dark'].includes(parts.theme)) out.theme = parts.theme;
    if (['0', '1'].includes(parts.embed)) out.embed = parts.embed === '1';
    const selected = decoded(parts.sel || '');
    if (ID.test(selected)) out.selected = selected;
    return out;
  }

  /* ---- the page's own address */

  const { store } = pm, WAIT = 250, FOLLOWED = ['filters', 'query', 'window', 'names', 'theme', 'view', 'layers', 'selected'];
  let defaults = null, timer = null, last = 0, written = null;
  const known = () => ({ facets: Object.fromEntries(store.facets.map(facet => [facet.id, facet.values.map(value => value.id)])),
    layers: Object.keys(store.state.layers) });

  /** Take over what the address says, but for the selection, which the panel opens. Returns the wanted record. */
  function restore() {
    defaults = { layers: Object.assign({}, store.state.layers), embed: pm.embed.built };
    /* A srcdoc frame has no address: the host can say the same in the frame's name. */
    const wish = read(location.protocol === 'about:' ? window.name : location.hash, known());
    const asked = /[?&]embed=([01])(&|$)/.exec(location.search);
    if (asked) wish.embed = asked[1] === '1';
    if (wish.embed === undefined) wish.embed = pm.embed.built;
    apply(wish);
    return wish.selected || null;
  }

  function apply(wish) {
    store.set('embed', wish.embed || store.state.embed);
    store.set('theme', wish.theme || store.state.theme);
    store.set('names', wish.names || 'latin');
    store.set('query', wish.query || '');
    store.set('window', wish.window || null);
    store.facets.forEach(facet => {
      const values = wish.filters[facet.id] || [];
      if (String(values) !== String(store.state.filters[facet.id] || [])) store.setFilter(facet.id, values);
    });
    Object.keys(store.state.layers).forEach(id => {
      const on = id in wish.layers ? wish.layers[id] : defaults.layers[id];
      if (on !== store.state.layers[id]) store.setLayer(id, on);
    });
    store.set('view', wish.view || null);
  }

  /** The address of what is seen now. */
  const address = () => {
    const text = write(store.state, defaults);
    return location.href.split('#')[0] + (text ? '#' + text : '');
  };

  /** The address that opens one record in the whole page, and nothing else of what is seen. */
  const addressOf = id => (pm.embed.fullAddress(location.href) || location.href).split('#')[0] + '#sel=' + encodeURIComponent(id);

  function put() {
    timer = null;
    last = performance.now();
    written = write(store.state, defaults);
    try {
      history.replaceState(null, '', written ? '#' + written : location.pathname + location.search);
    } catch (error) { /* some sandboxes refuse */ }
  }

  /** From now on the address follows the state, at most four times a second, and the state a changed address. */
  function follow() {
    FOLLOWED.forEach(name => store.on(name, () => {
      if (timer !== null) return;
      const wait = WAIT - (performance.now() - last);
      timer = setTimeout(put, Math.max(0, wait));
    }));
    window.addEventListener('hashchange', () => {
      const hash = location.hash.replace(/^#/, '');
      if (hash === written || (hash && !hash.includes('='))) return;
      const wish = read(location.hash, known());
      apply(wish);
      pm.panel.select(wish.selected || null, 'list');
    });
  }

  pm.permalink = { write, read, restore, follow, address, addressOf };
})(panjmap);
