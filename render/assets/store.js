'use strict';
/* The one store of the page: data, state, what is shown, and who listens. Views change the state here and nowhere else. */
(pm => {
  const { columns, matching } = pm;
  const QUESTIONS = ['type', 'precision', 'source', 'speaker', 'actor', 'where', 'differ'];

  /** One row as an object; degrees for the anchor, null where there is no value. */
  function recordOf(table, row) {
    const value = name => table.columns[name] ? table.columns[name].get(row) : null;
    const lon = value('lon'), lat = value('lat'), start = value('date_start'), end = value('date_end'), from = value('river_km_from');
    return {
      row, id: value('id'), title: value('title'), kind: value('kind'), type: value('main_type'), precision: value('main_precision'),
      colour: value('colour'), lon: lon === null ? null : lon / 1e5, lat: lat === null ? null : lat / 1e5,
      start, end, open: value('open'), undated: start === null && end === null,
      river: from === null ? null : [from, value('river_km_to')], bank: value('bank'),
      killed: [value('killed_low'), value('killed_high')], uncertainty: value('uncertainty_m'), differ: value('differ').length > 0
    };
  }

  /** Areas by record id: {class, country, shape, name, polygons}; records of one shape share its outlines. */
  function areasOf(packed) {
    const out = Object.create(null);
    Object.keys(packed.records).forEach(id => { out[id] = Object.assign({}, packed.shapes[packed.records[id].shape], packed.records[id]); });
    return out;
  }

  /** Everything a search looks in, folded, by row. Made at the first search. */
  function searchWords() {
    const { table, page } = store, types = Object.fromEntries(store.facets[0].values.map(value => [value.id, value.label]));
    return store.records.map(record => {
      const of = (column, words) => table.columns[column].get(record.row).map(id => words[id] || '');
      return matching.fold([record.id, record.title, ...of('type', types), ...of('place', page.words.place), ...of('speaker', page.words.speaker),
        ...of('source', page.words.source)].join(' '));
    });
  }

  const listeners = {}, answers = {};
  const emit = (name, value) => (listeners[name] || []).forEach(listener => listener(value));
  let words = null, pending = false;

  function answer(question) {
    const { state, table } = store, rows = table.rows;
    if (question === 'window') {
      answers.window = matching.inWindow({ start: row => store.records[row].start, end: row => store.records[row].end }, state.window, rows);
    } else if (question === 'query') {
      if (state.query && !words) words = searchWords();
      answers.query = matching.found(words, state.query, rows);
    } else answers[question] = matching.anyOf(table.columns[question], state.filters[question], rows);
  }

  /** Ask again what has changed; all changes of one task give one `shown`. */
  function ask(...questions) {
    questions.forEach(answer);
    if (pending) return;
    pending = true;
    queueMicrotask(() => {
      pending = false;
      store.shown = matching.combine(answers, store.table.rows);
      emit('shown', store.shown);
    });
  }

  const store = pm.store = {
    state: { selected: null, hovered: null, layers: {}, theme: 'device', names: 'latin', filters: {}, query: '', window: null, view: null, embed: false },
    page: null, table: null, records: [], byId: Object.create(null), facets: [], areas: {}, basemap: null, shown: null,

    /** Call `listener(value)` whenever `name` changes. */
    on(name, listener) { (listeners[name] = listeners[name] || []).push(listener); },
    set(name, value) {
      if (JSON.stringify(store.state[name]) === JSON.stringify(value)) return;
      store.state[name] = value;
      if (name === 'query' || name === 'window') ask(name);
      emit(name, value);
    },

    /** Show only records with one of the values; none: no restriction. */
    setFilter(facet, values) {
      if (!QUESTIONS.includes(facet)) return;
      if (values.length) store.state.filters[facet] = values;
      else delete store.state.filters[facet];
      ask(facet);
      emit('filters', facet);
    },

    /** No filter, no search, no window. */
    clear() {
      store.state.filters = {};
      store.set('query', '');
      store.set('window', null);
      ask(...QUESTIONS);
      emit('filters', null);
    },
    isFiltered: () => Object.keys(store.state.filters).length > 0 || store.state.query !== '' || store.state.window !== null,

    /** Ground layers: switched by themselves. */
    setLayer(id, on) {
      store.state.layers[id] = on;
      emit('layers', id);
    },

    isShown: id => store.shown.mask[store.byId[id].row] !== matching.OUT,
    isPartly: id => store.shown.mask[store.byId[id].row] === matching.PARTLY,
    counts: facet => matching.countValues(store.table.columns[facet], store.shown, facet),
    detail: id => store.table.detail(store.byId[id].row),

    async load() {
      const [page, areas, basemap, data] = await Promise.all(['page', 'areas', 'basemap', 'data'].map(name => columns.block('panjmap-' + name)));
      Object.assign(store, { page: columns.bare(page), basemap, areas: areasOf(areas || { shapes: [], records: {} }) });
      pm.speak(page.texts, page.lang);
      page.layers.filter(layer => !layer.records).forEach(layer => { store.state.layers[layer.id] = layer.on; });
      store.facets = page.facets;
      store.table = await columns.readTable(data);
      for (let row = 0; row < store.table.rows; row++) store.records.push(recordOf(store.table, row));
      store.records.forEach(record => { store.byId[record.id] = record; });
      store.shown = matching.combine({}, store.table.rows);
    }
  };
})(panjmap);
