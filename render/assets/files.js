'use strict';
/* Files and the clipboard: what a frame may forbid. Every function says whether it worked. */
(pm => {
  /** Whether the sandbox of this frame has a word: true or false where it can be read, null where only trying tells. */
  function permits(word) {
    if (window.parent === window) return true;
    try {
      const frame = window.frameElement;
      if (frame) return !frame.hasAttribute('sandbox') || frame.sandbox.contains(word);
    } catch (error) { /* another origin */ }
    return null;
  }

  /** Whether a file can be saved from here. A frame in a sandbox (no storage) is taken to forbid it: it would fail in silence. */
  function allowed() {
    const known = permits('allow-downloads');
    if (known !== null) return known;
    try { return Boolean(window.localStorage); } catch (error) { return false; }
  }

  /** Offer a text or a Blob as a file; false where that is forbidden. */
  function download(name, content, type) {
    if (!allowed()) return false;
    try {
      const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
      const link = pm.dom.html('a', { href: address, download: name, hidden: '' });
      document.body.append(link);
      link.click();
      link.remove();
      setTimeout(() => URL.revokeObjectURL(address), 60000);
      return true;
    } catch (error) { return false; }
  }

  /** Put a text on the clipboard: by the way that asks, else by the old one, which works in a frame; false if neither does. */
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch (error) { return copyOld(text); }
  }

  function copyOld(text) {
    const box = pm.dom.html('textarea', { class: 'sr', 'aria-hidden': 'true', tabindex: -1, readonly: '' }), before = document.activeElement;
    box.value = text;
    document.body.append(box);
    box.select();
    let done = false;
    try { done = document.execCommand('copy'); } catch (error) { /* done stays false */ }
    box.remove();
    if (before) before.focus({ preventScroll: true });
    return done;
  }

  pm.files = { permits, allowed, download, copy };
})(panjmap);
