'use strict';
/* Days: whole numbers since 1970-01-01, UTC, so that no time zone moves a date. Pure but for the language of the page. */
(pm => {
  const DAY = 86400000, formats = {};
  const STYLES = {
    day: { day: 'numeric', month: 'short', year: 'numeric' },
    long: { day: 'numeric', month: 'long', year: 'numeric' },
    month: { month: 'short', year: 'numeric' },
    daymonth: { day: 'numeric', month: 'short' },
    year: { year: 'numeric' }
  };

  const iso = day => new Date(day * DAY).toISOString().slice(0, 10);

  /** ISO date -> day, null where it is no day of the calendar. */
  function fromIso(text) {
    const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text + 'T00:00:00Z') : NaN;
    return Number.isNaN(time) || iso(time / DAY) !== text ? null : time / DAY;
  }

  /** {year, month (1 to 12), day} of a day. */
  function parts(day) {
    const date = new Date(day * DAY);
    return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
  }

  const fromParts = (year, month, day) => Date.UTC(year, month - 1, day) / DAY;

  /** A day in the words of the page's language, Gregorian. A language that browsers do not know brings its own months. */
  function format(day, style) {
    const months = pm.text('language.months').split(' ');
    if (months.length === 12) return spelled(parts(day), STYLES[style], months);
    if (!formats[style]) {
      formats[style] = new Intl.DateTimeFormat(pm.text('language.locale'), Object.assign({ timeZone: 'UTC', calendar: 'gregory' }, STYLES[style]));
    }
    return formats[style].format(day * DAY).replace('Sept', 'Sep');
  }

  const spelled = (date, style, months) => [style.day && date.day, style.month && months[date.month - 1], style.year && date.year].filter(Boolean).join(' ');

  /** From one day to another, or the one day. */
  const span = (from, to) => [...new Set([from, to])].map(day => format(day, 'day')).join(' – ');

  pm.dates = { iso, fromIso, parts, fromParts, format, span };
})(panjmap);
