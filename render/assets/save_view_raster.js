'use strict';
/* The saved sheet as pixels: the SVG drawn on a canvas, at twice its size and never narrower than 1,600 pixels. */
(pm => {
  const FINE = 2, LEAST = 1600, MOST = 16e6;

  /** Factor for a sheet of a size: fine enough for print, small enough for a phone's canvas. */
  const factor = (width, height) => Math.min(Math.max(FINE, LEAST / width), Math.sqrt(MOST / (width * height)));

  function loaded(address) {
    return new Promise((resolve, reject) => {
      const image = new Image();
      image.onload = () => resolve(image);
      image.onerror = () => reject(new Error('svg'));
      image.src = address;
    });
  }

  /** A PNG of a sheet (an SVG element), as a Blob. */
  async function png(sheet) {
    const width = Number(sheet.getAttribute('width')), height = Number(sheet.getAttribute('height')), scale = factor(width, height);
    const address = URL.createObjectURL(new Blob([pm.saveView.text(sheet)], { type: 'image/svg+xml' }));
    try {
      const canvas = document.createElement('canvas'), image = await loaded(address);
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(height * scale);
      canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
      return await new Promise((resolve, reject) => canvas.toBlob(blob => blob ? resolve(blob) : reject(new Error('png')), 'image/png'));
    } finally { URL.revokeObjectURL(address); }
  }

  Object.assign(pm.saveView, { png, factor });
})(panjmap);
