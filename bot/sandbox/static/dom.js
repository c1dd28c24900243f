// The only place where elements are made. Words become text nodes, never markup: what a customer
// writes on X must not be able to do anything in the page but be read.

const LINK = /^(https?:|mailto:|tel:)/i;

export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key !== "value") node.setAttribute(key === "cls" ? "class" : key, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  if (props.value !== undefined && props.value !== null) node.value = props.value;
  return node;
}

export function link(url, ...children) {
  if (!LINK.test(url ?? "")) return el("span", {}, ...children);
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

export function fill(node, ...children) {
  node.replaceChildren(...children.flat(Infinity).filter(Boolean));
  return node;
}

export const byId = (id) => document.getElementById(id);

export function safeUrl(url) {
  return LINK.test(url ?? "") ? url : null;
}

const COLOURS = 8;

export function avatar(name, { bot = false } = {}) {
  const letters = name.replace(/^@/, "").split(/[\s_]+/).map((word) => word[0] ?? "").join("").slice(0, 2);
  const sum = [...name].reduce((total, letter) => total + letter.codePointAt(0), 0);
  const colour = bot ? "bot" : sum % COLOURS;
  return el("span", { cls: `avatar avatar-${colour}`, "aria-hidden": "true" }, letters.toUpperCase() || "?");
}

let said;

export function hush() {
  byId("toast").hidden = true;
}

// One line at the bottom for what went wrong or came in, gone after a while.
export function toast(words, act = null) {
  const node = byId("toast");
  const press = () => { node.hidden = true; act.press(); };
  fill(node, el("span", {}, words), act && el("button", { type: "button", onclick: press }, act.label));
  node.hidden = false;
  clearTimeout(said);
  said = setTimeout(() => { node.hidden = true; }, 8000);
}
