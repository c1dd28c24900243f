// Lists of messages: a channel's, a thread's. A message that did not change is left alone, so that
// an open menu, a half-made choice and the reader's place survive whatever happens around them.

import { attached } from "./attached.js";
import { body } from "./blocks.js";
import { avatar, el, fill, toast } from "./dom.js";
import { clock, dayName, ofTs } from "./dates.js";
import { menuOf } from "./elements.js";
import { call, isReply, realName, standing, store } from "./store.js";

const NEAR = 80; // px from the end that still count as "at the end"

export class MessageList {
  constructor(node, { openThread = null } = {}) {
    this.node = node;
    this.openThread = openThread;
    this.drawn = new Map(); // key → {json, node}
    this.place = null;
  }

  // `place` names what is listed; a new place begins at its end.
  show(place, messages, { empty, replies = new Map() }) {
    const moved = this.place !== place;
    const atEnd = moved || this.node.scrollHeight - this.node.scrollTop - this.node.clientHeight < NEAR;
    if (moved) this.drawn.clear();
    this.place = place;
    const kept = new Map();
    const rows = messages.map((message, index) => {
      const row = this.row(message, messages[index - 1], replies.get(message.ts) ?? []);
      kept.set(row.key, row);
      return row;
    });
    this.drawn = kept;
    this.put(rows.flatMap((row) => row.nodes), empty, rows.length === 0);
    if (atEnd) this.toEnd();
  }

  // Whoever sends something wants to see what comes of it.
  toEnd() {
    this.node.scrollTop = this.node.scrollHeight;
  }

  row(message, before, replies) {
    const key = `${message.ts}${message.ephemeral ? "e" : ""}`;
    const newDay = !before || ofTs(before.ts).toDateString() !== ofTs(message.ts).toDateString();
    const json = JSON.stringify([message, newDay, replies.length, replies.at(-1)?.ts]);
    const former = this.drawn.get(key);
    if (former?.json === json) return former;
    const day = newDay ? el("div", { cls: "day" }, el("span", {}, capital(dayName(ofTs(message.ts))))) : null;
    const node = this.draw(message, replies);
    return { key, json, nodes: day ? [day, node] : [node] };
  }

  put(nodes, empty, none) {
    const focused = this.node.contains(document.activeElement) ? document.activeElement : null;
    const press = focused?.dataset.press;
    const home = focused?.closest("[data-ts]")?.dataset.ts;
    const wanted = none ? [el("p", { cls: "empty" }, empty)] : nodes;
    const present = [...this.node.children];
    const same = wanted.length === present.length && wanted.every((node, index) => node === present[index]);
    if (same) return;
    this.node.replaceChildren(...wanted);
    if (!focused || document.activeElement === focused) return;
    // The card the reader was on was drawn anew: keep them there, on the same button if it is left.
    const card = [...this.node.querySelectorAll("[data-ts]")].find((one) => one.dataset.ts === home);
    const again = focused.isConnected ? focused : [...(card?.querySelectorAll("[data-press]") ?? [])].find((one) => one.dataset.press === press);
    (again ?? card)?.focus({ preventScroll: true });
  }

  draw(message, replies) {
    const article = el("article", {
      cls: message.ephemeral ? "message ephemeral" : "message", tabindex: "-1", "data-ts": message.ts,
      "aria-label": `${realName(message)}, ${clock(ofTs(message.ts))}`,
    });
    const place = { channel: this.place.split("/")[0], ts: message.ts, root: () => article };
    return fill(article,
      avatar(realName(message), { bot: message.bot }),
      el("div", { cls: "message-main" },
        el("div", { cls: "message-head" },
          el("strong", {}, realName(message)),
          badge(message),
          el("time", { cls: "when" }, clock(ofTs(message.ts))),
          message.ephemeral && el("span", { cls: "only-you" }, "Only visible to you")),
        el("div", { cls: "message-body" }, body(message, place), attached(message, place), message.edited && el("span", { cls: "edited" }, "(edited)")),
        this.thread(message, replies)),
      this.tools(message, place));
  }

  thread(message, replies) {
    if (!this.openThread || replies.length === 0) return null;
    const words = replies.length === 1 ? "1 reply" : `${replies.length} replies`;
    return el("button", { type: "button", cls: "replies", onclick: () => this.openThread(message.ts) },
      words, el("span", { cls: "when" }, `last at ${clock(ofTs(replies.at(-1).ts))}`));
  }

  tools(message, place) {
    if (message.ephemeral) return null;
    const shortcuts = (store.state.shortcuts ?? []).filter((one) => one.type === "message");
    const reply = this.openThread && el("button", { type: "button", title: "Reply in thread",
      "aria-label": "Reply in thread", onclick: () => this.openThread(message.ts) }, "💬");
    const items = shortcuts.map((one) => ({ label: one.name, title: one.description, pick: () => use(one, place) }));
    if (!reply && !items.length) return null;
    return el("div", { cls: "tools" }, reply, items.length > 0 && menuOf(items, "more"));
  }
}

export function threadOf(messages, ts) {
  return messages.filter((message) => message.ts === ts || message.thread_ts === ts);
}

export function repliesByRoot(messages) {
  const replies = new Map();
  for (const message of messages.filter(isReply)) {
    replies.set(message.thread_ts, [...(replies.get(message.thread_ts) ?? []), message]);
  }
  return replies;
}

async function use(shortcut, { channel, ts }) {
  try {
    const { shown } = await call("message_shortcut", { callback_id: shortcut.callback_id, channel, ts });
    if (shown) toast(shown);
  } catch (error) {
    toast(error.message);
  }
}

function badge(message) {
  const author = store.state.people.find((one) => one.id === message.user);
  const words = message.bot ? "APP" : author ? standing(author).toUpperCase() : "";
  return words && el("span", { cls: "app-badge" }, words);
}

function capital(words) {
  return words[0].toUpperCase() + words.slice(1);
}
