// Rings and shakes the phone whose number is called, for whoever pressed once that it should. Leave to sound belongs to a page that was
// touched, so from then on the page is drawn anew in its place instead of being loaded again.
(() => {
  "use strict";
  const one = (selector) => document.querySelector(selector);
  let sound, awake;
  const ring = () => {
    sound.currentTime = 0;
    sound.play().catch(() => {});
    navigator.vibrate?.([400, 200, 400, 200, 800]);
  };
  // A screen that goes dark lets no page ask how its number stands.
  const keepAwake = async () => {
    if (sound && one("[data-bell]") && !document.hidden && awake?.released !== false) awake = await navigator.wakeLock?.request("screen").catch(() => null);
  };
  const show = () => {
    const bell = one("[data-bell]");
    if (!bell) return awake?.release();
    bell.hidden = Boolean(sound);
    one("[data-bell-on]").hidden = !sound;
    keepAwake();
  };
  document.addEventListener("click", (event) => {
    const bell = event.target.closest("[data-bell]");
    if (!bell) return;
    sound = new Audio(bell.dataset.bell);
    ring();
    show();
    one("[data-bell-on]").focus();
  });
  document.addEventListener("visibilitychange", keepAwake);
  document.addEventListener("xaso-changed", async (event) => {
    if (!sound) return;
    event.preventDefault();
    try {
      const answer = await fetch(location.href, { cache: "no-store" });
      if (!answer.ok) throw new Error(answer.status);
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      one("main").replaceWith(fresh.querySelector("main"));
      document.title = fresh.title;
      show();
      if (one("[data-called]")) ring();
    } catch {
      location.reload();
    }
  });
  show();
})();
