// What scripts add to officials' pages of dossiers: our words on file choices, Enter that goes on, a fee that keeps up with the answers.
(() => {
  "use strict";
  const words = document.currentScript.dataset;

  // A choice of files tells what was chosen; a picture of the card is read at once.
  document.addEventListener("change", (event) => {
    const input = event.target;
    if (!input.matches(".chon-tep input")) return;
    const said = input.parentElement.querySelector("[data-file-words]");
    said.dataset.before ??= said.textContent;
    const files = [...input.files];
    said.textContent = files.length > 1 ? `${files.length} ${words.chosen}` : (files[0]?.name ?? said.dataset.before);
    input.parentElement.classList.toggle("co", files.length > 0);
    if (input.name === "card_photo" && files.length) input.form.requestSubmit(input.form.querySelector("[value=read_card]"));
  });

  const form = document.querySelector("form[data-desk]");
  if (!form) return;

  // Enter goes to the next field; a reader's Enter after the card's text sends it.
  const FIELDS = "input:not([type=hidden],[type=file]),select,textarea,button[value=take_in]";
  const isOn = (field, from) => (field.checkVisibility ? field.checkVisibility() : field.offsetParent) && !(field.type === "radio" && (field.name === from.name || (!field.checked && form.querySelector(`[name="${CSS.escape(field.name)}"]:checked`))));
  form.addEventListener("keydown", (event) => {
    const field = event.target;
    if (event.key !== "Enter" || event.isComposing || event.ctrlKey || !field.matches("input:not([type=file]),select")) return;
    if (field.name === "card_text" && field.value.trim()) return;
    event.preventDefault();
    const fields = [...form.querySelectorAll(FIELDS)];
    fields.slice(fields.indexOf(field) + 1).find((next) => isOn(next, field))?.focus();
  });

  // What is typed is kept on the server; the fee and newly opened questions come back.
  const status = form.querySelector("[data-desk-status]");
  const questions = form.querySelector("[data-desk-questions]");
  const fee = form.querySelector("[data-desk-fee]");
  let timer, running, last = "";
  const typed = () => {
    const data = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") data.append(name, value);
    return data;
  };
  // Puts new content in and gives back what was typed in the old meanwhile, and the focus.
  const refill = (box, html) => {
    const before = new Map([...box.querySelectorAll("input,select,textarea")].filter((field) => field.type !== "hidden").map((field) => [field.id || field.name, field]));
    const focused = box.contains(document.activeElement) ? document.activeElement.id : "";
    box.innerHTML = html;
    for (const field of box.querySelectorAll("input,select,textarea")) {
      const old = before.get(field.id || field.name);
      if (!old || field.type === "hidden") continue;
      if (field.matches("[type=radio],[type=checkbox]")) field.checked = old.checked;
      else field.value = old.value;
    }
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  };
  const say = (text, kept) => {
    status.textContent = text;
    status.classList.toggle("cho", !kept);
  };
  const keep = async (keepalive) => {
    clearTimeout(timer);
    const now = typed();
    if (now.toString() === last || form.querySelector("[aria-disabled]")) return;
    running?.abort();
    running = new AbortController();
    try {
      const answer = await fetch(form.dataset.desk, { method: "POST", body: now, keepalive, redirect: "error", signal: running.signal });
      const came = answer.ok ? await answer.json() : {};
      if (!came.at) return say(came.error || words.unsaved);
      last = now.toString();
      refill(fee, came.fee);
      if (came.questions) refill(questions, came.questions);
      say(`${words.saved} ${came.at}`, true);
    } catch (error) {
      if (error.name !== "AbortError") say(words.unsaved);
    }
  };
  last = typed().toString();
  const soon = (milliseconds) => {
    clearTimeout(timer);
    timer = setTimeout(keep, milliseconds);
  };
  form.addEventListener("input", () => soon(1200));
  form.addEventListener("change", () => soon(250));
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    running?.abort();
  });
  document.addEventListener("visibilitychange", () => document.hidden && keep(true));
})();
