'use strict';
/* What a user's own folium layers find on the page, if there are any: they expect jQuery to make elements of popups, pictures
   beside Leaflet's style, and markup whose style attributes count. The page's policy would block all three. */
(pm => {
  const TAG = /<[a-z](?:"[^"]*"|'[^']*'|[^"'>])*>/gi, BLOCKED = /("[^"]*"|'[^']*')|\s(style|on[a-z]+)(?=\s*=)/gi;

  /** The user's own markup as nodes: styles become properties, which the policy allows; handlers are left out. The policy
      looks at every attribute that is parsed, so they go under another name first. */
  function nodes(markup) {
    const renamed = markup.replace(TAG, tag => tag.replace(BLOCKED, (all, quoted, name) => quoted || ' data-' + name.toLowerCase()));
    const { body } = new DOMParser().parseFromString(renamed, 'text/html');
    body.querySelectorAll('[data-style]').forEach(node => {
      node.style.cssText = node.dataset.style;
      node.removeAttribute('data-style');
    });
    return [...body.childNodes].map(node => document.adoptNode(node));
  }

  /** Text that Leaflet would write as HTML -> one element; anything else as it is. */
  function boxed(content) {
    if (typeof content !== 'string') return content;
    const box = document.createElement('div');
    box.append(...nodes(content));
    return box;
  }

  function prepare(pictures) {
    const overlay = L.DivOverlay.prototype, icon = L.DivIcon.prototype, { setContent } = overlay, { createIcon } = icon;
    overlay.setContent = function (content) { return setContent.call(this, boxed(content)); };
    icon.createIcon = function (old) {
      const { html } = this.options;
      this.options.html = boxed(html);
      const made = createIcon.call(this, old);
      this.options.html = html;
      return made;
    };
    L.Icon.Default.imagePath = '';
    L.Icon.Default.mergeOptions(pictures);
    /* Above the page's land, below its lines and names. */
    L.TileLayer.mergeOptions({ pane: 'relief' });
  }

  /** Run the user's script once the map is there: `run(map, elements)`. */
  function add(pictures, credited, run) {
    if (!document.documentElement.hasAttribute('data-ready')) { setTimeout(add, 50, pictures, credited, run); return; }
    const { map } = pm.map;
    prepare(pictures);
    if (credited && !map.attributionControl) L.control.attribution({ prefix: false }).addTo(map);
    run(map, markup => nodes(markup).filter(node => node.nodeType === Node.ELEMENT_NODE));
  }

  pm.own = { add };
})(panjmap);
