// Elements that act: buttons, overflow menus, and inputs outside of forms, with their confirm dialogs.

import { byId, el, fill, safeUrl, toast } from "./dom.js";
import { collect, input, isInput } from "./inputs.js";
import { label, text } from "./mrkdwn.js";
import { call } from "./store.js";

let count = 0;

export const nextId = () => `e${(count += 1)}`;

// `place` is where the element stands: {channel, ts} or {view_id}, and its `root` to read values from.
export function element(spec, place, block) {
  if (spec.type === "button" || spec.type === "workflow_button") return button(spec, place, block);
  if (spec.type === "overflow") return overflow(spec, place, block);
  if (spec.type === "image") return picture(spec);
  if (isInput(spec)) return choice(spec, place, block);
  return el("span", { cls: "unknown" }, `(${spec.type} is not shown in this sandbox)`);
}

export function picture(spec) {
  return el("span", { cls: "picture", role: "img", "aria-label": spec.alt_text }, `🖼 ${spec.alt_text}`);
}

function button(spec, place, block) {
  const style = ["primary", "danger"].includes(spec.style) ? ` ${spec.style}` : "";
  const url = safeUrl(spec.url);
  const more = { value: spec.value };
  const node = url
    ? el("a", { cls: `button${style}`, href: url, target: "_blank", rel: "noopener noreferrer" })
    : el("button", { type: "button", cls: `button${style}` });
  node.append(label(spec.text));
  if (spec.accessibility_label) node.setAttribute("aria-label", spec.accessibility_label);
  node.dataset.press = `${block.block_id}/${spec.action_id}`;
  node.addEventListener("click", async (event) => {
    if (spec.confirm) {
      event.preventDefault();
      if (!(await confirmed(spec.confirm))) return;
      if (url) window.open(url, "_blank", "noopener");
    }
    press(node, spec, place, block, more);
  });
  return node;
}

function overflow(spec, place, block) {
  const pick = async (option, opener) => {
    if (spec.confirm && !(await confirmed(spec.confirm))) return;
    if (safeUrl(option.url)) window.open(option.url, "_blank", "noopener");
    press(opener, spec, place, block, { selected_option: option });
  };
  return menuOf(spec.options.map((option) => ({ label: label(option.text), pick: (opener) => pick(option, opener) })), "button more");
}

// A button ⋯ and what it opens; `pick` of an item gets the button.
export function menuOf(items, cls) {
  const menu = el("div", { cls: "menu", role: "menu", hidden: true },
    items.map((item) =>
      el("button", { type: "button", role: "menuitem", title: item.title, onclick: () => { close(); opener.focus(); item.pick(opener); } },
        item.label)));
  const opener = el("button", {
    type: "button", cls, "aria-haspopup": "menu", "aria-expanded": "false", "aria-label": "More actions",
  }, "⋯");
  const close = () => { menu.hidden = true; opener.setAttribute("aria-expanded", "false"); };
  opener.addEventListener("click", () => {
    menu.hidden = !menu.hidden;
    opener.setAttribute("aria-expanded", String(!menu.hidden));
    if (menu.hidden) return;
    beside(menu, opener);
    menu.firstElementChild?.focus();
  });
  const wrap = el("span", { cls: "menu-wrap" }, opener, menu);
  wrap.addEventListener("keydown", (event) => along(event, menu, () => { close(); opener.focus(); }));
  wrap.addEventListener("focusout", (event) => { if (!wrap.contains(event.relatedTarget)) close(); });
  return wrap;
}

// On the window, not in the list, which would cut it off; upwards where there is no room below.
function beside(menu, opener) {
  const { left, top, bottom } = opener.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const below = bottom + 4 + height <= window.innerHeight;
  menu.style.left = `${Math.max(8, Math.min(left, window.innerWidth - width - 8))}px`;
  menu.style.top = `${below ? bottom + 4 : top - height - 4}px`;
}

function along(event, menu, leave) {
  if (event.key === "Escape" && !menu.hidden) {
    event.stopPropagation();
    event.preventDefault();
    leave();
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || menu.hidden) return;
  event.preventDefault();
  const items = [...menu.children];
  items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
}

function choice(spec, place, block) {
  const node = input(spec, {
    id: nextId(),
    name: { block: block.block_id, action: spec.action_id },
    kept: place.kept?.[block.block_id]?.[spec.action_id],
    ask: (typed) => suggested(typed, spec, place, block),
    changed: async (state) => {
      if (spec.confirm && !(await confirmed(spec.confirm))) return;
      press(node, spec, place, block, state);
    },
  });
  return node;
}

// The options an app offers for what was typed, or in `shown` Slack's complaint of it.
export function suggested(typed, spec, place, block) {
  const { view_id, channel, ts } = place;
  return call("suggest", { view_id, channel, ts, block_id: block.block_id, action_id: spec.action_id, value: typed });
}

// Tells the app. While it thinks, the element is busy; what goes wrong is said, as Slack does.
export async function press(node, spec, place, block, more) {
  if (node.classList.contains("busy")) return;
  node.classList.add("busy");
  const { root, kept, ...where } = place;
  const { type, ...answer } = more;
  try {
    const { shown } = await call("click", {
      ...where, block_id: block.block_id, action_id: spec.action_id, values: root ? collect(root()) : {}, ...answer,
    });
    if (shown) toast(shown);
  } catch (error) {
    toast(error.message);
  } finally {
    node.classList.remove("busy");
  }
}

export function confirmed(spec) {
  const dialog = byId("confirm");
  return new Promise((resolve) => {
    const style = spec.style === "danger" ? " danger" : " primary";
    const end = (answer) => { dialog.close(); resolve(answer); };
    fill(dialog,
      el("h2", { id: "confirm-title" }, label(spec.title)),
      el("div", { cls: "confirm-text" }, text(spec.text)),
      el("div", { cls: "dialog-foot" },
        el("button", { type: "button", cls: "button", onclick: () => end(false) }, label(spec.deny) || "Cancel"),
        el("button", { type: "button", cls: `button${style}`, onclick: () => end(true) }, label(spec.confirm) || "Yes")));
    dialog.oncancel = () => resolve(false);
    dialog.showModal();
  });
}
