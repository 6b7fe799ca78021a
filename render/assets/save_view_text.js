'use strict';
/* Lines of text on the saved picture: runs of words in several looks, broken to a width, cut where they would never end. */
(pm => {
  const { make, clean } = pm.savedStyle;
  const measure = (text, size, weight) => pm.scene.measure(text, size, weight || 400);

  /** Words with their look; a word wider than a line comes in pieces. */
  function words(runs, width, size, measured) {
    const out = [];
    runs.filter(run => run && run.text).forEach(run => clean(run.text).split(/\s+/).filter(Boolean).forEach(word => {
      let rest = word;
      while (measured(rest, size, run.weight) > width && rest.length > 1) {
        let n = Math.max(1, Math.floor(rest.length * width / measured(rest, size, run.weight)));
        while (n > 1 && measured(rest.slice(0, n), size, run.weight) > width) n--;
        out.push({ text: rest.slice(0, n), run });
        rest = rest.slice(n);
      }
      out.push({ text: rest, run });
    }));
    return out;
  }

  /** Runs [{text, weight, fill}] -> lines of segments [{text, run}] no wider than `width`; at most `most` lines, the last then ends in … */
  function flow(runs, width, size, most, measured) {
    const lines = [], length = measured || measure;
    let used = 0;
    words(runs, width, size, length).forEach(word => {
      const own = length(word.text, size, word.run.weight), blank = length(' ', size, word.run.weight);
      if (!lines.length || used + blank + own > width) {
        lines.push([{ text: word.text, run: word.run }]);
        used = own;
        return;
      }
      const line = lines[lines.length - 1], last = line[line.length - 1];
      if (last.run === word.run) last.text += ' ' + word.text;
      else line.push({ text: ' ' + word.text, run: word.run });
      used += blank + own;
    });
    if (!most || lines.length <= most) return lines;
    const cut = lines.slice(0, most), end = cut[most - 1], last = end[end.length - 1];
    last.text = last.text.slice(0, Math.max(1, last.text.length - 2)).trimEnd() + '…';
    return cut;
  }

  /** The same number of lines, as even as can be. */
  function balanced(runs, width, size, most) {
    let best = flow(runs, width, size, most);
    const end = lines => lines[lines.length - 1].map(segment => segment.text).join('');
    for (let least = width - 12; best.length > 1 && least > width / 2; least -= 12) {
      const lines = flow(runs, least, size, most);
      if (lines.length > best.length || /…$/.test(end(lines))) break;
      best = lines;
    }
    return best;
  }

  /** A paragraph at (x, y): {node, height}. `look` is {size, leading, most, even}. */
  function paragraph(runs, x, y, width, look) {
    const lines = (look.even ? balanced : flow)(runs, width, look.size, look.most), node = make('text', { 'font-size': look.size });
    lines.forEach((line, i) => line.forEach((segment, j) => {
      const at = j ? {} : { x: Math.round(x * 10) / 10, y: Math.round((y + look.size * 0.93 + i * look.leading) * 10) / 10 };
      node.append(make('tspan', Object.assign(at, { fill: segment.run.fill }, segment.run.weight ? { 'font-weight': segment.run.weight } : {}), segment.text));
    }));
    return { node: lines.length ? node : null, height: lines.length * look.leading };
  }

  pm.savedText = { paragraph };
})(panjmap);
