// Runs the service worker's script as a browser would, with the outbox real over a store in memory and a commune that answers as told.
// Standard input: {answers: what the commune answers in turn ("cut", "silence", a body, or bodies by address), items, pages that are kept, link, event};
// prints {outcome, items, wished, told, replied, asked, redirected}. A second passes in a millisecond.
const fs = require("node:fs"), path = require("node:path"), vm = require("node:vm");
const home = path.join(__dirname, "../../src/xaso");
const given = JSON.parse(fs.readFileSync(0, "utf8"));
const items = new Map(given.items.map((item) => [item.id, item])), keep = new Map();
const listeners = {}, wished = [], told = [], replied = [], asked = [];
const place = (name) => (name === "items" ? items : keep);
const store = {
  isThere: async () => true,
  all: async (name) => [...place(name).values()].map((one) => structuredClone(one)),
  get: async (name, key) => structuredClone(place(name).get(key)),
  put: async (name, one) => place(name).set(one.name || one.id, one),
  remove: async (name, key) => place(name).delete(key),
  change: async (name, key, values) => place(name).has(key) && Object.assign(place(name).get(key), typeof values === "function" ? values(place(name).get(key)) : values),
  toSend: async () => ({ screens: {}, papers: [], answer: "" }),
  device: async () => null,
  emptied: async () => {},
  close: async () => {},
  SUPPLEMENT: "supplement",
  isTypable: ({ state }) => ["asked", "draft", "look"].includes(state),
  supplementsOf: async (code) => [...items.values()].filter((item) => item.kind === "supplement" && item.code === code),
  keepAsked: async (asked) => items.set("asked", { id: "asked", kind: "supplement", code: asked.code, request: asked.request, state: "asked" }),
  dropAsked: async (code, request) => items.forEach((item, id) => item.state === "asked" && item.code === code && item.request !== request && items.delete(id)),
  closed: async (content) => ({ open: content }),
};
// A browser takes an address without its host.
class Answer extends Response {
  static redirect(address, status) {
    return Response.redirect(new URL(address, "http://xa.test"), status);
  }
}
const timeout = (time) => {
  const giving = new AbortController();
  setTimeout(() => giving.abort(new DOMException("silent", "TimeoutError")), time / 1000);
  return giving.signal;
};
class Silent {
  postMessage() {}
}
const world = {
  XASO: { scripts: ["outbox"], pages: ["/chua-co-song/", "/may-nay/"], statics: [], list: "/may-nay/trang.json" }, xasoStore: store, BroadcastChannel: Silent, AbortSignal: { timeout }, TextEncoder, URL, URLSearchParams, Response: Answer, console,
  location: new URL("http://xa.test/sw.js"), navigator: { connection: given.link }, crypto, btoa,
  caches: { open: async () => ({ match: async (address) => given.pages?.[address] && new Response(given.pages[address], { headers: { Date: new Date().toUTCString() } }), put: async () => {} }) },
  setTimeout: (done, time) => setTimeout(done, time / 1000),
  clients: { matchAll: async () => [{ postMessage: (data) => told.push(data) }] },
  registration: { sync: { register: async (tag) => wished.push(tag) } },
  addEventListener: (kind, act) => (listeners[kind] = act),
  skipWaiting: () => {},
  fetch: async (address, { signal } = {}) => {
    asked.push(String(address.url || address));
    const next = given.answers.length > 1 ? given.answers.shift() : given.answers[0];
    if (next === "silence") return new Promise((_, fail) => signal?.addEventListener("abort", () => fail(signal.reason)));
    if (next === "cut") throw new TypeError("network");
    const { status = 200, headers = {}, ...body } = next[String(address).split("?")[0]] || next;
    return new Response(JSON.stringify(body), { status, headers });
  },
};
world.globalThis = world;
world.importScripts = () => vm.runInContext(fs.readFileSync(path.join(home, "platform/static/xaso/phone/outbox.js"), "utf8"), world);
vm.createContext(world);
vm.runInContext(fs.readFileSync(path.join(home, "apps/portal/worker/worker.js"), "utf8"), world);

const { kind, ...properties } = given.event;
let until, answered, redirected = "";
listeners[kind]({ ...properties, ports: [{ postMessage: (data) => void replied.push(data) }], waitUntil: (promise) => (until = promise), respondWith: (answer) => (answered = answer) });
Promise.resolve(answered ? answered.then((answer) => ((redirected = answer.headers.get("Location") || ""), answer.text())) : until).then((text) => text || "done", (fault) => `failed: ${fault.message}`).then((outcome) => {
  process.stdout.write(JSON.stringify({ outcome, items: [...items.values()], wished, told, replied, asked, redirected }));
});
