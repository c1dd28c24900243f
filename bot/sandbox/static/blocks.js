// Block Kit, drawn as Slack draws it. A block nobody drew yet says so instead of vanishing.

import { el } from "./dom.js";
import { element, nextId, picture, press, suggested } from "./elements.js";
import { input } from "./inputs.js";
import { label, mrkdwn, text } from "./mrkdwn.js";
import { richText } from "./rich_text.js";

const BLOCKS = {
  section,
  header: (block) => el("h2", { cls: "block-header" }, label(block.text)),
  divider: () => el("hr"),
  context,
  actions: (block, place) =>
    el("div", { cls: "actions" }, block.elements.map((spec) => element(spec, place, block))),
  rich_text: richText,
  image: (block) =>
    el("figure", {}, block.title && el("figcaption", {}, label(block.title)), picture(block)),
  input: field,
  alert: (block) => el("div", { cls: `alert ${block.level ?? "default"}` }, text(block.text)),
  markdown: (block) => el("div", { cls: "as-written" }, block.text),
  table,
};

// `place` as in elements.js; `errors` by block_id for the fields of a form.
export function draw(blocks, place, errors = {}) {
  return blocks.map((block, index) => {
    const known = { ...block, block_id: block.block_id ?? `block-${index}` };
    const maker = BLOCKS[known.type];
    if (maker) return maker(known, place, errors[known.block_id]);
    return el("p", { cls: "unknown" }, `(a ${known.type} block is not shown in this sandbox)`);
  });
}

// Every word of a message, for its short form and for readers without blocks.
export function body(message, place) {
  return message.blocks?.length ? draw(message.blocks, place) : el("div", { cls: "section" }, mrkdwn(message.text ?? ""));
}

function section(block, place) {
  const fields = block.fields?.length
    ? el("div", { cls: "fields" }, block.fields.map((object) => el("div", {}, text(object))))
    : null;
  const words = el("div", { cls: "section-words" }, block.text && el("div", {}, text(block.text)), fields);
  if (!block.accessory) return el("div", { cls: "section" }, words);
  return el("div", { cls: "section with-accessory" }, words,
    el("div", { cls: "accessory" }, element(block.accessory, place, block)));
}

function context(block) {
  return el("div", { cls: "context" }, block.elements.map((item) =>
    (item.type === "image" ? picture(item) : el("span", {}, text(item)))));
}

function field(block, place, error) {
  const id = nextId();
  const spec = block.element;
  const group = ["checkboxes", "radio_buttons", "multi_static_select"].includes(spec.type);
  const node = input(spec, {
    id,
    name: { block: block.block_id, action: spec.action_id },
    kept: place.kept?.[block.block_id]?.[spec.action_id],
    ask: (typed) => suggested(typed, spec, place, block),
    changed: (state) => block.dispatch_action && press(node, spec, place, block, state),
  });
  if (!node) return el("p", { cls: "unknown" }, `(a ${spec.type} is not shown in this sandbox)`);
  const optional = block.optional ? el("span", { cls: "optional" }, " (optional)") : null;
  const title = group
    ? el("div", { cls: "label", id: `${id}-label` }, label(block.label), optional)
    : el("label", { cls: "label", for: id }, label(block.label), optional);
  const control = node.id === id ? node : node.querySelector(`#${id}`);
  control.removeAttribute("aria-label");
  if (group) control.setAttribute("aria-labelledby", `${id}-label`);
  if (!block.optional) control.setAttribute("aria-required", "true");
  if (spec.focus_on_load) control.dataset.first = "true";
  const hint = block.hint && el("div", { cls: "hint", id: `${id}-hint` }, label(block.hint));
  const wrong = error && el("div", { cls: "error", id: `${id}-error`, role: "alert" }, error);
  const described = [hint && `${id}-hint`, wrong && `${id}-error`].filter(Boolean).join(" ");
  if (described) control.setAttribute("aria-describedby", described);
  if (wrong) control.setAttribute("aria-invalid", "true");
  return el("div", { cls: wrong ? "field wrong" : "field" }, title, node, wrong, hint);
}

function table(block) {
  const align = (column) => `to-${block.column_settings?.[column]?.align ?? "left"}`;
  const cell = (item) => (item.type === "rich_text" ? richText(item) : item.text);
  const [head, ...rows] = block.rows;
  return el("div", { cls: "table" }, el("table", {},
    el("thead", {}, el("tr", {}, head.map((item, at) => el("th", { cls: align(at), scope: "col" }, cell(item))))),
    el("tbody", {}, rows.map((row) => el("tr", {}, row.map((item, at) => el("td", { cls: align(at) }, cell(item))))))));
}
