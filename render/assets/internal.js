'use strict';
/* An internal page: every file that is saved from it says so, and a claim shows the passage of the report that it rests on.
   Passages are text from outside: they reach the page as text and nothing else. */
(pm => {
  const { csv, fileName, collection } = pm.rows, { html } = pm.dom;
  let known = null;

  /** The passage of a claim, or undefined. */
  function passage(claim) {
    known = known || new Map(Object.entries(pm.store.page.quotes));
    return known.get(claim);
  }

  const mark = () => pm.store.page.internal;

  /** A speaker of one value, with the outlets -> elements, one a passage. */
  const passages = voice => [...new Set(voice.outlets.flatMap(outlet => outlet.claims.map(([claim]) => passage(claim))).filter(Boolean))]
    .map(words => html('blockquote', { dir: 'auto' }, '“' + words + '”'));

  pm.rows.csv = (header, rows) => {
    const at = header.indexOf('claim_id'), more = at < 0 ? () => [mark()] : row => [passage(row[at]), mark()];
    return csv([...header, ...(at < 0 ? [] : ['quote']), 'internal'], rows.map(row => [...row, ...more(row)]));
  };
  pm.rows.fileName = (text, ending) => fileName(text, 'internal.' + ending);
  pm.rows.collection = (features, more) => collection(features, Object.assign({ internal: mark() }, more));
  pm.internal = { passages };
})(panjmap);
