'use strict';
/* What is seen, frozen: elements of the page as plain SVG with every colour written on them. No class, no style sheet, no
   <use>, no reference out of the file, so that any program shows the same. Text is put in as text nodes only. */
(pm => {
  const SHAPES = { path: ['d'], circle: ['cx', 'cy', 'r'], ellipse: ['cx', 'cy', 'rx', 'ry'], rect: ['x', 'y', 'width', 'height', 'rx', 'ry'],
    line: ['x1', 'y1', 'x2', 'y2'], polyline: ['points'], polygon: ['points'] };
  const GROUPS = ['g', 'svg', 'a'], PREFIX = 'panjmap-';

  /** No character that XML forbids: such a file would not open. */
  const clean = text => String(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');

  /** An element of the saved picture; children that are strings become cleaned text. */
  const make = (name, attributes, ...children) => pm.dom.svg(name, Object.fromEntries(Object.entries(attributes || {}).map(([key, value]) =>
    [key, typeof value === 'string' ? clean(value) : value])), ...children.map(child => typeof child === 'string' ? clean(child) : child));

  const hex = value => ('0' + Math.round(Math.max(0, Math.min(255, value))).toString(16)).slice(-2);

  /** A computed colour -> {colour: '#rrggbb', alpha}, or null for none. */
  function colour(text) {
    const found = /^(rgba?|color)\(([^)]*)\)$/.exec(text);
    if (!found) return null;
    const parts = found[2].replace('srgb', '').split(/[\s,/]+/).filter(Boolean).map(parseFloat), unit = found[1] === 'color' ? 255 : 1;
    const alpha = parts.length > 3 ? parts[3] : 1;
    return alpha > 0 ? { colour: '#' + parts.slice(0, 3).map(part => hex(part * unit)).join(''), alpha } : null;
  }

  const round = value => Math.round(value * 1000) / 1000;

  /** Attributes of fill or stroke as computed; {} if nothing is painted. `patterns` collects the patterns that are asked for. */
  function paint(style, kind, patterns) {
    const url = /^url\("?#([\w-]+)"?\)/.exec(style[kind]), opacity = parseFloat(style.getPropertyValue(kind + '-opacity'));
    if (url) {
      patterns.add(url[1]);
      return { [kind]: 'url(#' + PREFIX + url[1] + ')' };
    }
    const found = colour(style[kind]);
    if (!found || opacity === 0 || kind === 'stroke' && parseFloat(style.strokeWidth) === 0) return {};
    const share = round(opacity * found.alpha);
    return Object.assign({ [kind]: found.colour }, share < 1 ? { [kind + '-opacity']: share } : {});
  }

  function stroke(style, patterns) {
    const out = paint(style, 'stroke', patterns), plain = { strokeDasharray: 'none', strokeLinecap: 'butt', strokeLinejoin: 'miter', strokeWidth: '1px' };
    if (!out.stroke) return out;
    Object.keys(plain).filter(name => style[name] !== plain[name]).forEach(name => {
      out[name.replace(/[A-Z]/g, letter => '-' + letter.toLowerCase())] = style[name].replace(/px/g, '');
    });
    return out;
  }

  const given = (node, names) => Object.fromEntries(names.filter(name => node.hasAttribute(name)).map(name => [name, node.getAttribute(name)]));

  function shape(node, style, patterns) {
    const fill = paint(style, 'fill', patterns), line = stroke(style, patterns);
    if (!fill.fill && !line.stroke || style.visibility !== 'visible') return null;
    return make(node.localName, Object.assign(given(node, [...SHAPES[node.localName], 'transform']), fill.fill ? fill : { fill: 'none' }, line));
  }

  function font(style) {
    const out = { 'font-size': parseFloat(style.fontSize) }, plain = { fontWeight: '400', fontStyle: 'normal', textAnchor: 'start' };
    Object.keys(plain).filter(name => style[name] !== plain[name]).forEach(name => { out[name.replace(/[A-Z]/g, letter => '-' + letter.toLowerCase())] = style[name]; });
    if (parseFloat(style.letterSpacing)) out['letter-spacing'] = round(parseFloat(style.letterSpacing));
    return out;
  }

  /** One copy of a text: its letters, or the halo under them. Two copies, because not every program knows paint-order. */
  function letters(node, style, halo) {
    const look = own => halo ? { fill: halo.stroke } : paint(own, 'fill', new Set());
    const out = make('text', Object.assign(given(node, ['x', 'y', 'dx', 'dy', 'transform']), font(style), look(style), halo || {}, halo ? { 'aria-hidden': 'true' } : {}));
    node.childNodes.forEach(child => {
      if (child.nodeType === 3) { out.append(clean(child.data)); return; }
      const own = getComputedStyle(child);
      out.append(make('tspan', Object.assign(given(child, ['x', 'y', 'dx', 'dy']), font(own), look(own)), child.textContent));
    });
    return out;
  }

  function text(node, style) {
    if (style.visibility !== 'visible' || !node.textContent) return null;
    const halo = stroke(style, new Set());
    return halo.stroke ? make('g', {}, letters(node, style, halo), letters(node, style, null)) : letters(node, style, null);
  }

  /** A <use> of a <symbol>: its content is put into the page for a moment, where it gets the colours of that place. */
  function used(node, patterns) {
    const source = pm.dom.byId((node.getAttribute('href') || '').slice(1));
    if (!source) return null;
    const box = (source.getAttribute('viewBox') || '0 0 1 1').split(/[\s,]+/).map(Number), parent = node.ownerSVGElement;
    const own = parent.viewBox.baseVal, width = Number(node.getAttribute('width')) || own && own.width || box[2];
    const scale = source.localName === 'symbol' ? width / box[2] : 1, at = name => Number(node.getAttribute(name)) || 0;
    const group = pm.dom.svg('g', { transform: 'translate(' + round(at('x') - box[0] * scale) + ' ' + round(at('y') - box[1] * scale) + ') scale(' + round(scale) + ')' });
    if (node.hasAttribute('class')) group.setAttribute('class', node.getAttribute('class'));
    group.append(...[...source.childNodes].map(child => child.cloneNode(true)));
    node.after(group);
    const out = frozen(group, patterns);
    group.remove();
    return out;
  }

  /** A live element and all in it, as new plain elements; null if nothing of it is seen. */
  function frozen(node, patterns) {
    const name = node.localName, style = getComputedStyle(node), opacity = parseFloat(style.opacity);
    let out = null;
    if (opacity === 0 || name !== 'svg' && style.display === 'none') return null;
    if (name in SHAPES) out = shape(node, style, patterns);
    else if (name === 'text') out = text(node, style);
    else if (name === 'use') out = used(node, patterns);
    else if (GROUPS.includes(name)) {
      const children = [...node.children].map(child => frozen(child, patterns)).filter(Boolean);
      if (children.length) out = make('g', name === 'svg' ? {} : given(node, ['transform']), ...children);
    }
    if (out && opacity < 1) out.setAttribute('opacity', round(opacity));
    return out;
  }

  /** The patterns that frozen elements ask for, under names of their own. */
  const defs = patterns => make('defs', {}, ...[...patterns].sort().map(id => {
    const source = pm.dom.byId(id), out = make('pattern', Object.assign({ id: PREFIX + id }, given(source, ['width', 'height', 'patternUnits', 'patternTransform', 'x', 'y'])));
    out.append(...[...source.children].map(child => frozen(child, new Set())).filter(Boolean));
    return out;
  }));

  /** Do `work` with the page in light colours; it is over before anything is painted. */
  function inLight(work) {
    const root = document.documentElement, before = root.getAttribute('data-theme');
    root.setAttribute('data-theme', 'light');
    try { return work(); } finally {
      if (before === null) root.removeAttribute('data-theme');
      else root.setAttribute('data-theme', before);
    }
  }

  /** Colours of the palette by name, as they are now. */
  const palette = () => {
    const style = getComputedStyle(document.documentElement);
    return name => style.getPropertyValue('--' + name).trim();
  };

  pm.savedStyle = { clean, colour, make, frozen, defs, inLight, palette, PREFIX };
})(panjmap);
