// The screen of the waiting room: asks every two seconds, speaks new calls, says when its data are old, and comes back by itself.
(() => {
  "use strict";
  const EVERY_MS = 2000, OLD_AFTER_MS = 8000;
  const { from } = document.currentScript.dataset;
  const find = (selector) => document.querySelector(selector);
  const time = (at) => at.toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" });
  const calls = find("[data-calls]"), stale = find("[data-stale]"), button = find("[data-sound]");
  let etag = "", known = new Set([...document.querySelectorAll("[data-key]")].map((call) => call.dataset.key)), heard = new Date(), asking;

  // Sound: browsers let a page speak only after somebody touched it.
  const sound = new Audio();
  let on = false, waiting = [];
  const next = () => {
    const address = waiting.shift();
    if (!address) return;
    sound.src = address;
    sound.play().catch((error) => {
      if (error.name === "NotAllowedError") silent();
    });
  };
  const silent = () => {
    on = false;
    waiting = [];
    button.hidden = false;
    find("[data-sound-on]").hidden = true;
  };
  sound.addEventListener("ended", next);
  sound.addEventListener("error", next);
  const say = (addresses) => {
    const idle = !waiting.length && (sound.paused || sound.ended);
    waiting.push(...addresses);
    if (idle) next();
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    on = true;
    button.hidden = true;
    find("[data-sound-on]").hidden = false;
    say(["/man-hinh/tieng/vi/chuong/"]);
  });

  const show = (said) => {
    calls.innerHTML = said.html;
    const fresh = said.calls.filter((call) => !known.has(call.key)).reverse();
    for (const call of fresh) {
      document.querySelector(`[data-key="${CSS.escape(call.key)}"]`)?.classList.add("moi");
      if (on) say(call.say);
    }
    known = new Set(said.calls.map((call) => call.key));
  };
  const ask = async () => {
    if (asking) return;
    asking = new AbortController();
    const late = setTimeout(() => asking.abort(), 5000);
    try {
      const answer = await fetch(from, { headers: etag ? { "If-None-Match": etag } : {}, cache: "no-store", signal: asking.signal });
      if (answer.status === 200) {
        show(await answer.json());
        etag = answer.headers.get("ETag") || "";
      } else if (answer.status !== 304) throw new Error(answer.status);
      heard = new Date();
    } catch {
      // Said below, when it has lasted.
    } finally {
      clearTimeout(late);
      asking = null;
    }
  };
  const tell = () => {
    const now = new Date();
    find("[data-clock]").textContent = time(now);
    stale.hidden = now - heard < OLD_AFTER_MS;
    find("[data-since]").textContent = time(heard);
    document.body.classList.toggle("cu", !stale.hidden);
  };
  setInterval(ask, EVERY_MS);
  setInterval(tell, 1000);
  tell();
})();
