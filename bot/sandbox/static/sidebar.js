// Who am I, and where do I look: the people, the channels, and Usher under Apps.

import { avatar, byId, el, fill } from "./dom.js";
import { ROLES, standing, store, unread } from "./store.js";

let drawnPeople = "";

export function showPeople(become) {
  const key = JSON.stringify([store.state.people, store.as]);
  if (key === drawnPeople) return;
  drawnPeople = key;
  const { people } = store.state;
  const held = document.activeElement?.name === "as";
  fill(byId("people"), people.map((one) =>
    el("label", { cls: "person" },
      el("input", { type: "radio", name: "as", value: one.name, checked: one.name === store.as, onchange: () => become(one.name) }),
      avatar(one.real_name || one.name),
      el("span", { cls: "person-words" },
        el("strong", {}, (one.real_name || one.name).split(" ")[0]), " ",
        el("span", { cls: "role", title: one.status || null }, roleOf(one))))));
  if (held) byId("people").querySelector(":checked")?.focus();
}

// Who she is here, and her status where she set one.
function roleOf(one) {
  const role = standing(one) || ROLES[one.name] || "colleague";
  return one.status ? `${role} ${one.status}` : role;
}

let drawnChannels = "";

export function showChannels(open) {
  const rooms = store.state.channels.filter((one) => !one.is_dm);
  const own = store.state.channels.find((one) => one.is_dm);
  const rows = [
    ...rooms.map((one) => ({ id: one.id, sign: "#", name: one.name, shared: one.shared, news: unread(one.id) })),
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
  row.shared && el("span", { cls: "app-badge" }, "SHARED"),
  news && el("span", { cls: "dot", role: "img", "aria-label": "unread" }));
}
