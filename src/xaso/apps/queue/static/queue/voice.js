// The machine at the door: reads a service aloud, takes digits by touch, prints the slip.
(() => {
  "use strict";
  const mine = document.currentScript.dataset;
  const sound = new Audio();
  let waiting = [];
  const next = () => {
    if (!waiting.length) return;
    sound.src = waiting.shift();
    sound.play().catch(() => (waiting = []));
  };
  sound.addEventListener("ended", next);
  sound.addEventListener("error", next);
  const say = (addresses) => {
    waiting = addresses.split(" ").filter(Boolean);
    next();
  };
  for (const button of document.querySelectorAll("[data-say]")) {
    button.hidden = false;
    button.addEventListener("click", () => say(button.dataset.say));
  }
  for (const button of document.querySelectorAll("[data-digit]")) {
    button.addEventListener("click", () => {
      const code = button.form.elements.code;
      code.value = button.dataset.digit ? (code.value + button.dataset.digit).slice(0, 6) : "";
    });
  }
  // The first page looks again each minute: the desk opens and closes, and a network that is gone comes back.
  const lookAgain = async () => {
    const answer = await fetch(location.href, { cache: "no-store" }).catch(() => null);
    if (answer?.ok && !waiting.length) location.reload();
  };
  if (mine.again) setInterval(lookAgain, mine.again * 1000);
  if (mine.sayNow) say(mine.sayNow);
  // Who walked away leaves nothing for the next: untouched for a while, the page goes back to the first.
  let leaving;
  const stay = () => {
    clearTimeout(leaving);
    leaving = setTimeout(() => location.replace(mine.home), mine.seconds * 1000);
  };
  if (mine.home) {
    stay();
    document.addEventListener("pointerdown", stay);
  }
  if ("print" in mine) addEventListener("load", () => print());
})();
