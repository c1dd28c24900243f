// What the page knows: the last state from the server, where the person is looking, and the calls
// of the /sim contract. Nothing here touches the document.

export const ROLES = {
  anna: "ambassador",
  ben: "ambassador",
  sam: "service agent",
  cora: "coordinator",
  mina: "manager",
};

// What sets her apart from a full member, "" where nothing does.
export function standing(person) {
  if (person.stranger) return "other organisation";
  return person.guest ? "guest" : "";
}

export const store = {
  as: remembered("as") ?? "anna",
  state: null,
  channel: null, // an id, or "app" for Usher's own page
  tab: "home",
  thread: null, // the ts of the first message
  seen: {}, // person → channel → ts
  refresh: () => {}, // set by page.js: fetch the state and draw it
};

export function remembered(key) {
  try {
    return localStorage.getItem(`usher.${key}`);
  } catch {
    return null; // a browser may forbid storage; the page works without
  }
}

export function remember(key, value) {
  try {
    localStorage.setItem(`usher.${key}`, value);
  } catch {
    // as above
  }
}

export async function load() {
  const response = await fetch(`sim/state?as=${encodeURIComponent(store.as)}`);
  if (!response.ok) throw new Error(`The sandbox answered ${response.status}.`);
  return response.json();
}

// Returns the answer; throws an Error whose message can be shown as it is.
export async function call(route, body = {}) {
  let response;
  try {
    response = await fetch(`sim/${route}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ as: store.as, ...body }),
    });
  } catch {
    throw new Error("The sandbox does not answer. Is it still running?");
  }
  store.refresh();
  const answer = await response.json().catch(() => ({}));
  if (!response.ok || answer.error) throw new Error(answer.error ?? `The sandbox answered ${response.status}.`);
  return answer;
}

export function watch({ changed, lost, found }) {
  const source = new EventSource(`sim/events?as=${encodeURIComponent(store.as)}`);
  source.onmessage = changed;
  source.onopen = found;
  source.onerror = lost;
  return () => source.close();
}

export function channelOf(id) {
  return store.state?.channels.find((channel) => channel.id === id) ?? null;
}

export function directMessages() {
  return store.state?.channels.find((channel) => channel.is_dm) ?? null;
}

export function messagesIn(id) {
  return store.state?.messages[id] ?? [];
}

export function nameOf(userId) {
  const person = store.state?.people.find((one) => one.id === userId);
  if (person) return person.real_name || person.name;
  if (userId === "U0USHER") return "usher";
  for (const list of Object.values(store.state?.messages ?? {})) {
    const spoken = list.find((message) => message.user === userId);
    if (spoken) return spoken.user_name;
  }
  return userId;
}

// Apps go by their display name, which begins with a capital.
export function realName(message) {
  return message.bot ? message.user_name.replace(/^./, (first) => first.toUpperCase()) : nameOf(message.user);
}

export function isReply(message) {
  return Boolean(message.thread_ts) && message.thread_ts !== message.ts;
}

// ts is "seconds.sequence", both zero-padded by Slack, so words compare as times.
export function newest(messages) {
  return messages.reduce((last, message) => (message.ts > last ? message.ts : last), "");
}

export function markSeen(id) {
  const mine = (store.seen[store.as] ??= {});
  mine[id] = newest(messagesIn(id));
}

// What was there when a person first looked at the page counts as read.
export function unread(id) {
  const mine = (store.seen[store.as] ??= {});
  if (mine[id] === undefined) markSeen(id);
  return messagesIn(id).some((message) => message.ts > mine[id] && message.user !== store.state.me.id);
}
