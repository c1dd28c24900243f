// What went between Slack and Usher, newest first, and a few bad days to try.

import { byId, el, fill, toast } from "./dom.js";
import { call } from "./store.js";

const SHOWN = 100;
const DAYS = [
  { words: "Deliver the next thing twice", method: "delivery", kind: "duplicate" },
  { words: "Lose the next delivery", method: "delivery", kind: "drop" },
  { words: "Answer the next post with 503", method: "chat.postMessage", kind: "503" },
  { words: "Rate-limit the next post for 2 s", method: "chat.postMessage", kind: "429:2" },
  { words: "Good days again" },
];

export function setUpJournal() {
  byId("journal-open").addEventListener("click", open);
}

async function open() {
  const dialog = byId("journal");
  const list = el("ol", { cls: "entries" });
  fill(dialog,
    el("header", { cls: "dialog-head" }, el("h2", { id: "journal-title" }, "Between Slack and Usher"),
      el("button", { type: "button", cls: "icon", "aria-label": "Close", onclick: () => dialog.close() }, "×")),
    el("div", { cls: "dialog-body" }, el("div", { cls: "actions" }, DAYS.map(day)), list));
  dialog.showModal();
  await show(list);
}

function day({ words, ...fault }) {
  const press = () => call("fault", fault).then(() => toast(`${words}: so it will be.`), (error) => toast(error.message));
  return el("button", { type: "button", cls: "button", onclick: press }, words);
}

async function show(list) {
  try {
    const response = await fetch("sim/journal");
    const { entries } = await response.json();
    fill(list, entries.slice(-SHOWN).reverse().map((entry) =>
      el("li", {}, el("details", {}, el("summary", {}, line(entry)), el("pre", {}, JSON.stringify(entry, null, 2))))));
  } catch {
    fill(list, el("li", {}, "The sandbox does not answer."));
  }
}

function line(entry) {
  if (entry.entry === "call") {
    const said = entry.answer.ok === false ? entry.answer.error : entry.status;
    return `${entry.number} Usher → Slack: ${entry.method}, ${said}`;
  }
  if (entry.entry === "delivery") {
    const what = entry.payload.event?.type ?? entry.payload.command ?? entry.payload.type ?? entry.type;
    return `${entry.number} Slack → Usher: ${what}, ${entry.outcome} after ${Math.round(entry.ms)} ms`;
  }
  return `${entry.number} socket ${entry.what ?? ""} ${entry.detail ?? ""}`;
}
