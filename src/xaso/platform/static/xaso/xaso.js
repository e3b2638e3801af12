// What scripts add to pages that work without them: short cuts, one send per press, drafts kept while one types.
(() => {
  "use strict";
  const words = document.currentScript.dataset;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  // One press sends once. The page that comes back from the history is free again.
  const sent = new Map();
  // The second of two quick presses at one place, which meets the next screen already, is none; one who has answered there means it.
  let press, before;
  document.addEventListener("input", () => (before = null));
  document.addEventListener("click", (event) => {
    if (before && event.timeStamp - before.timeStamp < 600 && Math.hypot(event.x - before.x, event.y - before.y) < 40) event.preventDefault();
    press = event;
  }, true);
  const say = (form, text) => {
    const status = form.querySelector("[data-autosave-status],[data-wait]") || form.appendChild(Object.assign(document.createElement("p"), { role: "status" }));
    status.dataset.wait = "";
    status.className = "luu cho";
    status.textContent = text;
    const { goOn } = form.dataset;
    if (goOn && navigator.serviceWorker?.controller) status.append(" ", Object.assign(document.createElement("a"), { href: location.href, textContent: goOn }));
  };
  const free = () => {
    for (const [shown, before] of sent.values()) {
      shown.removeAttribute("aria-disabled");
      shown.replaceChildren(...before);
    }
    sent.clear();
  };
  const size = (form) => all("input[type=file]", form).flatMap((input) => [...input.files]).reduce((sum, file) => sum + file.size, 0);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-once]")) return;
    if (sent.has(form)) return event.preventDefault();
    if (!navigator.onLine) {
      event.preventDefault();
      return say(form, words.waiting);
    }
    const button = event.submitter || form.querySelector("button:not(.an)");
    const shown = button.classList.contains("an") ? form.querySelector(".nut") || button : button;
    sent.set(form, [shown, [...shown.childNodes]]);
    const bytes = size(form), inOneTrip = form.matches("[data-one-trip]") && !bytes;
    if (inOneTrip) {
      event.preventDefault();
      send(form, event.submitter);
    }
    setTimeout(() => {
      if (!sent.has(form)) return;
      shown.setAttribute("aria-disabled", "true");
      shown.replaceChildren(words.sending + (bytes ? ` ${(bytes / 1e6).toFixed(1).replace(".", ",")} MB` : ""));
    });
  });
  addEventListener("pageshow", free);

  // In one trip: the answer to a form is the next screen, which takes this one's place. An answer that is none is left to the browser.
  // Along with it come the screens after it that no answer can change: they are shown at once, and what was answered is sent behind, in turn.
  const ASK_MS = 9e4;
  const ask = async (address, body, shown = "1") => {
    const given = new AbortController(), timer = setTimeout(() => given.abort(), ASK_MS);
    try {
      const answer = await fetch(address, { method: body ? "POST" : "GET", body, redirect: "manual", keepalive: body?.toString().length < 6e4, headers: { "Xaso-One-Trip": shown }, signal: given.signal });
      const place = answer.headers.get("Content-Location");
      if (!place) return null;
      const places = [place, ...(answer.headers.get("Xaso-Ahead") || "").split(" ")];
      const [first, ...ahead] = (await answer.text()).split("\x1e").map((text, at) => ({ place: places[at], page: new DOMParser().parseFromString(text, "text/html") }));
      return { ...first, ahead };
    } finally {
      clearTimeout(timer);
    }
  };
  const steps = [];
  let coming = [], sending, again;
  const send = (form, button) => {
    const body = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
    if (button?.name) body.append(button.name, button.value);
    const next = !button?.name && form.checkValidity() && coming.shift();
    steps.push({ form, button, body, from: location.pathname, to: next?.place });
    if (next) {
      show({ ...next, ahead: coming }, { from: null });
      before = press;
    }
    deliver();
  };
  const deliver = () => (sending ||= sendSteps().finally(() => (sending = null)));
  const sendSteps = async () => {
    clearTimeout(again);
    let other, from;
    try {
      for (let step; (step = steps[0]); steps.shift()) {
        const answer = await ask(step.form.action, step.body, step.to);
        if (!answer) return leave(step);
        if (answer.place === step.to) document.dispatchEvent(new CustomEvent("xaso-through", { detail: step.from }));
        else if (!other) [other, from] = [answer, step.to ? null : step.from];
      }
      for (const line of all("form [data-wait]")) line.textContent = "";
    } catch {
      // Who waits for the next screen presses again; what was answered before goes by itself.
      if (steps.at(-1) && !steps.at(-1).to) steps.pop();
      if (steps.length) again = setTimeout(deliver, 1e4);
      free();
      say(document.querySelector("form[data-once]"), words.waiting);
    }
    if (!other) return;
    keep(true);
    show(other, { from });
  };
  const leave = ({ form, button }) => {
    if (button?.name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value }));
    if (!form.isConnected) document.body.append(Object.assign(form, { hidden: true }));
    HTMLFormElement.prototype.submit.call(form);
  };
  let here = location.pathname + location.search;
  // `from` is the screen whose answers came through with this one; null where they are still under way.
  const show = ({ place, page, ahead }, { isBack, from }) => {
    coming = ahead;
    const target = new URL(place, location);
    const isNew = !isBack && target.pathname + target.search !== here;
    history[isNew ? "pushState" : "replaceState"](null, "", target);
    here = target.pathname + target.search;
    sent.clear();
    document.title = page.title;
    for (const { src } of all("script[src]:not([data-sending])", page)) load(src);
    document.body.replaceWith(document.adoptNode(page.body));
    begin();
    document.dispatchEvent(new CustomEvent("xaso-screen", { detail: isNew ? from : "" }));
    const spot = target.hash && document.getElementById(target.hash.slice(1));
    const told = spot || document.querySelector("[autofocus],main>.bao[role=status]") || document.querySelector("h1");
    if (!spot) scrollTo(0, 0);
    if (!told.matches("input,select,textarea,button,a")) told.tabIndex = -1;
    told.focus({ preventScroll: !spot });
  };
  addEventListener("popstate", async () => {
    if (location.pathname + location.search === here || document.querySelector("[data-own-history]")) return;
    keep(true);
    try {
      const { href } = location;
      await deliver();
      if (location.href === href) show(await ask(href), { isBack: true });
    } catch {
      location.reload();
    }
  });
  addEventListener("online", deliver);

  // Drafts: kept on the server 1.5 s after the last key, and at once when the page is hidden.
  let timer, keep = () => {};
  const watch = () => {
    clearTimeout(timer);
    keep = () => {};
    const form = document.querySelector("form[data-autosave]");
    if (!form) return;
    const status = form.querySelector("[data-autosave-status]");
    let last = new URLSearchParams(new FormData(form)).toString();
    const tell = (text, kept) => {
      status.textContent = text;
      status.classList.toggle("cho", !kept);
    };
    keep = async (keepalive) => {
      clearTimeout(timer);
      if (sent.has(form)) return;
      const now = new URLSearchParams(new FormData(form));
      if (now.toString() === last) return;
      try {
        const answer = await fetch(form.dataset.autosave, { method: "POST", body: now, keepalive, redirect: "error", headers: { Accept: "application/json" } });
        const { at, said } = await answer.json();
        if (!at) return tell(said || words.unsaved);
        last = now.toString();
        form.dispatchEvent(new Event("xaso-kept"));
        tell(`${words.saved} ${at}`, true);
      } catch {
        tell(navigator.onLine ? words.unsaved : words.offline);
      }
    };
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(keep, 1500);
    });
  };
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) return;
    keep(true);
    for (const { form, body } of steps.slice(1)) fetch(form.action, { method: "POST", body, keepalive: true, redirect: "manual" }).catch(() => {});
  });
  addEventListener("online", () => keep());

  // Scripts that can wait come when the page is at rest, each once.
  const idle = window.requestIdleCallback || setTimeout;
  const rest = (then) => (document.readyState === "complete" ? idle(then) : addEventListener("load", () => idle(then)));
  const load = (src) => {
    const script = Object.assign(document.createElement("script"), { src, async: false });
    if (!all("script[src]").some((one) => one.src === script.src)) document.head.append(script);
    return script;
  };
  if (matchMedia("(any-pointer:fine)").matches) rest(() => Object.assign(load(words.keysScript).dataset, words));

  // Without a signal too: once the page is at rest (and on a thin link what one came for has had its turn), the worker is asked for, sends what waits on this phone and keeps what belongs to nobody.
  const worker = navigator.serviceWorker;
  if (worker && document.querySelector("link[rel=manifest]")) {
    const { saveData, effectiveType, downlink } = navigator.connection || {}, isThin = saveData || /2g/.test(effectiveType) || downlink < 0.5;
    const call = (what) => worker.ready.then(({ active }) => active.postMessage({ what, language: document.documentElement.lang }));
    const visit = () => call("visit");
    const enrol = () => worker.register("/sw.js").then(visit, () => {});
    // As long as something waits the worker says when to ask again: it does not live on by itself.
    let due;
    worker.onmessage = ({ data }) => {
      clearInterval(due);
      if (data.rest) due = setInterval(call, data.rest, "due");
    };
    rest(() => setTimeout(enrol, isThin ? 2e4 : 0));
    addEventListener("online", visit);
  }

  // “Nghe”: its script comes when it is pressed, or at once for who wants every page read.
  const offerToListen = () => {
    const ear = document.querySelector("[data-nghe]");
    if (!ear) return;
    const hear = () => import(ear.dataset.nghe).then(({ listen }) => listen(ear), () => (location.href = ear.href));
    ear.onclick = (event) => (event.preventDefault(), hear());
    try {
      if (localStorage.nghe) hear();
    } catch {}
  };

  const begin = () => {
    watch();
    offerToListen();
    const late = document.querySelector("[data-later]");
    if (late) rest(() => late.dataset.later.split(" ").forEach(load));
  };
  begin();
})();
