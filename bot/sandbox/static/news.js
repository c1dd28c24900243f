// What came in while the reader looked elsewhere: one line that leads there, as Slack's own banner.

import { toast } from "./dom.js";
import { isReply, newest, store } from "./store.js";

const heard = {}; // person → the ts up to which she was told

export function tellNews(here, open) {
  const before = heard[store.as];
  const all = Object.entries(store.state.messages).flatMap(([id, list]) => list.map((one) => ({ id, ...one })));
  heard[store.as] = newest(all);
  if (before === undefined) return;
  const news = all.filter((one) => one.ts > before && one.bot && !one.ephemeral && !isReply(one) && one.id !== here).at(-1);
  const channel = news && store.state.channels.find((one) => one.id === news.id);
  if (!channel) return;
  const words = channel.is_dm ? "Usher wrote to you." : `New in #${channel.name}.`;
  toast(words, { label: "Show", press: () => open(channel) });
}

// The newest message with a button of this name, and where it stands; null where there is none.
export function findButton(name) {
  const found = store.state.channels.flatMap(({ id }) => store.state.messages[id].flatMap((message) =>
    (message.blocks ?? []).filter((block) => block.type === "actions").flatMap((block) =>
      block.elements.filter((one) => one.text?.text === name)
        .map((one) => ({ id, ts: message.ts, press: `${block.block_id}/${one.action_id}` })))));
  return found.sort((one, other) => (one.ts < other.ts ? -1 : 1)).at(-1) ?? null;
}
