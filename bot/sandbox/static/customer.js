// The other side of the counter: a customer on X who posts, and everything posted so far.

import { avatar, byId, el, fill } from "./dom.js";
import { clock } from "./dates.js";
import { call, store } from "./store.js";

let drawn = "";

export function setUpCustomer() {
  byId("customer-form").addEventListener("submit", post);
  byId("customer-toggle").addEventListener("click", () => openCustomer(byId("customer").classList.contains("shut")));
}

// The first step of a newcomer is one press away: an example stands in the empty box.
export function startPost() {
  const text = byId("customer-text");
  openCustomer();
  text.value ||= text.placeholder;
  text.focus();
}

// On a phone the box is a drawer at the bottom; on wide screens it is always open.
export function openCustomer(open = true) {
  byId("customer").classList.toggle("shut", !open);
  byId("customer-toggle").setAttribute("aria-expanded", String(open));
}

export function showPosts() {
  const posts = store.state.posts;
  const key = JSON.stringify(posts);
  if (key === drawn) return;
  drawn = key;
  const handles = new Map(posts.map((one) => [one.id, one.handle]));
  const select = byId("customer-reply");
  const chosen = select.value;
  fill(select, el("option", { value: "" }, "nobody (a new post)"),
    [...posts].reverse().map((one) => el("option", { value: one.id }, `@${one.handle}: ${short(one.text)}`)));
  select.value = handles.has(chosen) ? chosen : "";
  const cards = [...posts].reverse().map((one) => card(one, handles));
  fill(byId("posts"), cards.length ? cards : el("li", { cls: "empty" }, "Nobody has posted yet. Write the first post above."));
  byId("posts-count").textContent = posts.length ? `(${posts.length})` : "";
}

function card(one, handles) {
  const answered = one.in_reply_to ? handles.get(one.in_reply_to) ?? "a deleted post" : null;
  return el("li", { cls: "post" },
    avatar(one.name || one.handle),
    el("div", { cls: "post-main" },
      el("div", { cls: "post-head" }, el("strong", {}, one.name || one.handle), " ",
        el("span", { cls: "when" }, `@${one.handle} · ${clock(new Date(one.created_at))}`)),
      answered && el("div", { cls: "when" }, `answering ${handles.has(one.in_reply_to) ? "@" : ""}${answered}`),
      el("div", { cls: "post-text" }, one.text),
      el("button", { type: "button", cls: "linklike", "aria-label": `Answer @${one.handle}`, onclick: () => answer(one) }, "Answer")));
}

function answer(one) {
  byId("customer-reply").value = one.id;
  byId("customer-text").focus();
}

async function post(event) {
  event.preventDefault();
  const text = byId("customer-text");
  const wrong = byId("customer-error");
  const [handle, words] = [byId("customer-handle").value.trim().replace(/^@/, ""), text.value.trim()];
  wrong.textContent = handle ? (words ? "" : "Write what the customer says.") : "Who posts? Type a handle, such as jane.";
  if (wrong.textContent) return;
  const parent = byId("customer-reply").value;
  try {
    await call("x", { handle, text: words, ...(parent ? { in_reply_to: parent } : {}) });
    text.value = "";
    byId("customer-reply").value = "";
    if (matchMedia("(max-width: 760px)").matches) openCustomer(false);
  } catch (error) {
    wrong.textContent = error.message;
  }
}

function short(words) {
  return words.length > 40 ? `${words.slice(0, 39)}…` : words;
}
