// Secondary attachments: what apps put under their words before there were blocks.

import { draw } from "./blocks.js";
import { el } from "./dom.js";
import { mrkdwn } from "./mrkdwn.js";

export function attached(message, place) {
  return (message.attachments ?? []).flatMap((one) => [
    one.pretext && el("div", { cls: "section" }, mrkdwn(one.pretext)),
    el("div", { cls: "attached" },
      one.author_name && el("strong", {}, one.author_name),
      one.title && el("strong", {}, one.title),
      one.text && el("div", { cls: "section" }, mrkdwn(one.text)),
      (one.fields ?? []).map((field) => el("div", {}, el("strong", {}, field.title ?? ""), " ", mrkdwn(field.value ?? ""))),
      draw(one.blocks ?? [], place),
      one.footer && el("div", { cls: "context" }, one.footer)),
  ]);
}
