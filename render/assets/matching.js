'use strict';
/* Which records show: filters, search and time window, over typed arrays. Pure. A record fails in no, one or several
   questions; the mask follows from that, and so do the counts that a filter shows. */
(pm => {
  const OUT = 0, IN = 1, PARTLY = 2;

  const pairs = text => Object.fromEntries(text.split(' ').map(pair => [pair[0], pair.slice(1)]));
  /* Cyrillic, with the Tajik letters, as place names are romanised; й and ё lose their marks first. */
  const ROMAN = pairs('аa бb вv гg дd еe жzh зz иi кk лl мm нn оo пp рr сs тt уu фf хkh цts чch шsh щshch ъ ыy ь эe юyu яya ғgh қq ҳh ҷj ұu үu өo ңn іi әa');
  /* Letters of Arabic script to the form Persian writes; Arabic digits lose nothing, they are \p{N}. */
  const PERSIAN = pairs('يی ىی ېی ۍی كک ګگ ةه ەه ھه ہه ٱا ټت ډد ړر ڼن ځز څس ښش ږژ ۇو ۆو ۋو ء ـ');
  const LATIN = pairs('ıi øo đd łl æae əa ßss');
  const LETTERS = Object.assign({}, ROMAN, PERSIAN, LATIN);
  /* Latin spellings of one sound, whoever romanised it: Khorugh, Xorug; Darwoz, Darvoz; Qalai, Kalai; Tadzhik, Tajik. */
  const SOUNDS = [[/x/g, 'kh'], [/dzh|dj/g, 'j'], [/gh/g, 'g'], [/q/g, 'k'], [/w/g, 'v'], [/i[iy]+(?![aeou])/g, 'i']];

  /** Text for comparison: lower case, no marks, one form of letters that scripts and romanisations write in several ways. */
  function fold(text) {
    const plain = text.normalize('NFKD').toLowerCase().normalize('NFKD').replace(/[\p{M}\u00ad\u200b-\u200d\u02b9-\u02bf\ufeff'’‘‛′`´]/gu, '');
    const roman = plain.replace(/[^\x00-\x7f]/g, letter => letter in LETTERS ? LETTERS[letter] : letter);
    return SOUNDS.reduce((word, [sign, plainer]) => word.replace(sign, plainer), roman).replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
  }

  /** By row: 1 where the record has one of the wanted values; null if nothing is asked. */
  function anyOf(sets, wanted, rows) {
    const codes = new Set((wanted || []).map(value => sets.values.indexOf(value)).filter(code => code >= 0));
    if (!codes.size) return null;
    const out = new Uint8Array(rows);
    for (let row = 0; row < rows; row++) {
      for (let i = sets.starts[row]; i < sets.starts[row + 1] && !out[row]; i++) out[row] = codes.has(sets.items[i]) ? 1 : 0;
    }
    return out;
  }

  /** By row: 1 inside the window, 2 where the dates only partly overlap it or are not given, 0 outside. */
  function inWindow(spans, window, rows) {
    if (!window) return null;
    const out = new Uint8Array(rows), [from, to] = window;
    for (let row = 0; row < rows; row++) {
      const start = spans.start(row), end = spans.end(row);
      if (start !== null && start > to || end !== null && end < from) out[row] = OUT;
      else out[row] = start !== null && end !== null && start >= from && end <= to ? IN : PARTLY;
    }
    return out;
  }

  /** By row: 1 where every word of the query stands in the record's words. */
  function found(words, query, rows) {
    const asked = fold(query).split(' ').filter(Boolean);
    if (!asked.length) return null;
    const out = new Uint8Array(rows);
    for (let row = 0; row < rows; row++) out[row] = asked.every(word => words[row].includes(word)) ? IN : OUT;
    return out;
  }

  /** Put the answers together: {name: Uint8Array | null} -> mask, counts, and who failed where. */
  function combine(answers, rows) {
    const names = Object.keys(answers).filter(name => answers[name]), fails = new Uint8Array(rows), who = new Int8Array(rows).fill(-1);
    const mask = new Uint8Array(rows), window = answers.window;
    let count = 0, partly = 0;
    names.forEach((name, number) => {
      const answer = answers[name];
      for (let row = 0; row < rows; row++) if (!answer[row]) { fails[row]++; who[row] = number; }
    });
    for (let row = 0; row < rows; row++) {
      if (fails[row]) continue;
      mask[row] = window && window[row] === PARTLY ? PARTLY : IN;
      count++;
      if (mask[row] === PARTLY) partly++;
    }
    return { mask, count, partly, total: rows, names, fails, who };
  }

  /** How many records each value of a facet would show, all other questions as they are. */
  function countValues(sets, shown, facet) {
    const counts = new Uint32Array(sets.values.length), number = shown.names.indexOf(facet);
    for (let row = 0; row < shown.total; row++) {
      if (shown.fails[row] > 1 || shown.fails[row] === 1 && shown.who[row] !== number) continue;
      for (let i = sets.starts[row]; i < sets.starts[row + 1]; i++) counts[sets.items[i]]++;
    }
    return Object.fromEntries(sets.values.map((value, i) => [value, counts[i]]));
  }

  /** How many records any of these values would show, each counted once, all other questions as they are. */
  function countAny(sets, shown, facet, wanted) {
    const some = anyOf(sets, wanted, shown.total), number = shown.names.indexOf(facet);
    let count = 0;
    for (let row = 0; some && row < shown.total; row++) {
      if (some[row] && (!shown.fails[row] || shown.fails[row] === 1 && shown.who[row] === number)) count++;
    }
    return count;
  }

  pm.matching = { OUT, IN, PARTLY, fold, anyOf, inWindow, found, combine, countValues, countAny };
})(panjmap);
