// Elements that hold a value. Each is drawn as the browser's own control, which brings keyboard and
// screen reader with it, and can be read as the state element Slack would send.

import { el } from "./dom.js";
import { label, text } from "./mrkdwn.js";
import { searched } from "./searched.js";
import { store } from "./store.js";

const readers = new WeakMap();

// `kept` is the state element of a former drawing of the same element, if there was one; `ask` gives
// the options an app offers for what was typed.
export function input(spec, { id, name, kept, changed, ask }) {
  const maker = MAKERS[spec.type];
  if (!maker) return null;
  const { node, read } = maker(spec, { id, kept, ask });
  node.dataset.block = name.block;
  node.dataset.action = name.action;
  readers.set(node, read);
  node.addEventListener("change", () => changed?.(read()));
  return node;
}

export const isInput = (spec) => Object.hasOwn(MAKERS, spec.type);

// {block_id: {action_id: state element}} of everything drawn under `root`.
export function collect(root) {
  const values = {};
  for (const node of root.querySelectorAll("[data-action]")) {
    const read = readers.get(node);
    if (read) (values[node.dataset.block] ??= {})[node.dataset.action] = read();
  }
  return values;
}

export function isEmpty(state) {
  const held = ["value", "selected_option", "selected_user", "selected_channel", "selected_conversation", "selected_date",
    "selected_time"].map((key) => state[key]);
  const many = ["selected_options", "selected_users"].map((key) => state[key]?.length);
  return ![...held, ...many].some((one) => one !== undefined && one !== null && one !== "" && one !== 0);
}

const MAKERS = {
  plain_text_input: (spec, { id, kept }) => words(spec, id, kept, spec.multiline ? "textarea" : "text"),
  email_text_input: (spec, { id, kept }) => words(spec, id, kept, "email"),
  url_text_input: (spec, { id, kept }) => words(spec, id, kept, "url"),
  number_input: (spec, { id, kept }) => words(spec, id, kept, "number"),
  datepicker: (spec, { id, kept }) => moment(spec, id, kept, "date"),
  timepicker: (spec, { id, kept }) => moment(spec, id, kept, "time"),
  external_select: (spec, { id, kept, ask }) => searched(spec, { id, kept, ask }),
  static_select: (spec, { id, kept }) => chosen(spec, id, kept),
  multi_static_select: (spec, { id, kept }) => several(spec, id, kept, "checkbox"),
  radio_buttons: (spec, { id, kept }) => several(spec, id, kept, "radio"),
  checkboxes: (spec, { id, kept }) => several(spec, id, kept, "checkbox"),
  users_select: (spec, { id, kept }) => known(spec, id, kept, "selected_user", spec.initial_user, people),
  channels_select: (spec, { id, kept }) => known(spec, id, kept, "selected_channel", spec.initial_channel, channels),
  conversations_select: (spec, { id, kept }) =>
    known(spec, id, kept, "selected_conversation", spec.initial_conversation, channels),
};

function words(spec, id, kept, type) {
  const long = type === "textarea";
  const value = kept?.value ?? spec.initial_value ?? "";
  const most = spec.max_length ?? spec.max_value;
  const box = el(long ? "textarea" : "input", {
    id,
    value,
    rows: long ? 4 : null,
    type: long ? null : type,
    step: spec.is_decimal_allowed ? "any" : null,
    maxlength: spec.max_length,
    placeholder: label(spec.placeholder),
    autocomplete: "off",
  });
  const read = () => ({ type: spec.type, value: box.value === "" ? null : box.value });
  if (!spec.max_length) return { node: box, read };
  const count = el("span", { cls: "count", "aria-hidden": "true" }, `${value.length} / ${most}`);
  box.addEventListener("input", () => { count.textContent = `${box.value.length} / ${most}`; });
  return { node: el("div", { cls: "counted" }, box, count), read };
}

function moment(spec, id, kept, kind) {
  const key = `selected_${kind}`;
  const box = el("input", { id, type: kind, "aria-label": label(spec.placeholder) || capital(kind), value: kept?.[key] ?? spec[`initial_${kind}`] });
  return { node: box, read: () => ({ type: spec.type, [key]: box.value || null }) };
}

function chosen(spec, id, kept) {
  const groups = spec.option_groups ?? [{ options: spec.options ?? [] }];
  const options = groups.flatMap((group) => group.options);
  const first = (kept ? kept.selected_option : spec.initial_option)?.value;
  const draw = (option) => el("option", { value: option.value, selected: option.value === first }, label(option.text));
  const box = el(
    "select",
    { id, "aria-label": label(spec.placeholder) || "Choose" },
    el("option", { value: "" }, label(spec.placeholder) || "Select an item"),
    groups.map((group) => (group.label ? el("optgroup", { label: label(group.label) }, group.options.map(draw)) : group.options.map(draw))),
  );
  const read = () => ({ type: spec.type, selected_option: options.find((option) => option.value === box.value) ?? null });
  return { node: box, read };
}

function several(spec, id, kept, kind) {
  const one = kind === "radio";
  const options = spec.options ?? (spec.option_groups ?? []).flatMap((group) => group.options);
  const first = one
    ? [kept ? kept.selected_option : spec.initial_option]
    : (kept ? kept.selected_options : spec.initial_options) ?? [];
  const on = new Set(first.filter(Boolean).map((option) => option.value));
  const boxes = options.map((option, index) =>
    el("input", { type: kind, name: id, id: `${id}-${index}`, checked: on.has(option.value), value: option.value }));
  const rows = options.map((option, index) =>
    el("label", { cls: "choice", for: `${id}-${index}` }, boxes[index], el("span", {}, text(option.text),
      option.description && el("span", { cls: "choice-more" }, text(option.description)))));
  const picked = () => options.filter((_, index) => boxes[index].checked);
  const read = () =>
    one ? { type: spec.type, selected_option: picked()[0] ?? null } : { type: spec.type, selected_options: picked() };
  return { node: el("div", { id, cls: "choices", role: one ? "radiogroup" : "group", tabindex: "-1" }, rows), read };
}

function known(spec, id, kept, key, initial, list) {
  const first = kept ? kept[key] : initial;
  const box = el(
    "select",
    { id, "aria-label": label(spec.placeholder) || "Choose" },
    el("option", { value: "" }, label(spec.placeholder) || "Select"),
    list().map(([value, shown]) => el("option", { value, selected: value === first }, shown)),
  );
  return { node: box, read: () => ({ type: spec.type, [key]: box.value || null }) };
}

const people = () => store.state.people.map((one) => [one.id, one.real_name || one.name]);
const channels = () =>
  store.state.channels.filter((one) => !one.is_dm).map((one) => [one.id, `#${one.name}`]);

function capital(words) {
  return words[0].toUpperCase() + words.slice(1);
}
