// Asks the browser for a passkey where a form bears the wish, and sends the answer with the form.
(() => {
  "use strict";

  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, "-")
      .replace(/\//g, "_")
      .replace(/=+$/, "");
  const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  async function answerTo(wish) {
    wish.challenge = bytes(wish.challenge);
    if (wish.user) {
      wish.user.id = bytes(wish.user.id);
      wish.excludeCredentials = known(wish.excludeCredentials);
      return navigator.credentials.create({ publicKey: wish });
    }
    wish.allowCredentials = known(wish.allowCredentials);
    return navigator.credentials.get({ publicKey: wish });
  }

  function plain(made) {
    const response = { clientDataJSON: text(made.response.clientDataJSON) };
    for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (made.response[name]) response[name] = text(made.response[name]);
    }
    return { id: made.id, rawId: text(made.rawId), type: made.type, response, clientExtensionResults: {} };
  }

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (!window.PublicKeyCredential) continue;
    form.hidden = false;
    for (const note of document.querySelectorAll("[data-no-passkey]")) note.hidden = true;
    form.addEventListener("submit", async (event) => {
      if (form.elements.passkey.value) return;
      event.preventDefault();
      const failed = form.querySelector("[data-failed]");
      failed.hidden = true;
      try {
        form.elements.passkey.value = JSON.stringify(plain(await answerTo(JSON.parse(form.dataset.passkey).publicKey)));
        form.submit();
      } catch {
        failed.hidden = false;
        failed.focus();
      }
    });
  }
})();
