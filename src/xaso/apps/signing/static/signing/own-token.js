// Asks the signing program on this computer: for the token's certificates, or for a signature. The PIN is typed there and never comes here.
(() => {
  "use strict";
  const words = JSON.parse(document.getElementById("loi-token").textContent);
  class Told extends Error {}
  const trouble = (code) => new Told(words[code] ?? words.bad_request, { cause: code });
  const filled = (text, facts = {}) => text.replace(/\{(\w+)\}/g, (_, name) => facts[name]);

  const ask = async (form, path, sent) => {
    let answer;
    try {
      answer = await fetch(form.dataset.token + path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(sent), credentials: "omit", cache: "no-store" });
    } catch {
      throw new Told(words.no_program);
    }
    const told = await answer.json().catch(() => ({ error: "bad_request" }));
    if (told.error && !told.signatures?.length) throw trouble(told.error);
    return told;
  };

  // A form that is at work is not sent twice; what is told stands under its button.
  const working = (form, work) => {
    const said = form.querySelector("[data-token-said]"), button = form.querySelector("button");
    const say = (text, look = "luu cho") => {
      said.className = look;
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
        await work((code, facts) => say(filled(words[code], facts), code === "ended" ? "luu" : undefined));
      } catch (error) {
        if (!(error instanceof Told)) throw error;
        say(error.message, "bao son");
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

  // Many results: as many as one PIN may be for are prepared, signed on the token and sealed, then the next ones. A row says what came of it.
  const many = document.querySelector("form[data-token-sign-many]");
  if (many) {
    const rows = [...document.querySelectorAll("[data-paper]")], stop = many.querySelector("[data-stop]"), bar = document.querySelector("progress");
    const isAt = (state) => rows.filter((row) => (row.dataset.state ?? "") === state);
    let waiting = [], isStopped = false;

    const body = (facts) => new URLSearchParams({ csrfmiddlewaretoken: many.elements.csrfmiddlewaretoken.value, ...facts });
    const send = async (path, facts = {}, tries = 1) => {
      let answer;
      try {
        answer = await fetch(path, { method: "POST", body: body(facts), redirect: "manual", headers: { Accept: "application/json" } });
      } catch {
        if (tries <= 1) throw new Told(words.no_signal);
        await new Promise((done) => setTimeout(done, 2000));
        return send(path, facts, tries - 1);
      }
      if (answer.headers.get("Content-Type")?.startsWith("application/json")) return answer.json();
      if (answer.status === 404) return { error: words.gone };
      location.assign(many.dataset.list);
      return new Promise(() => {});
    };
    const mark = (row, state, why = "") => {
      row.dataset.state = state;
      const said = row.querySelector("[data-paper-said]");
      said.replaceChildren(document.getElementById(`the-${state}`).content.cloneNode(true), Object.assign(document.createElement("small"), { textContent: why }));
      bar.value = rows.length - isAt("").length;
      bar.labels[0].textContent = filled(words.progress, { signed: isAt("signed").length, papers: rows.length });
    };
    // The last number first, so that each is the next one again.
    const leave = () => waiting.splice(0).reverse().map(({ row, pending }) => () => fetch(row.dataset.giveUp, { method: "POST", body: body({ pending }), keepalive: true, redirect: "manual" }).catch(() => {}));
    addEventListener("pagehide", () => leave().forEach((giveUp) => giveUp()));
    stop.addEventListener("click", () => {
      isStopped = true;
      many.querySelector("[data-token-said]").textContent = words.stopping;
    });

    const prepare = async (left) => {
      for (const row of left) {
        if (isStopped) return;
        const told = await send(row.dataset.begin);
        if (told.error) mark(row, "refused", told.error);
        else waiting.push({ row, ...told });
      }
    };
    const finish = async (signatures) => {
      for (const [place, one] of [...waiting].slice(0, signatures.length).entries()) {
        const { error } = await send(one.row.dataset.complete, { pending: one.pending, signature: signatures[place] }, 3);
        if (!error) waiting = waiting.filter((other) => other !== one);
        mark(one.row, error ? "refused" : "signed", error);
      }
    };

    working(many, async (say) => {
      isStopped = false;
      stop.hidden = false;
      try {
        say("looking");
        const { certificates } = await ask(many, "/v1/certificates", {});
        if (!certificates.some(({ fingerprint }) => fingerprint === many.dataset.certificate)) throw new Told(words.key_missing);
        while (isAt("").length && !isStopped) {
          say("preparing");
          await prepare(isAt("").slice(0, Number(many.dataset.atOnce)));
          if (isStopped || !waiting.length) continue;
          say("asking");
          const { signatures, error } = await ask(many, "/v1/sign", { certificate: many.dataset.certificate, papers: waiting.map(({ title, attributes }) => ({ title, attributes })) });
          say("sending");
          await finish(signatures);
          if (error) throw trouble(error);
          for (const giveUp of leave()) await giveUp();
        }
      } catch (error) {
        if (!(error instanceof Told)) throw error;
        const told = error.cause === "declined" && isAt("signed").length ? words.declined_rest : error.message;
        throw new Told(`${told} ${filled(words.left, { left: isAt("").length })}`);
      } finally {
        for (const giveUp of leave()) await giveUp();
        stop.hidden = true;
      }
      say(isAt("").length ? "left" : "ended", { left: isAt("").length });
      many.querySelector("button").hidden = !isAt("").length;
    });
    return;
  }

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
