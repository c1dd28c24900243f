// Slack's dates: the tokens of <!date^…> and of rich text, in the reader's own time zone.

import { el } from "./dom.js";

const DAY = 24 * 60 * 60 * 1000;

const format = (options) => (moment) => moment.toLocaleString("en-GB", options);
const short = format({ day: "numeric", month: "short", year: "numeric" });
const medium = format({ day: "numeric", month: "long", year: "numeric" });
const long = format({ weekday: "long", day: "numeric", month: "long", year: "numeric" });

export const clock = format({ hour: "2-digit", minute: "2-digit" });

export function dayName(moment) {
  return pretty(format({ weekday: "long", day: "numeric", month: "long" }))(moment);
}

function pretty(otherwise) {
  return (moment) => {
    const midnight = new Date();
    midnight.setHours(0, 0, 0, 0);
    const days = Math.floor((moment - midnight) / DAY);
    return { "-1": "yesterday", 0: "today", 1: "tomorrow" }[days] ?? otherwise(moment);
  };
}

function ago(moment) {
  const seconds = (Date.now() - moment) / 1000;
  const size = Math.abs(seconds);
  const [unit, length] = size < 60 ? ["second", 1] : size < 3600 ? ["minute", 60] : size < 86400 ? ["hour", 3600] : ["day", 86400];
  return new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(-Math.round(seconds / length), unit);
}

const TOKENS = {
  date_num: (moment) => moment.toLocaleDateString("sv-SE"),
  date_slash: format({ day: "2-digit", month: "2-digit", year: "numeric" }),
  date: medium,
  date_short: short,
  date_long: long,
  date_long_full: long,
  date_pretty: pretty(medium),
  date_short_pretty: pretty(short),
  date_long_pretty: pretty(long),
  day_divider_pretty: pretty(long),
  time: clock,
  time_secs: format({ hour: "2-digit", minute: "2-digit", second: "2-digit" }),
  ago,
};

// The words for a moment in seconds, or the fallback where the moment or a token is unknown.
function dated(seconds, pattern, fallback) {
  const moment = new Date(Number(seconds) * 1000);
  if (Number.isNaN(moment.getTime())) return fallback;
  let known = true;
  const words = pattern.replace(/\{([a-z_]+)\}/g, (whole, token) => {
    if (!Object.hasOwn(TOKENS, token)) known = false;
    return known ? TOKENS[token](moment) : whole;
  });
  return known ? words : fallback;
}

// An element that keeps itself current: "5 minutes ago" must not stay true for an hour.
export function dateElement(seconds, pattern, fallback) {
  return el("time", { "data-seconds": seconds, "data-pattern": pattern, "data-fallback": fallback }, dated(seconds, pattern, fallback));
}

export function keepDatesCurrent() {
  setInterval(() => {
    for (const node of document.querySelectorAll("time[data-pattern*='{ago}']")) {
      const { seconds, pattern, fallback } = node.dataset;
      node.textContent = dated(seconds, pattern, fallback);
    }
  }, 10_000);
}

export function ofTs(ts) {
  return new Date(Number(ts.split(".")[0]) * 1000);
}
