'use strict';
/* The brush of the timeline: two handles (sliders), the span between them, and the days they stand for. */
(pm => {
  const { svg, tenth: n } = pm.dom, OUT = 12, GRIP = 12, TALL = 22, START_PX = 4;

  /** A day moved by `step`, hopping over cuts, within the axis. */
  function move(axis, day, step) {
    const to = Math.max(axis.from, Math.min(axis.to, day + step)), cut = axis.cuts.find(one => to >= one.from && to <= one.to);
    return !cut ? to : step > 0 ? cut.to + 1 : cut.from - 1;
  }

  /** A pixel -> the day that begins (`side` from) or ends (to) at the nearest edge; an edge in a cut goes to the next record. */
  function edge(axis, px, side) {
    const day = axis.day(px), late = px >= (axis.x(day) + axis.x(day + 1)) / 2;
    const found = side === 'from' ? day + (late ? 1 : 0) : day - (late ? 0 : 1);
    const cut = axis.cuts.find(one => found >= one.from && found <= one.to);
    return Math.max(axis.from, Math.min(axis.to, !cut ? found : side === 'from' ? cut.to + 1 : cut.from - 1));
  }

  /** A window moved as a whole, its number of days kept. */
  function shift(axis, [from, to], px) {
    const days = to - from, first = axis.day(axis.x(from) + px + 0.01);
    const start = Math.max(axis.from, Math.min(axis.to - days, first));
    return [start, start + days];
  }

  /** Null where a window holds the whole axis. */
  const whole = (axis, from, to) => from <= axis.from && to >= axis.to ? null : [from, to];

  function handle(side, label) {
    const left = side === 'from';
    return svg('g', { class: 'handle', role: 'slider', tabindex: 0, 'aria-label': label, 'aria-orientation': 'horizontal', 'data-side': side },
      svg('line', { class: 'edge', y1: 0 }),
      svg('rect', { class: 'hit', x: left ? -26 : -6, width: 32, height: 40 }),
      svg('rect', { class: 'grip', x: left ? -GRIP : 0, width: GRIP, height: TALL, rx: 3 }),
      svg('path', { class: 'ridge', d: left ? 'M-7.5 -4V4M-4.5 -4V4' : 'M4.5 -4V4M7.5 -4V4' }));
  }

  /** Brush on a drawing: `axis`, `track` (y of its middle), `root` (the SVG), `origin` (x of the axis' 0 in it), `change(window)`. */
  function create({ axis, track, root, origin, change }) {
    const body = svg('rect', { class: 'body', y: track - 6, height: 12 }), rail = svg('rect', { class: 'rail', x: -OUT, y: track - 6, width: axis.length + 2 * OUT, height: 12, rx: 2 });
    const grab = svg('rect', { class: 'grab', y: track - 12, height: 24 });
    const sides = { from: handle('from', pm.text('timeline.first')), to: handle('to', pm.text('timeline.last')) };
    Object.values(sides).forEach(node => {
      node.querySelector('.edge').setAttribute('y2', track);
      node.querySelector('.hit').setAttribute('y', track - 20);
      node.querySelector('.grip').setAttribute('y', track - TALL / 2);
      node.querySelector('.ridge').setAttribute('transform', 'translate(0 ' + track + ')');
    });
    let now = [axis.from, axis.to], drag = null, waiting = null;

    const px = side => side === 'from' ? axis.x(now[0]) - (now[0] <= axis.from ? OUT : 0) : axis.x(now[1] + 1) + (now[1] >= axis.to ? OUT : 0);

    /** Move what is drawn to a window; null is everything. */
    function place(window) {
      now = window || [axis.from, axis.to];
      body.classList.toggle('whole', whole(axis, ...now) === null);
      const x0 = px('from'), x1 = Math.max(x0, px('to'));
      [body, grab].forEach(node => { node.setAttribute('x', n(x0)); node.setAttribute('width', n(x1 - x0)); });
      Object.entries(sides).forEach(([side, node]) => {
        const day = now[side === 'from' ? 0 : 1], other = side === 'from' ? [axis.from, now[1]] : [now[0], axis.to];
        node.setAttribute('transform', 'translate(' + n(side === 'from' ? x0 : x1) + ' 0)');
        node.setAttribute('aria-valuemin', other[0]);
        node.setAttribute('aria-valuemax', other[1]);
        node.setAttribute('aria-valuenow', day);
        node.setAttribute('aria-valuetext', pm.dates.format(day, 'long'));
      });
    }

    /** One change a frame. */
    function ask(window) {
      if (waiting === null) {
        requestAnimationFrame(() => { const next = waiting; waiting = null; change(whole(axis, ...next)); });
      }
      waiting = window;
    }

    const at = event => event.clientX - root.getBoundingClientRect().left - origin;

    function down(event) {
      const node = event.target.closest('.handle'), side = node && node.dataset.side, x = at(event);
      if (event.button || event.target.closest('.mark')) return;
      const inside = event.target === grab && whole(axis, ...now) !== null;
      if (!side && !inside && event.pointerType === 'touch' && event.target !== grab && event.target !== rail) return;
      drag = { side, from: x, start: now, slack: side ? x - px(side) : 0, mode: side ? 'edge' : inside ? 'shift' : 'new', on: !!side || inside };
      root.setPointerCapture(event.pointerId);
      if (node) node.focus({ preventScroll: true });
      event.preventDefault();
    }

    function moved(event) {
      if (!drag) return;
      const x = at(event);
      if (!drag.on && Math.abs(x - drag.from) < START_PX) return;
      drag.on = true;
      if (drag.mode === 'shift') ask(shift(axis, drag.start, x - drag.from));
      else if (drag.mode === 'new') {
        const from = edge(axis, Math.min(x, drag.from), 'from');
        ask([from, Math.max(from, edge(axis, Math.max(x, drag.from), 'to'))]);
      } else {
        const day = edge(axis, x - drag.slack, drag.side);
        ask(drag.side === 'from' ? [Math.min(day, drag.start[1]), drag.start[1]] : [drag.start[0], Math.max(day, drag.start[0])]);
      }
    }

    function key(event) {
      const node = event.target.closest('.handle'), step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 7, PageDown: -7 }[event.key];
      if (!node || !(step || event.key === 'Home' || event.key === 'End')) return;
      event.preventDefault();
      const first = node.dataset.side === 'from', day = now[first ? 0 : 1], least = first ? axis.from : now[0], most = first ? now[1] : axis.to;
      const wanted = Math.max(least, Math.min(most, step ? move(axis, day, step) : event.key === 'Home' ? least : most));
      change(whole(axis, first ? wanted : now[0], first ? now[1] : wanted));
    }

    root.addEventListener('pointerdown', down);
    root.addEventListener('pointermove', moved);
    ['pointerup', 'pointercancel'].forEach(name => root.addEventListener(name, () => { drag = null; }));
    root.addEventListener('keydown', key);
    return { nodes: [rail, body, grab, sides.from, sides.to], place, focus: side => sides[side].focus({ preventScroll: true }) };
  }

  pm.timeBrush = { create };
})(panjmap);
