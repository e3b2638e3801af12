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

  // What is typed is kept on the server; fee, doubts, newly opened questions and papers come back.
  const status = form.querySelector("[data-desk-status]");
  const questions = form.querySelector("[data-desk-questions]");
  const papers = form.querySelector("[data-desk-papers]");
  const contact = form.querySelector("[data-desk-contact]");
  const fee = form.querySelector("[data-desk-fee]");
  let timer, running, doubts, last = "";
  const typed = () => {
    const data = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") data.append(name, value);
    return data;
  };
  // What was ticked, typed and chosen in a part that is replaced or goes is remembered, and stands in its fields when they are there again.
  const fieldsOf = (part) => [...part.querySelectorAll("input:not([type=hidden]),select,textarea")];
  const nameOf = (field) => field.id || field.name;
  const remembered = new Map();
  const remember = (part) => {
    for (const field of fieldsOf(part)) remembered.set(nameOf(field), { value: field.value, checked: field.checked, files: field.files });
  };
  const giveBack = (part) => {
    for (const field of fieldsOf(part)) {
      const was = remembered.get(nameOf(field));
      if (!was) continue;
      if (field.type === "radio" || field.type === "checkbox") field.checked = was.checked;
      else if (field.type !== "file") field.value = was.value;
      else if (was.files.length) field.files = was.files;
    }
    return part;
  };
  const keepingFocus = (change) => {
    const { id, selectionStart, selectionEnd } = document.activeElement;
    change();
    const field = id && document.getElementById(id);
    if (!field || field === document.activeElement) return;
    field.focus({ preventScroll: true });
    if (typeof selectionStart === "number") field.setSelectionRange(selectionStart, selectionEnd);
  };
  const parse = (html) => Object.assign(document.createElement("template"), { innerHTML: html }).content;
  const refill = (box, html) => {
    remember(box);
    const fresh = giveBack(parse(html));
    keepingFocus(() => box.replaceChildren(fresh));
  };
  // Of a list only the parts that come, go or ask for something else are touched: a field in which somebody types stays the same field.
  const shape = (part) => fieldsOf(part).map(nameOf).join();
  const mayGo = (part) => !fieldsOf(part).some((field) => field.files?.length);
  const merge = (list, parts) => {
    const ids = new Set(parts.map((part) => part.id));
    const now = [...list.children];
    for (const old of now.filter((part) => part.id && !ids.has(part.id) && mayGo(part))) {
      remember(old);
      old.remove();
    }
    let last = now.find((part) => !part.id);
    for (const part of parts) {
      const old = now.find((one) => one.id === part.id);
      if (old && shape(old) === shape(part)) {
        last = old;
        continue;
      }
      if (old) {
        remember(old);
        keepingFocus(() => old.replaceWith(giveBack(part)));
      } else if (last) last.after(giveBack(part));
      else list.prepend(giveBack(part));
      last = part;
    }
    soon(250);
  };
  const askQuestions = (html) => merge(questions.firstElementChild, [...parse(html).firstElementChild.children].filter((part) => part.id));
  const askPapers = (html) => {
    merge(papers, [...parse(html).querySelectorAll("tr")]);
    for (const select of form.querySelectorAll("select[name^=from-scanner-]")) {
      const { value } = select;
      const [none, other] = [select.options[0], select.options[select.options.length - 1]];
      const rows = [...papers.children].filter((row) => row.dataset.paper !== other.value);
      select.replaceChildren(none, ...rows.map((row) => new Option(row.dataset.name, row.dataset.paper)), other);
      select.value = value;
    }
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
      if (doubts !== came.contact) contact.innerHTML = doubts = came.contact;
      if (came.questions) askQuestions(came.questions);
      if (came.papers) askPapers(came.papers);
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
