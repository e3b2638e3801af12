// Asks the signing program on this computer: for the token's certificates, or for a signature. The PIN is typed there and never comes here.
(() => {
  "use strict";
  const words = JSON.parse(document.getElementById("loi-token").textContent);
  class Told extends Error {}

  const ask = async (form, path, sent) => {
    let answer;
    try {
      answer = await fetch(form.dataset.token + path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(sent), credentials: "omit", cache: "no-store" });
    } catch {
      throw new Told(words.no_program);
    }
    const told = await answer.json().catch(() => ({ error: "bad_request" }));
    if (told.error && !told.signatures?.length) throw new Told(words[told.error] ?? words.bad_request);
    return told;
  };

  // A form that is at work is not sent twice; what is told stands under its button.
  const working = (form, work) => {
    const said = form.querySelector("[data-token-said]"), button = form.querySelector("button");
    const say = (text, failed) => {
      said.className = failed ? "bao son" : "luu cho";
      said.textContent = text;
    };
    let isAtWork = false;
    form.hidden = false;
    if (button.autofocus && document.activeElement === document.body) button.focus();
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (isAtWork) return;
      isAtWork = true;
      button.setAttribute("aria-disabled", "true");
      try {
        await work((code) => say(words[code]));
      } catch (error) {
        if (!(error instanceof Told)) throw error;
        say(error.message, true);
      } finally {
        isAtWork = false;
        button.removeAttribute("aria-disabled");
      }
    });
  };
  const add = (form, name, value) => form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));

  const register = document.querySelector("form[data-token-register]");
  if (register)
    working(register, async (say) => {
      say("looking");
      const { certificates } = await ask(register, "/v1/certificates", {});
      if (!certificates.length) throw new Told(words.none_found);
      for (const { der } of certificates) add(register, "der", der);
      register.submit();
    });

  const sign = document.querySelector("form[data-token-sign]");
  if (!sign) return;
  const { begin, giveUp, certificate } = sign.dataset;
  const csrf = () => new URLSearchParams({ csrfmiddlewaretoken: sign.elements.csrfmiddlewaretoken.value });
  let waiting = "";

  const begun = async () => {
    let answer;
    try {
      answer = await fetch(begin, { method: "POST", body: csrf(), redirect: "manual", headers: { Accept: "application/json" } });
    } catch {
      throw new Told(words.no_signal);
    }
    if (!answer.headers.get("Content-Type")?.startsWith("application/json")) return location.reload();
    const told = await answer.json();
    if (told.error) throw new Told(told.error);
    waiting = told.pending;
    return told;
  };
  // What is not signed waits no more, so that its number is free again; also when the page is left.
  const leave = () => {
    if (!waiting) return;
    const body = csrf();
    body.append("pending", waiting);
    waiting = "";
    fetch(giveUp, { method: "POST", body, keepalive: true, redirect: "manual" }).catch(() => {});
  };
  addEventListener("pagehide", leave);

  working(sign, async (say) => {
    say("looking");
    const { certificates } = await ask(sign, "/v1/certificates", {});
    if (!certificates.some(({ fingerprint }) => fingerprint === certificate)) throw new Told(words.key_missing);
    say("preparing");
    const paper = await begun();
    if (!paper) return;
    try {
      say("asking");
      const { signatures } = await ask(sign, "/v1/sign", { certificate, papers: [{ title: paper.title, attributes: paper.attributes }] });
      say("sending");
      add(sign, "pending", paper.pending);
      add(sign, "signature", signatures[0]);
      waiting = "";
      sign.submit();
    } catch (error) {
      leave();
      throw error;
    }
  });
})();
