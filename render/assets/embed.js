'use strict';
/* A compact page inside someone else's page. The host is told the height of the content; wheel and finger are the host's until
   the map is clicked; what a frame forbids is offered in another way. */
(pm => {
  const { store } = pm, { html, byId, all, announce } = pm.dom, root = document.documentElement, WIDE = 600, BESIDE = 1000;
  const framed = window.parent !== window, inline = location.protocol === 'about:';
  /* Some pages are compact of their own; embed=0 in the address makes them whole. */
  const built = root.hasAttribute('data-embed');

  /** Address of the whole page: without the wish for an embed, or with the wish for none; null in a frame that has
      no address of its own, as with srcdoc. */
  function fullAddress(href) {
    if (/^(about|blob|data):/.test(href)) return null;
    const [rest, hash] = href.split('#'), [path, query] = rest.split('?');
    const without = (text, mark) => {
      const left = (text || '').split('&').filter(part => part && !/^embed=[01]$/.test(part)).join('&');
      return left && mark + left;
    };
    const asked = without(query, '?');
    return path + (built ? (asked || '?') + (asked && '&') + 'embed=0' : asked) + without(hash, '#');
  }

  /** Whether the frame may open another page. */
  const popups = () => pm.files.permits('allow-popups');

  /** Follow a link to another page, or show its address where the frame forbids that. */
  function follow(link) {
    const opened = popups() === false ? null : window.open(link.href, '_blank');
    if (opened) { opened.opener = null; return; }
    let box = link.nextElementSibling;
    if (!box || box.className !== 'address') {
      box = html('span', { class: 'address' }, link.href);
      link.after(box);
    }
    getSelection().selectAllChildren(box);
    announce(pm.text('embed.blocked'));
  }

  function onClick(event) {
    const link = event.target.closest && event.target.closest('a[href]');
    if (!link || event.defaultPrevented) return;
    if (link.target === '_blank') {
      if (popups() === true) return;
      event.preventDefault();
      follow(link);
    } else if (inline && link.getAttribute('href').startsWith('#')) {
      /* In a srcdoc frame "#place" would load the host's page into it. */
      event.preventDefault();
      const target = byId(link.getAttribute('href').slice(1));
      if (target) { target.scrollIntoView(); target.focus(); }
    }
  }

  /* ---- the compact page */

  /** Whether the timeline stands below the map and has room for attacks, clashes and state operations only. */
  const brief = () => store.state.embed && window.innerWidth < BESIDE;

  function fold(title, ...content) {
    return html('details', { class: 'embed-fold' }, html('summary', {}, title), ...content);
  }

  function compact() {
    const address = fullAddress(location.href), foot = byId('embed-foot');
    const credits = html('div', { class: 'embed-credits' }, ...all('.foot > p').map(node => node.cloneNode(true)));
    const link = address && html('a', { class: 'embed-full', href: address, target: '_blank', rel: 'noopener' }, pm.text('embed.full'));
    /* The full page shows what the reader sees here. */
    if (link) ['pointerenter', 'focus', 'pointerdown'].forEach(type => link.addEventListener(type, () => { link.href = fullAddress(pm.permalink.address()); }));
    const shown = html('p', { class: 'embed-shown', role: 'status' }), say = () => { shown.textContent = pm.share.summary(); shown.hidden = !store.isFiltered(); };
    say();
    store.on('shown', say);
    foot.replaceChildren(shown, html('p', { class: 'embed-key' }, pm.text('embed.key')),
      html('div', { class: 'embed-more' }, fold(pm.text('legend.title'), byId('legend')), fold(pm.text('embed.credits'), credits), link || null));
    foot.hidden = false;
    store.on('selected', fit);
    window.addEventListener('resize', refit);
  }

  /** The sheet leaves the title and the not-complete line in sight, and on a narrow frame the top of the map. */
  function fit() {
    const { style } = byId('side'), box = byId('mapbox').getBoundingClientRect(), height = window.innerHeight, top = Math.max(0, box.top);
    const narrow = window.innerWidth < WIDE, least = Math.min(height, Math.max(0.45 * height, 240));
    style.maxHeight = narrow ? Math.max(height - top - 0.45 * box.height, least) + 'px' : '';
    style.top = narrow ? '' : Math.max(0, Math.min(top, height - 400)) + 'px';
  }

  /** A host that follows the height changes the frame after a selection came with the address. */
  function refit() {
    fit();
    if (store.state.selected !== null) pm.panel.reveal(store.state.selected);
  }

  /* ---- wheel and finger belong to the host until the map is clicked */

  function quiet() {
    const { map } = pm.map, box = byId('mapbox'), hint = html('p', { class: 'embed-hint', 'aria-hidden': 'true' });
    let timer = null, from = null;
    box.append(hint);
    function wake(on) {
      box.classList.toggle('awake', on);
      map.scrollWheelZoom[on ? 'enable' : 'disable']();
      if (on) { map.dragging.enable(); hint.classList.remove('shown'); }
    }
    function say(key) {
      if (box.classList.contains('awake')) return;
      hint.textContent = pm.text(key);
      hint.classList.add('shown');
      clearTimeout(timer);
      timer = setTimeout(() => hint.classList.remove('shown'), 1600);
    }
    wake(false);
    box.addEventListener('click', () => wake(true));
    box.addEventListener('pointerleave', event => { if (event.pointerType === 'mouse') wake(false); });
    document.addEventListener('keydown', event => { if (event.key === 'Escape') wake(false); });
    window.addEventListener('blur', () => wake(false));
    box.addEventListener('wheel', event => { if (!event.ctrlKey) say('embed.wheel'); }, { passive: true });
    /* Before Leaflet hears of it: a mouse drags at once, a finger only when the map is awake. Two fingers always do. */
    document.addEventListener('pointerdown', event => {
      const awake = box.classList.contains('awake'), inside = box.contains(event.target);
      if (!inside) wake(false);
      else map.dragging[event.pointerType === 'mouse' || awake ? 'enable' : 'disable']();
      from = inside && event.pointerType === 'touch' && event.isPrimary && !awake ? event : null;
    }, true);
    box.addEventListener('touchmove', event => { if (from && event.touches.length === 1) say('embed.fingers'); }, { passive: true });
  }

  /* ---- the height of the content, told to the host */

  /** Measured from the content, never from the window, so that a host that follows it comes to rest. */
  function tell() {
    const content = all('.wrap')[0];
    let told = 0;
    const measure = () => {
      const height = Math.ceil(content.getBoundingClientRect().height);
      if (Math.abs(height - told) < 1) return;
      told = height;
      window.parent.postMessage({ type: 'panjmap:height', height }, '*');
    };
    new ResizeObserver(measure).observe(content);
    measure();
  }

  function create() {
    if (framed) document.addEventListener('click', onClick);
    if (!store.state.embed) return;
    compact();
    quiet();
    if (framed) tell();
  }

  /* Before the map is made: its size depends on it. */
  store.on('embed', on => root.classList.toggle('embed', on));

  pm.embed = { create, fullAddress, brief, built };
})(panjmap);
