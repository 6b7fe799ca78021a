'use strict';
/* Elements, and the words on them. A child that is a string becomes text, never markup. */
(pm => {
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
    button(text, action, attributes) {
      const node = dom.html('button', Object.assign({ type: 'button', class: 'button' }, attributes), text);
      node.addEventListener('click', action);
      return node;
    },
    /** A length as a drawing needs it: to a tenth of a pixel. */
    tenth: value => Math.round(value * 10) / 10,
    byId: id => document.getElementById(id),
    all: (selector, root) => [...(root || document).querySelectorAll(selector)],
    /** The focus to a mark of a drawing. It must not scroll the box around the drawing (Leaflet's map would shift), only the page. */
    focus(node) {
      node.focus({ preventScroll: true });
      const box = node.getBoundingClientRect();
      if (box.top < 0 && box.bottom < window.innerHeight || box.bottom > window.innerHeight && box.top > 0) window.scrollBy(0, (box.top + box.bottom - window.innerHeight) / 2);
    },
    announce: text => { dom.byId('live').textContent = text; }
  };

  let texts = {}, plural = null;
  /** The words of the page's language; called once, by the store. */
  pm.speak = (found, lang) => { texts = found; plural = new Intl.PluralRules([lang, 'en']); };

  /** A text by key, with {name} filled in; where `n` decides the form, the key's plural category is looked up. */
  pm.text = function (key, values) {
    const given = values || {}, form = 'n' in given && plural ? key + '.' + plural.select(given.n) : key;
    const text = texts[form] || texts[key + '.other'] || texts[key];
    return text === undefined ? key : text.replace(/\{(\w+)\}/g, (whole, name) => name in given ? String(given[name]) : whole);
  };
})(panjmap);
