'use strict';
/* The one store of the page: data blocks read from the page, the state, and who listens to it.
   `panjmap` is the only global; every other file adds one object to it. */
var panjmap = {};
(pm => {
  function block(id) {
    let node = document.getElementById(id);
    return node ? JSON.parse(node.textContent) : null;
  }

  function bytesOf(base64) {
    let text = atob(base64), bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
    return bytes;
  }

  async function inflate(base64) {
    let stream = new Blob([bytesOf(base64)]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  let utf8 = new TextDecoder();
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
      let texts = await inflateJson(column.bytes);
      return { get: row => texts[row] };
    }
    let bytes = await inflate(column.bytes);
    let nulls = column.nulls ? await inflate(column.nulls) : null;
    if (column.kind === 'delta32') {
      let values = undelta(bytes, rows);
      return { get: row => isNull(nulls, row) ? null : values[row], values: values, nulls: nulls };
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
    let columns = {}, cache = {};
    await Promise.all(packed.columns.map(async function (column) {
      columns[column.name] = await readColumn(column, packed.rows);
    }));
    async function detail(row) {
      let texts = packed.texts, number = Math.floor(row / texts.block);
      if (!cache[number]) cache[number] = inflateJson(texts.blocks[number]);
      let cells = (await cache[number])[row % texts.block], out = {};
      texts.fields.forEach((field, i) => { out[field] = cells[i]; });
      return out;
    }
    return { rows: packed.rows, columns: columns, detail: detail };
  }

  /** One row as an object; degrees for the anchor, null where there is no value. */
  function recordOf(table, row) {
    function value(name) { return table.columns[name] ? table.columns[name].get(row) : null; }
    let lon = value('lon'), lat = value('lat');
    return {
      row: row, id: value('id'), kind: value('kind'), type: value('type'), precision: value('precision'),
      colour: value('colour'), lon: lon === null ? null : lon / 1e5, lat: lat === null ? null : lat / 1e5,
      uncertainty: value('uncertainty_m'), differ: value('differ') === 1
    };
  }

  let listeners = {};
  let store = {
    state: { selected: null, layers: {}, theme: 'device' },
    page: null, table: null, records: [], byId: {}, areas: {}, basemap: null,

    /** Call `listener(value)` whenever `name` changes. */
    on: function (name, listener) { (listeners[name] = listeners[name] || []).push(listener); },
    emit: function (name, value) { (listeners[name] || []).forEach(listener => { listener(value); }); },
    set: function (name, value) {
      if (store.state[name] === value) return;
      store.state[name] = value;
      store.emit(name, value);
    },

    setLayer: function (id, on) {
      store.state.layers[id] = on;
      store.emit('layers', id);
    },

    /** A record is shown unless every layer that lists it is off. */
    isShown: function (id) {
      let listed = store.page.layers.filter(layer => layer.records && layer.records.indexOf(id) >= 0);
      return !listed.length || listed.some(layer => store.state.layers[layer.id]);
    },

    detail: id => store.table.detail(store.byId[id].row),

    load: async function () {
      store.page = block('panjmap-page');
      store.areas = block('panjmap-areas') || {};
      store.basemap = block('panjmap-basemap');
      let relief = block('panjmap-relief');
      if (relief) store.basemap.relief = relief;
      store.page.layers.forEach(layer => { store.state.layers[layer.id] = layer.on; });
      store.table = await readTable(block('panjmap-data'));
      for (let row = 0; row < store.table.rows; row++) store.records.push(recordOf(store.table, row));
      store.records.forEach(record => { store.byId[record.id] = record; });
    }
  };

  pm.store = store;
  pm.columns = { undelta: undelta, readTable: readTable };

  /** An SVG or HTML element with attributes and text; text only ever through textContent. */
  let SVG = 'http://www.w3.org/2000/svg';
  function put(node, attributes, text) {
    Object.keys(attributes || {}).forEach(name => {
      if (attributes[name] !== null && attributes[name] !== undefined) node.setAttribute(name, attributes[name]);
    });
    if (text !== undefined && text !== null) node.textContent = text;
    return node;
  }
  pm.dom = {
    html: (name, attributes, text) => put(document.createElement(name), attributes, text),
    svg: (name, attributes, text) => put(document.createElementNS(SVG, name), attributes, text),
    byId: id => document.getElementById(id),
    token: function (symbolId) {
      let svg = pm.dom.svg('svg', { 'class': 'token c-' + symbolId.split('-')[1], viewBox: '0 0 36 36', 'aria-hidden': 'true', focusable: 'false' });
      svg.appendChild(pm.dom.svg('use', { href: '#' + symbolId }));
      return svg;
    },
    announce: function (text) { document.getElementById('live').textContent = text; }
  };
})(panjmap);
