// Keys: “/” goes to the search, “?” tells the keys, a page's own keys stand in data-key. They can be switched off.
// Officials' pages bring them; on others they are loaded at rest where there is a mouse, and are told the words.
(() => {
  "use strict";
  const { currentScript } = document;
  const words = (currentScript.dataset.keys ? currentScript : document.querySelector("script[data-keys]")).dataset;
  const OFF = "xaso-keys-off";
  const keyed = () => [...document.querySelectorAll("[data-key]")].filter((element) => element.offsetParent);
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
})();
