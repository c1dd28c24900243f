// Who am I, and where do I look: the six people, the channels, and Usher under Apps.

import { avatar, byId, el, fill } from "./dom.js";
import { ROLES, store, unread } from "./store.js";

let drawnPeople = "";

export function showPeople(become) {
  const key = JSON.stringify([store.state.people, store.as]);
  if (key === drawnPeople) return;
  drawnPeople = key;
  const people = store.state.people.filter((one) => Object.hasOwn(ROLES, one.name));
  const held = document.activeElement?.name === "as";
  fill(byId("people"), people.map((one) =>
    el("label", { cls: "person" },
      el("input", { type: "radio", name: "as", value: one.name, checked: one.name === store.as, onchange: () => become(one.name) }),
      avatar(one.real_name || one.name),
      el("span", { cls: "person-words" },
        el("strong", {}, (one.real_name || one.name).split(" ")[0]), " ",
        el("span", { cls: "role" }, one.guest ? "guest" : ROLES[one.name])))));
  if (held) byId("people").querySelector(":checked")?.focus();
}

let drawnChannels = "";

export function showChannels(open) {
  const rooms = store.state.channels.filter((one) => !one.is_dm);
  const own = store.state.channels.find((one) => one.is_dm);
  const rows = [
    ...rooms.map((one) => ({ id: one.id, sign: "#", name: one.name, news: unread(one.id) })),
    { id: "app", sign: "U", name: "Usher", news: Boolean(own) && unread(own.id), app: true },
  ].map((row) => ({ ...row, here: row.id === store.channel }));
  const key = JSON.stringify(rows);
  if (key === drawnChannels) return;
  drawnChannels = key;
  const held = document.activeElement?.dataset?.channel;
  const list = (some) => some.map((row) => el("li", {}, entry(row, open)));
  fill(byId("channels"), list(rows.filter((row) => !row.app)));
  fill(byId("apps"), list(rows.filter((row) => row.app)));
  byId("news").hidden = !rows.some((row) => row.news && !row.here);
  if (held) byId("sidebar").querySelector(`[data-channel="${CSS.escape(held)}"]`)?.focus();
}

function entry(row, open) {
  const news = row.news && !row.here;
  return el("button", {
    type: "button", cls: `channel${news ? " news" : ""}`, "data-channel": row.id,
    "aria-current": row.here ? "page" : null, onclick: () => open(row.id),
  },
  el("span", { cls: row.app ? "sign app" : "sign", "aria-hidden": "true" }, row.sign),
  el("span", { cls: "channel-name" }, row.name),
  news && el("span", { cls: "dot", role: "img", "aria-label": "unread" }));
}
