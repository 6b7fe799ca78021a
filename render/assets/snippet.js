(() => {
  const frames = () => [...document.querySelectorAll('iframe.panjmap-frame')];
  const least = 100, most = 5000;
  addEventListener('message', event => {
    const told = event.data && event.data.type === 'panjmap:height' ? event.data.height : null;
    if (!Number.isFinite(told) || told < least || told > most) return;
    const frame = frames().find(one => one.contentWindow === event.source);
    if (frame) frame.style.height = Math.ceil(told) + 'px';
  });
})();
