// The message box: words, slash commands with completion, and what Slack would say when it refuses.

import { el, fill } from "./dom.js";
import { label } from "./mrkdwn.js";
import { call, store } from "./store.js";

export class Composer {
  // `where` gives {channel, thread_ts?} at the moment of sending; `sent` is told when it went.
  constructor(form, where, sent) {
    this.form = form;
    this.where = where;
    this.sent = sent;
    this.id = `${form.id}-list`;
    this.options = [];
    this.at = -1;
    this.box = el("textarea", {
      rows: 1, "aria-label": "Message", autocomplete: "off",
      "aria-controls": this.id, "aria-autocomplete": "list", "aria-haspopup": "listbox",
    });
    this.list = el("div", { cls: "completions", id: this.id, role: "listbox", "aria-label": "Slash commands", hidden: true });
    this.note = el("p", { cls: "composer-note", role: "status" });
    this.shortcuts = el("span", { cls: "shortcuts" });
    fill(form, this.list,
      el("div", { cls: "composer-box" }, this.box, el("div", { cls: "composer-foot" }, this.shortcuts,
        el("button", { type: "submit", cls: "button primary send", "aria-label": "Send" }, "Send"))),
      this.note);
    this.box.addEventListener("input", () => { this.fit(); this.complete(); });
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.box.addEventListener("blur", () => setTimeout(() => this.offer([]), 150));
    form.addEventListener("submit", (event) => { event.preventDefault(); this.send(); });
  }

  // What can be said here; null where nothing can.
  show(placeholder) {
    this.form.hidden = placeholder === null;
    this.box.placeholder = placeholder ?? "";
    this.box.setAttribute("aria-label", placeholder ?? "Message");
    const globals = this.form.id === "composer" ? (store.state.shortcuts ?? []).filter((one) => one.type === "global") : [];
    const key = JSON.stringify(globals);
    if (this.drawn === key) return;
    this.drawn = key;
    fill(this.shortcuts, globals.map((one) =>
      el("button", { type: "button", cls: "shortcut", title: one.description, onclick: () => this.shortcut(one) }, `⚡ ${one.name}`)));
  }

  put(words) {
    this.box.value = words;
    this.box.focus();
    this.fit();
    this.complete();
  }

  key(event) {
    const open = this.options.length > 0;
    if (open && ["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.choose((this.at + step + this.options.length) % this.options.length);
    } else if (open && event.key === "Escape") {
      event.preventDefault();
      this.offer([]);
    } else if (open && (event.key === "Tab" || (event.key === "Enter" && this.box.value.trim() !== this.options[this.at].command))) {
      event.preventDefault();
      this.take(this.options[this.at]);
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.send();
    }
  }

  complete() {
    const typed = this.box.value;
    this.say("");
    const known = store.state.commands;
    this.offer(/^\/\S*$/.test(typed) ? known.filter((one) => one.command.startsWith(typed)) : []);
    const used = known.find((one) => typed.startsWith(`${one.command} `));
    if (used?.usage_hint) this.say(`${used.command} ${used.usage_hint}`, "hint");
  }

  offer(options) {
    this.options = options;
    fill(this.list, options.map((one, index) =>
      el("div", { cls: "completion", role: "option", id: `${this.id}-${index}`, onmousedown: (event) => { event.preventDefault(); this.take(one); } },
        el("span", {}, el("b", {}, one.command), " ", el("span", { cls: "usage" }, label({ text: one.usage_hint ?? "" }))),
        el("span", { cls: "what" }, one.description))));
    this.list.hidden = options.length === 0;
    this.choose(options.length ? 0 : -1);
  }

  choose(index) {
    this.at = index;
    [...this.list.children].forEach((node, at) => node.setAttribute("aria-selected", String(at === index)));
    this.list.children[index]?.scrollIntoView({ block: "nearest" });
    if (index < 0) this.box.removeAttribute("aria-activedescendant");
    else this.box.setAttribute("aria-activedescendant", `${this.id}-${index}`);
  }

  take(command) {
    this.put(`${command.command} `);
  }

  async send() {
    const words = this.box.value.trim();
    const where = this.where();
    if (!words || !where.channel || this.busy) return;
    this.offer([]);
    if (words.startsWith("/") && where.thread_ts) {
      this.say(`Slack does not take slash commands in threads. Use ${words.split(" ")[0]} in the channel.`, "error");
      return;
    }
    this.busy = true;
    this.sent();
    try {
      const { thread_ts, channel } = where;
      if (words.startsWith("/")) await this.slash(channel, words);
      else {
        await call("say", { channel, text: words, ...(thread_ts ? { thread_ts } : {}) });
        this.empty();
      }
    } catch (error) {
      this.say(error.message, "error");
    } finally {
      this.busy = false;
    }
  }

  async slash(channel, words) {
    this.empty();
    try {
      const { shown } = await call("slash", { channel, text: words });
      if (shown) this.say(shown, "shown");
    } catch (error) {
      this.box.value = words; // so that it can be mended and sent again
      throw error;
    }
  }

  async shortcut(one) {
    try {
      const { shown } = await call("shortcut", { callback_id: one.callback_id });
      if (shown) this.say(shown, "error");
    } catch (error) {
      this.say(error.message, "error");
    }
  }

  empty() {
    this.box.value = "";
    this.fit();
    this.say("");
  }

  say(words, kind = "") {
    this.note.textContent = words;
    this.note.className = `composer-note ${kind}`;
  }

  fit() {
    this.box.rows = Math.min(6, this.box.value.split("\n").length);
  }
}
