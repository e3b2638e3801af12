// What scripts add to pages that work without them: short cuts, one send per press, drafts kept while one types.
(() => {
  "use strict";
  const words = document.currentScript.dataset;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  // One press sends once. The page that comes back from the history is free again.
  const sent = new Map();
  const wait = (form) => {
    const status = form.querySelector("[data-autosave-status],[data-wait]") || form.appendChild(Object.assign(document.createElement("p"), { role: "status" }));
    status.dataset.wait = "";
    status.className = "luu cho";
    status.textContent = words.waiting;
  };
  const size = (form) => all("input[type=file]", form).flatMap((input) => [...input.files]).reduce((sum, file) => sum + file.size, 0);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-once]")) return;
    if (sent.has(form)) return event.preventDefault();
    if (!navigator.onLine) {
      event.preventDefault();
      return wait(form);
    }
    const button = event.submitter || form.querySelector("button:not(.an)");
    const shown = button.classList.contains("an") ? form.querySelector(".nut") || button : button;
    sent.set(form, [shown, [...shown.childNodes]]);
    const bytes = size(form);
    setTimeout(() => {
      shown.setAttribute("aria-disabled", "true");
      shown.replaceChildren(words.sending + (bytes ? ` ${(bytes / 1e6).toFixed(1).replace(".", ",")} MB` : ""));
    });
  });
  addEventListener("pageshow", () => {
    for (const [shown, before] of sent.values()) {
      shown.removeAttribute("aria-disabled");
      shown.replaceChildren(...before);
    }
    sent.clear();
  });

  // Drafts: kept on the server 1.5 s after the last key, and at once when the page is hidden.
  for (const form of all("form[data-autosave]")) {
    const status = form.querySelector("[data-autosave-status]");
    let timer, last = new URLSearchParams(new FormData(form)).toString();
    const say = (text, kept) => {
      if (!status) return;
      status.textContent = text;
      status.classList.toggle("cho", !kept);
    };
    const keep = async (keepalive) => {
      clearTimeout(timer);
      if (sent.has(form)) return;
      const now = new URLSearchParams(new FormData(form));
      if (now.toString() === last) return;
      try {
        const answer = await fetch(form.dataset.autosave, { method: "POST", body: now, keepalive, redirect: "error", headers: { Accept: "application/json" } });
        const { at, said } = await answer.json();
        if (!at) return say(said || words.unsaved);
        last = now.toString();
        say(`${words.saved} ${at}`, true);
      } catch {
        say(navigator.onLine ? words.unsaved : words.offline);
      }
    };
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(keep, 1500);
    });
    document.addEventListener("visibilitychange", () => document.hidden && keep(true));
    addEventListener("online", () => keep());
  }

  // Keys: “/” goes to the search, “?” tells the keys, a page's own keys stand in data-key. They can be switched off.
  const OFF = "xaso-keys-off";
  const keyed = () => all("[data-key]").filter((element) => element.offsetParent);
  const tell = () => {
    const dialog = document.createElement("dialog");
    const rows = [["/", words.find], ["?", words.keys], ...keyed().map((element) => [element.dataset.key, element.textContent.replace(new RegExp(`\\s*${element.dataset.key}\\s*$`), "")])];
    const list = rows.map(([key, text]) => {
      const row = document.createElement("p");
      const cap = document.createElement("kbd");
      cap.textContent = key;
      row.append(cap, ` ${text.trim()}`);
      return row;
    });
    const title = document.createElement("h2");
    title.textContent = words.keys;
    const label = document.createElement("label");
    const box = Object.assign(document.createElement("input"), { type: "checkbox", checked: !localStorage.getItem(OFF) });
    box.onchange = () => (box.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1"));
    label.className = "chon";
    label.append(box, words.use);
    const close = Object.assign(document.createElement("button"), { className: "nut", textContent: words.close });
    close.onclick = () => dialog.close();
    dialog.onclose = () => dialog.remove();
    dialog.append(title, ...list, label, close);
    document.body.append(dialog);
    dialog.showModal();
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    if (event.target.closest("input:not([type=checkbox],[type=radio]),textarea,select,dialog,[contenteditable]")) return;
    if (event.key === "?") return tell();
    if (localStorage.getItem(OFF)) return;
    const target = event.key === "/" ? document.querySelector("[data-search]") : keyed().find((element) => element.dataset.key === event.key.toUpperCase());
    if (!target) return;
    event.preventDefault();
    target.focus();
    if (event.key === "/") target.select();
    else target.click();
  });

  // “Nghe”: its script comes when it is pressed, or at once for who wants every page read.
  const ear = document.querySelector("[data-nghe]");
  if (ear) {
    const hear = () => import(ear.dataset.nghe).then(({ listen }) => listen(ear), () => (location.href = ear.href));
    ear.onclick = (event) => (event.preventDefault(), hear());
    try {
      if (localStorage.nghe) hear();
    } catch {}
  }
})();
