// On the page of a dossier in which more is asked for: this phone keeps what is asked, so that it can be added without a signal.
(async () => {
  "use strict";
  const store = xasoStore, given = document.getElementById("xin-bo-sung"), link = document.getElementById("tren-may");
  if (!(await store.isThere())) return;
  const { code, asked } = JSON.parse(given.textContent);
  await store.dropAsked(code, asked?.request);
  if (!asked) return;
  await store.keepAsked(asked);
  const { active } = (await navigator.serviceWorker?.ready) || {};
  if (!active) return;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = async ({ data: isKept }) => {
    const item = (await store.supplementsOf(code)).find(({ request }) => request === asked.request);
    if (!isKept || !item || !store.isTypable(item)) return;
    link.querySelector("a").href = `/may-nay/bo-sung/?ban=${item.id}`;
    link.hidden = false;
  };
  active.postMessage({ what: "save", address: "/may-nay/bo-sung/" }, [port2]);
})().catch(() => {});
