'use strict';
/* The one store of the page: data blocks read from the page, the state, and who listens to it.
   `panjmap` is the only global; every other file adds one object to it. */
var panjmap = {};
(pm => {
  function block(id) {
    const node = document.getElementById(id);
    return node ? JSON.parse(node.textContent) : null;
  }

  function bytesOf(base64) {
    return Uint8Array.from(atob(base64), character => character.charCodeAt(0));
  }

  async function inflate(base64) {
    const stream = new Blob([bytesOf(base64)]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  const utf8 = new TextDecoder();
  async function inflateJson(base64) {
    return JSON.parse(utf8.decode(await inflate(base64)));
  }

  /** int32 deltas in four byte planes, lowest byte first -> Int32Array. */
  function undelta(planes, rows) {
    let out = new Int32Array(rows), last = 0;
    for (let i = 0; i < rows; i++) {
      last = (last + (planes[i] | planes[rows + i] << 8 | planes[2 * rows + i] << 16 | planes[3 * rows + i] << 24)) | 0;
      out[i] = last;
    }
    return out;
  }

  function isNull(bits, row) {
    return bits !== null && (bits[row >> 3] >> (row & 7) & 1) === 1;
  }

  /** One column -> {get(row)}; see render/columns.py for the layout. */
  async function readColumn(column, rows) {
    if (column.kind === 'text') {
      const texts = await inflateJson(column.bytes);
      return { get: row => texts[row] };
    }
    const bytes = await inflate(column.bytes);
    const nulls = column.nulls ? await inflate(column.nulls) : null;
    if (column.kind === 'delta32') {
      const values = undelta(bytes, rows);
      return { get: row => isNull(nulls, row) ? null : values[row], values, nulls };
    }
    if (column.kind === 'code') {
      return { get: function (row) {
        return column.values[bytes[row] + (column.width === 2 ? bytes[rows + row] << 8 : 0)];
      } };
    }
    return { get: row => bytes[row], values: bytes };
  }

  /** The columnar block -> {rows, columns, detail(row)}; texts are inflated block by block, when asked for. */
  async function readTable(packed) {
    const columns = {}, cache = {};
    await Promise.all(packed.columns.map(async function (column) {
      columns[column.name] = await readColumn(column, packed.rows);
    }));
    async function detail(row) {
      const texts = packed.texts, number = Math.floor(row / texts.block);
      if (!cache[number]) cache[number] = inflateJson(texts.blocks[number]);
      const cells = (await cache[number])[row % texts.block], out = {};
      texts.fields.forEach((field, i) => { out[field] = cells[i]; });
      return out;
    }
    return { rows: packed.rows, columns, detail };
  }

  /** One row as an object; degrees for the anchor, null where there is no value. */
  function recordOf(table, row) {
    const value = name => table.columns[name] ? table.columns[name].get(row) : null;
    const lon = value('lon'), lat = value('lat');
    return {
      row, id: value('id'), kind: value('kind'), type: value('type'), precision: value('precision'),
      colour: value('colour'), lon: lon === null ? null : lon / 1e5, lat: lat === null ? null : lat / 1e5,
      killed: [value('killed_low'), value('killed_high')], uncertainty: value('uncertainty_m'), differ: value('differ') === 1
    };
  }

  /** Areas by record id: {class, country, shape, name, polygons}; records of one shape share its outlines. */
  function areasOf(packed) {
    const out = {};
    Object.keys(packed.records).forEach(id => { out[id] = Object.assign({}, packed.shapes[packed.records[id].shape], packed.records[id]); });
    return out;
  }

  const listeners = {}, emit = (name, value) => (listeners[name] || []).forEach(listener => listener(value));
  const store = {
    state: { selected: null, hovered: null, layers: {}, theme: 'device' },
    page: null, table: null, records: [], byId: {}, listedIn: {}, areas: {}, basemap: null,

    /** Call `listener(value)` whenever `name` changes. */
    on(name, listener) { (listeners[name] = listeners[name] || []).push(listener); },
    set(name, value) {
      if (store.state[name] === value) return;
      store.state[name] = value;
      emit(name, value);
    },

    setLayer(id, on) {
      store.state.layers[id] = on;
      emit('layers', id);
    },

    /** A record is shown unless every layer that lists it is off. */
    isShown(id) {
      const listed = store.listedIn[id];
      return !listed || listed.some(layer => store.state.layers[layer]);
    },

    detail: id => store.table.detail(store.byId[id].row),

    async load() {
      store.page = block('panjmap-page');
      store.areas = areasOf(block('panjmap-areas') || { shapes: [], records: {} });
      store.basemap = block('panjmap-basemap');
      const relief = block('panjmap-relief');
      if (relief) store.basemap.relief = relief;
      store.page.layers.forEach(layer => {
        store.state.layers[layer.id] = layer.on;
        (layer.records || []).forEach(id => { (store.listedIn[id] = store.listedIn[id] || []).push(layer.id); });
      });
      store.table = await readTable(block('panjmap-data'));
      for (let row = 0; row < store.table.rows; row++) store.records.push(recordOf(store.table, row));
      store.records.forEach(record => { store.byId[record.id] = record; });
    }
  };

  pm.store = store;
  pm.columns = { undelta, readTable };

  /* Elements with attributes and children; a child that is a string becomes text, never markup. */
  function put(node, attributes, children) {
    Object.entries(attributes || {}).forEach(([name, value]) => { if (value !== null && value !== undefined) node.setAttribute(name, value); });
    node.append(...children.filter(child => child !== null && child !== undefined));
    return node;
  }
  const dom = pm.dom = {
    html: (name, attributes, ...children) => put(document.createElement(name), attributes, children),
    svg: (name, attributes, ...children) => put(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, children),
    sprite: (...children) => document.body.append(dom.svg('svg', { class: 'sprite', width: 0, height: 0, 'aria-hidden': 'true' }, ...children)),
    icon: (attributes, ...children) => dom.svg('svg', Object.assign({ 'aria-hidden': 'true', focusable: 'false' }, attributes), ...children),
    token: id => dom.icon({ class: 'token c-' + id.split('-')[1], viewBox: '0 0 36 36' }, dom.svg('use', { href: '#' + id })),
    byId: id => document.getElementById(id),
    all: (selector, root) => [...(root || document).querySelectorAll(selector)],
    announce: text => { dom.byId('live').textContent = text; }
  };
})(panjmap);
