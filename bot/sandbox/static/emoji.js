// The emoji names that turn up in a care channel. Others stay as Slack would write them, :name:.

const NAMES = {
  "+1": "👍", "-1": "👎", "100": "💯", alarm_clock: "⏰", arrow_right: "➡️", arrow_left: "⬅️", bangbang: "‼️",
  bar_chart: "📊", bell: "🔔", bird: "🐦", black_circle: "⚫", blue_book: "📘", book: "📖", bookmark: "🔖", boom: "💥",
  broken_heart: "💔", bulb: "💡", bust_in_silhouette: "👤", busts_in_silhouette: "👥", calendar: "📅",
  chart_with_downwards_trend: "📉", chart_with_upwards_trend: "📈", clap: "👏", clipboard: "📋", clock1: "🕐", clock3: "🕒",
  closed_lock_with_key: "🔐", construction: "🚧", eyes: "👀", exclamation: "❗", fire: "🔥", gear: "⚙️", globe_with_meridians: "🌐",
  gift: "🎁", green_heart: "💚", grey_question: "❔", hand: "✋", handshake: "🤝", heart: "❤️", heavy_check_mark: "✔️",
  hourglass: "⌛", hourglass_flowing_sand: "⏳", house: "🏠", inbox_tray: "📥", information_source: "ℹ️", key: "🔑",
  large_blue_circle: "🔵", large_green_circle: "🟢", large_orange_circle: "🟠", large_yellow_circle: "🟡", link: "🔗", lock: "🔒",
  mag: "🔍", mega: "📣", loudspeaker: "📢", memo: "📝", mute: "🔇", no_entry: "⛔", no_entry_sign: "🚫", ok_hand: "👌",
  outbox_tray: "📤", page_facing_up: "📄", paperclip: "📎", pencil: "📝", pencil2: "✏️", pray: "🙏", pushpin: "📌", question: "❓",
  raised_hand: "✋", raised_hands: "🙌", raising_hand: "🙋", receipt: "🧾", recycle: "♻️", red_circle: "🔴", relaxed: "☺️",
  repeat: "🔁", rocket: "🚀", rotating_light: "🚨", seedling: "🌱", shield: "🛡️", slightly_smiling_face: "🙂", smile: "😄",
  smiley: "😃", sos: "🆘", sparkles: "✨", speech_balloon: "💬", star: "⭐", stopwatch: "⏱️", sunny: "☀️", sunrise: "🌅", tada: "🎉",
  telephone_receiver: "📞", thinking_face: "🤔", thought_balloon: "💭", thumbsup: "👍", thumbsdown: "👎", ticket: "🎫",
  timer_clock: "⏲️", trophy: "🏆", unlock: "🔓", warning: "⚠️", wastebasket: "🗑️", wave: "👋", white_check_mark: "✅",
  white_circle: "⚪", x: "❌", zap: "⚡", zzz: "💤", arrows_counterclockwise: "🔄", double_vertical_bar: "⏸️",
  arrow_forward: "▶️", heavy_minus_sign: "➖", heavy_plus_sign: "➕", label: "🏷️", scales: "⚖️", office: "🏢",
};

export const EMOJI = /:([a-z0-9_+'-]+):/g;

export function emoji(name) {
  return Object.hasOwn(NAMES, name) ? NAMES[name] : null;
}

// For places that hold plain words only: <option>, button labels, titles.
export function withEmoji(words) {
  return words.replace(EMOJI, (whole, name) => emoji(name) ?? whole);
}
