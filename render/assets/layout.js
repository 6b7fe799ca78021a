'use strict';
/* The layout of one view: where each token, leader, label and link stands. Fixed points first; then several orders of placing
   the rest are tried and the best one is kept, so that no record loses its label to chance. In pixels; pure. */
(pm => {
  const g = pm.geometry, labels = pm.labels, standoff = pm.standoff;
  const STRENGTH = ['reach', 'district', 'region', 'measure'];
  const NO_LABEL = 260, CROSSED = 300, ROUNDS = 5, SIDES = 3, NAME_LOST = 40;
  /* Up to FEW items all orders are tried, up to MANY one, coarsely; beyond, symbols stand plain and small, without labels. */
  const FEW = 12, MANY = 40, CROWD = 100, LABELLED = 3;

  /** So many symbols have labels: a phone's map has no room for more. */
  const most = scene => scene.small ? 16 : MANY;

  /** Place everything; a record that gets no whole label asks louder in the next round, and louder ones go first. `scene` is made by symbols.js. */
  function arrange(scene) {
    const count = scene.items.length;
    if (count > most(scene)) return plain(scene, count > CROWD ? 7 : 9);
    scene.coarse = count > FEW;
    const points = scene.items.filter(item => item.home), areas = scene.items.filter(item => !item.home);
    areas.sort((a, b) => STRENGTH.indexOf(a.type) - STRENGTH.indexOf(b.type) || a.record.row - b.record.row);
    labels.rack(points, scene);
    labels.pushApart(points.filter(item => !item.racked), 3);
    const last = areas.filter(item => item.type === 'measure'), drawn = areas.filter(item => item.type !== 'measure');
    let best = null;
    /* Room kept for the name of a town may cost a record a line of its label: then another side is tried, at last none. */
    for (scene.side = 0; scene.side < (scene.coarse ? 1 : SIDES + 1); scene.side++) {
      for (const seed of [points.concat(drawn), drawn.concat(points)]) {
        const wants = new Map(seed.map(item => [item, 0]));
        for (let round = 0; round < ROUNDS; round++) {
          const order = seed.slice().sort((a, b) => wants.get(b) - wants.get(a)), plan = attempt(scene, order, last);
          if (!best || plan.cost < best.cost) best = plan;
          if (!plan.poor.length || scene.coarse) return best;
          plan.poor.forEach(item => wants.set(item, wants.get(item) + 1));
        }
      }
      if (!best.kept.length && scene.side === 0) return best;
    }
    return best;
  }

  /** Many symbols: each at its place or on the edge of its area, beside the `circles` of gathered ones: [{at, radius}]. A measure
      has its label if there is room; else, and beyond the first few, its token stands on the edge of its area. */
  function plain(scene, radius, circles) {
    const plan = emptyPlan(scene), last = scene.items.filter(item => item.type === 'measure'), labelled = circles ? [] : last.slice(0, LABELLED);
    const drawn = scene.items.filter(item => !labelled.includes(item)), gathered = circles || [];
    drawn.forEach(item => { atHome(scene, item, radius); });
    labels.rack(drawn, scene);
    labels.pushApart(gathered.concat(drawn), gathered.length ? 2 : 1);
    gathered.forEach(circle => { plan.taken.add(disc(circle.at, circle.radius)); });
    drawn.forEach(item => {
      plan.taken.add(disc(item.at, radius));
      addToken(plan, item, item.at, item.home, true);
    });
    scene.side = 0;
    plan.kept = keepNames(scene, plan, drawn);
    labelled.forEach(item => {
      if (placeMeasure(scene, plan, item)) return;
      atHome(scene, item, radius);
      addToken(plan, item, item.at, item.home, false);
    });
    plan.taken.boxes = plan.taken.boxes.filter(box => !plan.kept.includes(box));
    return plan;
  }

  function atHome(scene, item, radius) {
    item.radius = radius;
    item.home = item.home || scene.at([item.record.lon, item.record.lat]);
    item.at = item.home;
  }

  function emptyPlan(scene) {
    const taken = new labels.Taken(scene.width, scene.height, 5);
    taken.boxes = scene.furniture.slice();
    return { taken, tokens: Object.create(null), notes: Object.create(null), leaders: [], links: [], texts: [], kept: [], cost: 0, poor: [] };
  }

  function attempt(scene, order, last) {
    const plan = emptyPlan(scene), taken = plan.taken;
    order.forEach(item => {
      if (!item.home) return;
      item.hides = standoff.covered(item.at, item.radius + 2, scene.marks) > scene.marks.length * 0.12;
      if (!item.hides) taken.add(disc(item.at, item.radius));
    });
    plan.kept = keepNames(scene, plan, order);
    order.forEach(item => { (item.home ? placePoint : placeArea)(scene, plan, item); });
    judgeLines(plan);
    settle(scene, plan);
    scene.marks.forEach(p => plan.taken.add([p[0] - 3, p[1] - 3, p[0] + 3, p[1] + 3]));
    linkTexts(scene, plan);
    last.forEach(item => { placeMeasure(scene, plan, item); });
    plan.taken.boxes = plan.taken.boxes.filter(box => !plan.kept.includes(box));
    return plan;
  }

  /** Room for the name of the capital, and of larger towns that have tokens on them or above, before other texts take it. */
  function keepNames(scene, plan, order) {
    const boxes = [];
    scene.towns.forEach((at, i) => {
      const on = order.find(item => item.home && g.distance(item.home, at) < item.radius), { width, rank } = scene.townNames[i];
      if (!on && rank > 1) return;
      if (scene.side === SIDES) { plan.cost += on ? NO_LABEL / 2 : NAME_LOST; return; }
      const over = on && !on.racked, found = labels.candidates(...(over ? [...on.at, on.radius + 2] : [...at, 4]), width, 18).filter(place => plan.taken.isFree(place.box))[scene.side];
      if (found) boxes.push(found.box, ...(over ? [] : [[at[0] - 4, at[1] - 4, at[0] + 4, at[1] + 4]]));
    });
    boxes.forEach(box => { plan.taken.add(box); });
    return boxes;
  }

  const disc = (at, r) => [at[0] - r - 2, at[1] - r - 2, at[0] + r + 2, at[1] + r + 2];

  function ground(scene, plan, item) {
    const country = scene.country(item.country);
    return { taken: plan.taken, kept: plan.kept, isLand: country.isLand, outline: country.outline, towns: scene.towns, marks: scene.marks,
      pale: scene.pale.filter(other => other.item.rings !== item.rings).map(other => other.item.rings),
      outlines: scene.outlines.filter(other => other.item.rings !== item.rings).map(other => other.point),
      lines: lines(plan).filter(line => line.item !== item) };
  }

  /** A point token stands at its place; one that would hide a strong mark stands off, a dot marks the true place. */
  function placePoint(scene, plan, item) {
    let at = item.at, found = null;
    if (item.hides) {
      found = standoff.choose({ point: item.home, radius: item.radius, variants: item.variants, partner: partner(plan, item) }, ground(scene, plan, item));
      if (found) at = found.at;
      plan.taken.add(disc(at, item.radius));
    }
    addToken(plan, item, at, item.home, true);
    if (found) keep(plan, item, found.label);
    else label(scene, plan, item);
  }

  function placeArea(scene, plan, item) {
    const found = standoff.choose({ rings: item.rings, radius: item.radius, variants: item.variants, partner: partner(plan, item), coarse: scene.coarse,
      edge: item.type === 'reach' ? 60 : 26, middle: item.type === 'region' ? null : item.middle }, ground(scene, plan, item));
    if (!found) { plan.cost += 2 * NO_LABEL; plan.poor.push(item); return; }
    plan.taken.add(disc(found.at, item.radius));
    plan.cost += found.cost - found.label.cost;
    addToken(plan, item, found.at, found.onEdge ? found.at : found.from, false);
    keep(plan, item, found.label);
  }

  /** Measures have no token: their label is the button, with leaders to its areas. False if there is no room for it. */
  function placeMeasure(scene, plan, item) {
    const found = item.variants.length && standoff.chooseLabel({ parts: item.parts, variants: item.variants }, ground(scene, plan, item));
    if (!found) { plan.cost += NO_LABEL; return false; }
    plan.taken.add(found.place.box);
    plan.cost += found.cost;
    plan.texts.push({ item, place: found.place, variant: found.variant });
    found.leaders.forEach(pair => { leader(plan, item, pair[0], pair[1], 0, false); });
    return true;
  }

  function addToken(plan, item, at, home, dot) {
    const token = plan.tokens[item.record.id] = { item, at, home };
    if (g.distance(at, home) > 5 && item.racked !== 'behind') leader(plan, item, home, at, item.radius, dot);
    item.same.map(id => plan.tokens[id]).filter(Boolean).forEach(other => { link(plan, token, other); });
  }

  /** A dotted link between two records that may be one event. */
  function link(plan, a, b) {
    const gap = a.item.radius + 4, d = g.distance(a.at, b.at);
    if (d < 2 * gap) return;
    const u = [(b.at[0] - a.at[0]) / d * gap, (b.at[1] - a.at[1]) / d * gap];
    const from = [a.at[0] + u[0], a.at[1] + u[1]], to = [b.at[0] - u[0], b.at[1] - u[1]];
    plan.links.push({ item: a.item, other: b.item, from, to, text: null });
    along(from, to).forEach(box => { plan.taken.add(box); });
  }

  const lines = plan => plan.leaders.concat(plan.links);

  /** Leaders and links that cross each other, and links that run through a third token, make a plan worse. */
  function judgeLines(plan) {
    const all = lines(plan);
    all.forEach((one, i) => all.slice(i + 1).forEach(other => {
      if (!g.segmentsCross(one.from, one.to, other.from, other.to)) return;
      plan.cost += CROSSED;
      plan.poor.push(one.item, other.item);
    }));
    plan.links.forEach(one => {
      const through = Object.values(plan.tokens).some(token => token.item !== one.item && token.item !== one.other
        && g.segmentMeetsBox(one.from, one.to, disc(token.at, token.item.radius + 1)));
      if (!through) return;
      plan.cost += 70;
      plan.poor.push(one.item, one.other);
    });
  }

  function leader(plan, item, from, to, radius, dot) {
    const d = g.distance(from, to) || 1, end = [to[0] - (to[0] - from[0]) / d * radius, to[1] - (to[1] - from[1]) / d * radius];
    plan.leaders.push({ item, from, to: end, dot });
    /* The dot of a rack lets the place's own dot and name stand. */
    if (!dot || !item.racked) plan.taken.add([from[0] - 4, from[1] - 4, from[0] + 4, from[1] + 4]);
    along(from, end).forEach(box => { plan.taken.add(box); });
  }

  /** Small boxes along a line, so that texts keep off it. */
  function along(a, b) {
    const steps = Math.ceil(g.distance(a, b) / 10), boxes = [];
    for (let i = 1; i < steps; i++) {
      const x = a[0] + (b[0] - a[0]) * i / steps, y = a[1] + (b[1] - a[1]) * i / steps;
      boxes.push([x - 2, y - 2, x + 2, y + 2]);
    }
    return boxes;
  }

  function label(scene, plan, item) {
    const token = plan.tokens[item.record.id], moved = g.distance(token.at, token.home) > 5;
    keep(plan, item, standoff.bestLabel(token.at, moved ? token.home : null, item.radius + 2, item.variants, ground(scene, plan, item)));
  }

  function keep(plan, item, found) {
    if (!item.variants.length) return;
    if (found && found.place) plan.taken.add(found.place.box);
    plan.notes[item.record.id] = { item, found: found && found.place ? found : null };
  }

  /** Labels once more, now that all tokens, leaders and links stand: those that something crosses move. */
  function settle(scene, plan) {
    const crossed = Object.keys(plan.notes).map(id => plan.notes[id]).filter(note =>
      !note.found || plan.taken.boxes.some(box => box !== note.found.place.box && g.boxesMeet(box, note.found.place.box)));
    crossed.forEach(note => {
      if (note.found) plan.taken.boxes.splice(plan.taken.boxes.indexOf(note.found.place.box), 1);
    });
    crossed.forEach(note => { label(scene, plan, note.item); });
    Object.keys(plan.notes).forEach(id => {
      const note = plan.notes[id];
      plan.cost += note.found ? note.found.cost : NO_LABEL;
      if (!note.found || note.found.variant > note.item.good) plan.poor.push(note.item);
      if (note.found) plan.texts.push({ item: note.item, place: note.found.place, variant: note.found.variant });
    });
  }

  /** Where the token stands that this record may be the same event as. */
  function partner(plan, item) {
    const other = item.same.filter(id => plan.tokens[id])[0];
    return other ? plan.tokens[other].at : null;
  }

  /** The words of each link: along it, else beside it, as near to its middle as there is room; never across the border. */
  function linkTexts(scene, plan) {
    plan.links.forEach(link => {
      const at = f => [link.from[0] + (link.to[0] - link.from[0]) * f, link.from[1] + (link.to[1] - link.from[1]) * f], isLand = scene.country(link.item.country).isLand;
      const onOneSide = place => place && new Set([[0, 1], [2, 1], [0, 3], [2, 3]].map(([x, y]) => isLand([place.box[x], place.box[y]]))).size === 1;
      scene.linkTexts.some(words => {
        const along = labels.alongLine([link.from, link.to], words.w, 9, plan.taken, null);
        const beside = f => labels.candidates(...at(f), 4, words.w, 15).find(place => plan.taken.isFree(place.box) && onOneSide(place));
        const found = onOneSide(along) ? along : [0.5, 0.4, 0.6, 0.25, 0.75, 0.1, 0.9].map(beside).find(Boolean);
        if (found) link.text = Object.assign({ words: words.text }, found);
        return found;
      });
      if (link.text) plan.taken.add(link.text.box);
      else plan.cost += 45;
    });
  }

  pm.layout = { arrange, plain, most };
})(panjmap);
