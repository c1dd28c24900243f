// The page's own thread: fetch the state, draw it, hear that something changed, fetch again.

import { draw } from "./blocks.js";
import { Composer } from "./composer.js";
import { setUpCustomer, showPosts, startPost } from "./customer.js";
import { keepDatesCurrent } from "./dates.js";
import { byId, el, fill, hush, toast } from "./dom.js";
import { collect } from "./inputs.js";
import { setUpJournal } from "./journal.js";
import { setUpSteps } from "./steps.js";
import { MessageList, repliesByRoot, threadOf } from "./messages.js";
import { showView } from "./modal.js";
import { findButton, tellNews } from "./news.js";
import { showChannels, showPeople } from "./sidebar.js";
import { call, channelOf, directMessages, isReply, load, markSeen, messagesIn, newest, remember, store, watch } from "./store.js";

const list = new MessageList(byId("messages"), { openThread: (ts) => openThread(ts) });
const threadList = new MessageList(byId("thread-messages"));
const composer = new Composer(byId("composer"), () => ({ channel: room() }), () => list.toEnd());
const threadComposer = new Composer(
  byId("thread-composer"), () => ({ channel: room(), thread_ts: store.thread }), () => threadList.toEnd());

let drawnHome = "";
let homeOf = ""; // whose view it is
let fetching = false;
let again = false;
let lost = false; // no stream of changes from the sandbox just now
let stop = () => {};

// The channel whose messages are shown: for Usher's page that is the direct messages.
function room() {
  return store.channel === "app" ? directMessages()?.id ?? null : store.channel;
}

async function refresh() {
  if (fetching) {
    again = true;
    return;
  }
  fetching = true;
  try {
    do {
      again = false;
      const asked = store.as;
      const state = await load();
      if (asked === store.as) {
        store.state = state;
        show();
        tellNews(room(), (channel) => (channel.is_dm ? openTab("messages") : open(channel.id)));
      } else again = true;
    } while (again);
  } catch {
    alone(true);
  } finally {
    fetching = false;
  }
}

function show() {
  const { state } = store;
  if (store.channel !== "app" && !channelOf(store.channel)) {
    store.channel = liveliest(state)?.id ?? "app";
    store.thread = null;
  }
  banner();
  showRoom();
  showThread();
  showPeople(become);
  showChannels(open);
  showPosts();
  showView(state.view);
}

// Where something happened last, so that nobody begins in an empty room.
function liveliest(state) {
  const last = (channel) => newest(state.messages[channel.id] ?? []);
  const rooms = state.channels.filter((one) => !one.is_dm);
  return rooms.reduce((best, one) => (best && last(best) >= last(one) ? best : one), null);
}

function showRoom() {
  const app = store.channel === "app";
  const drawn = Boolean(store.state.home); // an app without a home has no such tab
  const home = app && drawn && store.tab === "home";
  const channel = channelOf(room());
  byId("title").textContent = app ? "Usher" : `# ${channel.name}`;
  byId("tabs").hidden = !app;
  for (const tab of byId("tabs").children) {
    tab.hidden = tab.dataset.tab === "home" && !drawn;
    tab.setAttribute("aria-selected", String((tab.dataset.tab === "home") === home));
  }
  byId("home").hidden = !home;
  byId("messages").hidden = home;
  if (home) showHome();
  const all = room() ? messagesIn(room()) : [];
  if (!home && room()) markSeen(room());
  const empty = app ? "Usher has not written to you yet." : "Nothing here yet. Post something as a customer on X, and watch the card arrive.";
  if (!home) list.show(`${room()}/${store.as}`, all.filter((one) => !isReply(one)), { empty, replies: repliesByRoot(all) });
  composer.show(home || !room() || channel.closed ? null : "Message or /command");
}

function showHome() {
  const view = store.state.home;
  const key = JSON.stringify([view, store.as]);
  if (key === drawnHome) return;
  drawnHome = key;
  const node = byId("home");
  const kept = homeOf === view.id ? collect(node) : null; // what was typed outlives a new drawing
  homeOf = view.id;
  fill(node, draw(view.blocks, { view_id: view.id, kept, root: () => node }));
}

function showThread() {
  const messages = store.thread && room() ? threadOf(messagesIn(room()), store.thread) : [];
  byId("thread").hidden = messages.length === 0;
  document.body.classList.toggle("with-thread", messages.length > 0);
  if (!messages.length) return;
  threadList.show(`${room()}/${store.as}/${store.thread}`, messages, { empty: "" });
  threadComposer.show("Reply in this thread");
}

function open(id) {
  store.channel = id;
  store.thread = null;
  drawer(false);
  hush();
  if (id === "app" && store.tab === "home") call("home").catch(() => {});
  show();
}

function openTab(tab) {
  store.tab = tab;
  open("app");
}

function openThread(ts) {
  store.thread = ts;
  show();
  byId("thread").querySelector("textarea").focus();
}

function closeThread() {
  store.thread = null;
  show();
  composer.box.focus();
}

function become(name) {
  store.as = name;
  remember("as", name);
  store.thread = null;
  listen();
  refresh();
  if (store.channel === "app") call("home").catch(() => {});
}

function listen() {
  stop();
  stop = watch({ changed: refresh, lost: () => alone(true), found: () => { alone(false); refresh(); } });
}

function alone(now) {
  lost = now;
  banner();
}

function banner() {
  const node = byId("banner");
  const words = lost
    ? "The sandbox does not answer. Trying again…"
    : "Usher is not connected: nobody answers commands and buttons until it starts.";
  node.hidden = !lost && (store.state?.connected ?? true);
  if (node.textContent !== words) node.textContent = words;
}

function drawer(wanted) {
  byId("sidebar").classList.toggle("open", wanted);
  byId("menu").setAttribute("aria-expanded", String(wanted));
}

function setUp() {
  store.refresh = refresh;
  setUpCustomer();
  setUpSteps({
    post: startPost,
    type: (words, as) => {
      if (as && as !== store.as) become(as);
      if (!room() || store.channel === "app") open(store.state.channels[0].id);
      composer.put(words);
    },
    find: (name) => {
      const found = findButton(name);
      if (!found) return toast(name === "Claim" ? "Post as a customer first." : "Claim a card first.");
      open(found.id);
      const card = [...document.querySelectorAll("#messages [data-ts]")].find((one) => one.dataset.ts === found.ts);
      [...card.querySelectorAll("[data-press]")].find((one) => one.dataset.press === found.press).focus();
      card.scrollIntoView({ block: "nearest" });
    },
  });
  byId("menu").addEventListener("click", () => drawer(!byId("sidebar").classList.contains("open")));
  document.addEventListener("click", (event) => { if (!event.target.closest("#sidebar, #menu")) drawer(false); });
  byId("sidebar").addEventListener("keydown", (event) => { if (event.key === "Escape") drawer(false); });
  byId("thread-close").addEventListener("click", closeThread);
  byId("thread").addEventListener("keydown", (event) => { if (event.key === "Escape") closeThread(); });
  byId("tabs").addEventListener("click", (event) => { if (event.target.dataset.tab) openTab(event.target.dataset.tab); });
  keepDatesCurrent();
  setUpJournal();
  call("reload").catch(() => {}); // what only she saw does not outlive her browser
  listen();
}

setUp();
