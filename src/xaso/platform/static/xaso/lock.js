// Locks a shared computer: covers all tabs at once, keeps what stands typed with the official's own session, and locks by itself when nobody is there.
(() => {
  "use strict";
  const lock = document.querySelector("[data-lock]");
  if (!lock) return;
  const { lock: seconds, soon, locking, typed, back } = lock.dataset;
  const token = lock.elements.csrfmiddlewaretoken.value;
  const idleMs = Number(seconds) * 1000, WARNED_MS = 30_000, OTHERS_MS = 400, KEEP_MS = 3000;
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("xaso-lock") : { postMessage() {} };
  const SECRET = "[type=password],[type=hidden],[type=file],[autocomplete=one-time-code]";
  const forms = () => [...document.forms].filter((form) => form.method === "post" && form !== lock && !form.querySelector("[type=password]"));

  const isChanged = (one) =>
    one.matches("select") ? [...one.options].some((option) => option.selected !== option.defaultSelected) : one.matches("[type=checkbox],[type=radio]") ? one.checked !== one.defaultChecked : one.value !== one.defaultValue;
  const valuesOf = (form) => [...form.elements].filter((one) => one.name && one.matches("input,select,textarea") && !one.matches(SECRET) && isChanged(one)).map((one) => [one.name, one.value, one.matches("[type=checkbox],[type=radio]") ? one.checked : null]);
  const written = () => {
    const found = forms().map((form, index) => ({ index, action: form.getAttribute("action") || "", values: valuesOf(form) }));
    return JSON.stringify(found.filter(({ values }) => values.length));
  };
  const send = (text) => fetch("/khoa-may/dang-ghi/", { method: "POST", keepalive: text.length < 6e4, redirect: "error", signal: AbortSignal.timeout(KEEP_MS), body: new URLSearchParams({ csrfmiddlewaretoken: token, page: lock.elements.page.value, typed: text }) }).catch(() => {});

  // What stood typed comes back into the page on which it stood.
  const giveBack = (all) => {
    let isBack = false;
    for (const { index, action, values } of all) {
      const form = forms()[index];
      if (!form || (form.getAttribute("action") || "") !== action) continue;
      for (const [name, value, checked] of values) {
        for (const one of [...form.elements].filter((each) => each.name === name && !each.matches(SECRET))) {
          if (checked === null) one.value = value;
          else if (one.value === value) one.checked = checked;
          for (let fold = one.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
          one.dispatchEvent(new Event("input", { bubbles: true }));
          one.dispatchEvent(new Event("change", { bubbles: true }));
          isBack = true;
        }
      }
    }
    if (!isBack) return;
    const told = Object.assign(document.createElement("p"), { className: "bao cham", role: "status", textContent: back });
    (document.querySelector(".giua") || document.querySelector("main")).prepend(told);
  };
  if (typed) giveBack(JSON.parse(typed));

  // Locking: every tab is covered and keeps what is its own, then one of them locks, and all show the locked computer.
  let isLocking = false, isHere = () => {};
  const cover = () => {
    isLocking = true;
    document.body.classList.add("dang-khoa");
    document.title = locking;
  };
  const rest = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
  const lockNow = async (why) => {
    if (isLocking) return;
    cover();
    tabs.postMessage("keep");
    await Promise.all([send(written()), rest(OTHERS_MS)]);
    if (why) lock.append(Object.assign(document.createElement("input"), { type: "hidden", name: "why", value: why }));
    lock.append(Object.assign(document.createElement("input"), { type: "hidden", name: "typed", value: written() }));
    HTMLFormElement.prototype.submit.call(lock);
  };
  addEventListener("pagehide", () => isLocking && tabs.postMessage("locked"));
  tabs.onmessage = ({ data }) => {
    if (data === "keep" && !isLocking) {
      cover();
      send(written());
      setTimeout(() => location.replace("/khoa-may/"), KEEP_MS);
    } else if (data === "locked") setTimeout(() => location.replace("/khoa-may/"), OTHERS_MS);
    else if (data === "here") isHere(false);
  };
  for (const form of document.querySelectorAll("[data-lock],[data-lock-now]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      lockNow();
    });
  }
  addEventListener(
    "keydown",
    (event) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.code !== "KeyK") return;
      event.preventDefault();
      lockNow();
    },
    true,
  );
  addEventListener("pageshow", ({ persisted }) => persisted && location.reload());

  // Left alone: warned of half a minute before, in every tab; one of them in use keeps all open.
  if (!idleMs) return;
  let seenAt = Date.now(), toldAt = Date.now(), warning;
  isHere = (isOwn) => {
    seenAt = Date.now();
    warning?.remove();
    warning = null;
    if (!isOwn || seenAt - toldAt < Math.min(idleMs / 4, 60_000)) return;
    toldAt = seenAt;
    tabs.postMessage("here");
    send("[]");
  };
  for (const kind of ["keydown", "pointerdown", "pointermove", "scroll", "input"]) addEventListener(kind, () => isHere(true), { capture: true, passive: true });
  const look = () => {
    const left = idleMs - (Date.now() - seenAt);
    if (left <= 0) return lockNow("left_alone");
    if (left <= WARNED_MS && !warning) {
      warning = Object.assign(document.createElement("p"), { className: "bao nghe sap-khoa", textContent: soon });
      warning.setAttribute("role", "alert");
      document.body.append(warning);
    }
  };
  setInterval(look, 1000);
  document.addEventListener("visibilitychange", () => document.hidden || look());
})();
