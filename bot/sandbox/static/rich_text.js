// The rich_text block: sections, lists, quotes and preformatted text with their inline elements.

import { dateElement } from "./dates.js";
import { el, link } from "./dom.js";
import { emoji } from "./emoji.js";
import { mention } from "./mrkdwn.js";
import { channelOf, nameOf } from "./store.js";

const STYLES = [["code", "code"], ["underline", "u"], ["strike", "s"], ["italic", "i"], ["bold", "b"]];

const PARTS = {
  rich_text_section: (part) => el("div", { cls: "rich-section" }, inlines(part)),
  rich_text_quote: (part) => el("blockquote", {}, inlines(part)),
  rich_text_preformatted: (part) => el("pre", {}, inlines(part)),
  rich_text_list: list,
};

const INLINES = {
  text: (item) => broken(item.text),
  link: (item) => link(item.url, item.text ?? item.url),
  emoji: (item) => unicode(item.unicode) ?? emoji(item.name) ?? `:${item.name}:`,
  user: (item) => mention(`@${nameOf(item.user_id)}`),
  usergroup: (item) => mention(`@${item.usergroup_id}`),
  channel: (item) => mention(`#${channelOf(item.channel_id)?.name ?? item.channel_id}`),
  broadcast: (item) => mention(`@${item.range}`),
  date: (item) => {
    const moment = dateElement(item.timestamp, item.format, item.fallback ?? "");
    return item.url ? link(item.url, moment) : moment;
  },
  color: (item) => item.value,
};

export function richText(block) {
  return el("div", { cls: "rich-text" }, block.elements.map((part) => PARTS[part.type]?.(part)));
}

function list(part) {
  const items = part.elements.map((item) => el("li", {}, inlines(item)));
  const indent = `rich-list indent-${Math.min(part.indent ?? 0, 4)}`;
  const start = part.offset ? part.offset + 1 : null;
  return part.style === "ordered" ? el("ol", { cls: indent, start }, items) : el("ul", { cls: indent }, items);
}

function inlines(part) {
  return part.elements.map((item) => {
    const inner = INLINES[item.type]?.(item) ?? "";
    const styles = item.style ?? {};
    return STYLES.reduce((node, [style, tag]) => (styles[style] ? el(tag, {}, node) : node), inner);
  });
}

function broken(words) {
  return words.split("\n").flatMap((line, index) => (index ? [el("br"), line] : [line]));
}

function unicode(hex) {
  return hex ? String.fromCodePoint(...hex.split("-").map((point) => parseInt(point, 16))) : null;
}
