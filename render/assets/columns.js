'use strict';
/* Reads the data blocks of the page; see render/columns.py for the layout. `panjmap` is the only global; every other file
   adds one object to it. */
var panjmap = {};
(pm => {
  function bytesOf(base64) {
    return Uint8Array.from(atob(base64), character => character.charCodeAt(0));
  }

  async function inflate(base64) {
    if (base64[0] === '=') return bytesOf(base64.slice(1));
    const stream = new Blob([bytesOf(base64)]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  const utf8 = new TextDecoder();
  async function inflateJson(base64) {
    return JSON.parse(utf8.decode(await inflate(base64)));
  }

  /** The value of a JSON block, inflated where it travels deflated; null if the page has none. */
  async function block(id) {
    const node = document.getElementById(id), value = node ? JSON.parse(node.textContent) : null;
    return value && value.deflated ? inflateJson(value.deflated) : value;
  }

  /** Objects in a value of JSON lose their prototype: ids are looked up in them, and "constructor" is a good id. */
  function bare(value) {
    if (value && typeof value === 'object') {
      if (!Array.isArray(value)) Object.setPrototypeOf(value, null);
      Object.values(value).forEach(bare);
    }
    return value;
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

  /** Two byte planes from `at` on -> Uint16Array of n numbers. */
  function pairs(planes, at, n) {
    const out = new Uint16Array(n);
    for (let i = 0; i < n; i++) out[i] = planes[at + i] | planes[at + n + i] << 8;
    return out;
  }

  /** Sets of indices -> {starts (rows + 1), items, values, get(row)}: row r holds items[starts[r]] to items[starts[r + 1] - 1]. */
  function readSets(bytes, rows, values) {
    const counts = pairs(bytes, 0, rows), starts = new Uint32Array(rows + 1);
    for (let row = 0; row < rows; row++) starts[row + 1] = starts[row] + counts[row];
    const items = pairs(bytes, 2 * rows, starts[rows]);
    return { starts, items, values, get: row => [...items.subarray(starts[row], starts[row + 1])].map(i => values[i]) };
  }

  /** One column -> {get(row)}, with typed arrays where it has them. */
  async function readColumn(column, rows) {
    if (column.kind === 'text') {
      const texts = await inflateJson(column.bytes);
      return { get: row => texts[row] };
    }
    const bytes = await inflate(column.bytes);
    const nulls = column.nulls ? await inflate(column.nulls) : null;
    if (column.kind === 'set') return readSets(bytes, rows, column.values);
    if (column.kind === 'delta32') {
      const values = undelta(bytes, rows);
      return { get: row => isNull(nulls, row) ? null : values[row], isNull: row => isNull(nulls, row), values };
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

  pm.columns = { block, bare, readTable };
})(panjmap);
