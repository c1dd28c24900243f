// Modals: the top view of a person's stack, its form, and what the app finds wrong with it.

import { draw } from "./blocks.js";
import { byId, el, fill } from "./dom.js";
import { collect, isEmpty } from "./inputs.js";
import { label } from "./mrkdwn.js";
import { call } from "./store.js";

const REQUIRED = "Please complete this required field.";
const kept = new Map(); // view id → what was typed, for coming back to it from a view on top

let shown = null; // {id, key} of the drawn view
let errors = {};

export function showView(view) {
  const dialog = byId("modal");
  if (!view) {
    remember();
    shown = null;
    kept.clear();
    dialog.close();
    return;
  }
  const key = JSON.stringify([view.id, view.hash, view.blocks, view.title]);
  if (shown?.key === key) return;
  remember();
  if (shown?.id !== view.id) errors = {};
  shown = { id: view.id, key };
  render(view, dialog);
  if (!dialog.open) dialog.showModal();
  focusFirst(dialog);
}

function remember() {
  const form = byId("modal").querySelector("form");
  if (shown && form) kept.set(shown.id, collect(form));
}

function render(view, dialog) {
  const form = el("form", { novalidate: true, onsubmit: (event) => submit(event, view, form) });
  const place = {
    view_id: view.id,
    kept: kept.get(view.id),
    root: () => form,
  };
  const back = view.previous_view_id
    ? el("button", { type: "button", cls: "icon", "aria-label": "Back", onclick: () => leave(view) }, "‹")
    : null;
  fill(form,
    el("header", { cls: "dialog-head" }, back, el("h2", { id: "modal-title" }, label(view.title)),
      el("button", { type: "button", cls: "icon", "aria-label": "Close", onclick: () => leave(view) }, "×")),
    el("div", { cls: "dialog-body", tabindex: "-1" },
      el("p", { cls: "error", id: "modal-error", role: "alert", hidden: true }), draw(view.blocks, place, errors)),
    el("footer", { cls: "dialog-foot" },
      el("button", { type: "button", cls: "button", onclick: () => leave(view) }, label(view.close) || "Close"),
      view.submit && el("button", { type: "submit", cls: "button primary" }, label(view.submit))));
  fill(dialog, form);
  dialog.oncancel = (event) => { event.preventDefault(); leave(view); };
}

function focusFirst(dialog) {
  const wrong = dialog.querySelector("[aria-invalid]");
  const wished = dialog.querySelector("[data-first]");
  (wrong ?? wished ?? dialog.querySelector(".dialog-body :is(input, textarea, select)") ?? dialog.querySelector(".dialog-body")).focus();
}

async function submit(event, view, form) {
  event.preventDefault();
  const values = collect(form);
  errors = missing(view, values);
  if (Object.keys(errors).length) return again(view);
  const button = form.querySelector("[type=submit]");
  button.disabled = true;
  try {
    const answer = await call("submit", { view_id: view.id, values });
    errors = answer.errors ?? {};
    if (Object.keys(errors).length) again(view);
    else if (answer.shown) complain(answer.shown);
  } catch (error) {
    complain(error.message);
  } finally {
    button.disabled = false;
  }
}

function missing(view, values) {
  const empty = view.blocks.filter(
    (block) => block.type === "input" && !block.optional && isEmpty(values[block.block_id]?.[block.element.action_id] ?? {}));
  return Object.fromEntries(empty.map((block) => [block.block_id, REQUIRED]));
}

// Draws the same view once more, with its errors and with what was typed.
function again(view) {
  remember();
  const dialog = byId("modal");
  render(view, dialog);
  focusFirst(dialog);
}

async function leave(view) {
  try {
    await call("close", { view_id: view.id });
  } catch (error) {
    complain(error.message);
  }
}

function complain(words) {
  const line = byId("modal-error");
  line.textContent = words;
  line.hidden = false;
}
