// Slack's mrkdwn, as far as messages of a bot use it, into elements.

import { dateElement } from "./dates.js";
import { el, link } from "./dom.js";
import { emoji, EMOJI, withEmoji } from "./emoji.js";
import { channelOf, nameOf } from "./store.js";

const ESCAPES = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };
const STYLES = { "*": "b", _: "i", "~": "s" };
// Code, token, emoji name, or a styled run that neither begins nor ends inside a word.
const PIECE = new RegExp(
  [
    "`([^`\\n]+)`",
    "<([^<>\\n]+)>",
    EMOJI.source,
    "(?<![\\w*_~])([*_~])(?=\\S)((?:(?!\\4)[^\\n])*?\\S)\\4(?![\\w*_~])",
  ].join("|"),
  "g",
);

export function plain(words) {
  return words.replace(/&(lt|gt|amp);/g, (escape) => ESCAPES[escape]);
}

// A text object, or undefined, to nodes.
export function text(object) {
  if (!object) return [];
  if (object.type === "mrkdwn") return mrkdwn(object.text);
  return lines(object.emoji === false ? object.text : withEmoji(object.text));
}

export function label(object) {
  if (!object) return "";
  return object.emoji === false ? object.text : withEmoji(object.text);
}

export function mrkdwn(source) {
  const nodes = [];
  source.split("```").forEach((part, index, parts) => {
    const code = index % 2 === 1 && index < parts.length - 1;
    if (code) nodes.push(el("pre", {}, plain(part.replace(/^\n/, ""))));
    else nodes.push(...quoted(index % 2 === 1 ? "```" + part : index ? part.replace(/^\n/, "") : part));
  });
  return nodes;
}

function quoted(part) {
  const nodes = [];
  let quote = null;
  part.split("\n").forEach((line, index, all) => {
    const match = /^(?:&gt;|>) ?(.*)$/.exec(line);
    if (match) {
      if (!quote) nodes.push((quote = el("blockquote")));
      else quote.append(el("br"));
      quote.append(...inline(match[1]));
      return;
    }
    quote = null;
    nodes.push(...inline(line));
    if (index < all.length - 1 && !/^(?:&gt;|>)/.test(all[index + 1])) nodes.push(el("br"));
  });
  return nodes;
}

function inline(line) {
  const nodes = [];
  let end = 0;
  for (const match of line.matchAll(PIECE)) {
    if (match.index > end) nodes.push(plain(line.slice(end, match.index)));
    nodes.push(piece(match));
    end = match.index + match[0].length;
  }
  if (end < line.length) nodes.push(plain(line.slice(end)));
  return nodes;
}

function piece([whole, code, token, shortcode, mark, styled]) {
  if (code !== undefined) return el("code", {}, plain(code));
  if (token !== undefined) return ofToken(token);
  if (shortcode !== undefined) return emoji(shortcode) ?? whole;
  return el(STYLES[mark], {}, ...inline(styled));
}

function ofToken(token) {
  const [target, shown] = split(token);
  if (target.startsWith("@")) return mention(`@${shown ?? nameOf(target.slice(1))}`);
  if (target.startsWith("#")) return mention(`#${shown ?? channelOf(target.slice(1))?.name ?? target.slice(1)}`);
  if (target.startsWith("!date^")) return ofDate(target, shown ?? "");
  if (target.startsWith("!subteam^")) return mention(shown ?? "@group");
  if (target.startsWith("!")) return mention(`@${shown ?? target.slice(1)}`);
  return link(plain(target), shown === undefined ? plain(target).replace(/^mailto:/, "") : plain(shown));
}

function split(token) {
  const bar = token.indexOf("|");
  return bar < 0 ? [token, undefined] : [token.slice(0, bar), token.slice(bar + 1)];
}

function ofDate(target, fallback) {
  const [, seconds, pattern = "", url] = target.split("^");
  const moment = dateElement(seconds, plain(pattern), plain(fallback));
  return url ? link(plain(url), moment) : moment;
}

export function mention(words) {
  return el("span", { cls: "mention" }, words);
}

function lines(words) {
  return words.split("\n").flatMap((line, index) => (index ? [el("br"), line] : [line]));
}
