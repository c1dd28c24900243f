// An external select: what is typed is asked of the app, and its options are chosen from a list.

import { el, fill } from "./dom.js";
import { label } from "./mrkdwn.js";

const PAUSE = 250; // ms without a key before the app is asked

export function searched(spec, { id, kept, ask }) {
  const title = label(spec.placeholder) || "Search";
  const least = spec.min_query_length ?? 3;
  let options = [kept ? kept.selected_option : spec.initial_option].filter(Boolean);
  let waiting;
  let asked = 0;
  const box = el("input", { id, type: "search", "aria-label": title, placeholder: title, autocomplete: "off" });
  const list = el("select", { "aria-label": `${title}: what was found`, hidden: options.length === 0 });
  const note = el("span", { cls: "hint", role: "status" });
  const draw = (words, chosen = "") => {
    note.textContent = words;
    fill(list, el("option", { value: "" }, "Select an item"), options.map((option) =>
      el("option", { value: option.value, selected: option.value === chosen }, label(option.text))));
    list.hidden = options.length === 0;
  };
  const look = async () => {
    const mine = (asked += 1);
    const { options: found, shown } = await ask(box.value).catch((error) => ({ options: [], shown: error.message }));
    if (mine !== asked) return; // more was typed meanwhile
    options = found;
    draw(shown ?? (found.length ? "" : "No results"));
  };
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    if (box.value.length >= least) waiting = setTimeout(look, PAUSE);
  });
  box.addEventListener("focus", () => { if (least === 0 && !asked) look(); });
  box.addEventListener("change", (event) => event.stopPropagation()); // words alone choose nothing
  draw("", options[0]?.value);
  const read = () => ({ type: spec.type, selected_option: options.find((one) => one.value === list.value) ?? null });
  return { node: el("div", { cls: "searched" }, box, list, note), read };
}
