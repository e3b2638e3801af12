// Asks lightly whether anything changed and then draws the page anew; says when nobody answers. What is being typed is left alone.
(() => {
  "use strict";
  const { follow, seconds } = document.currentScript.dataset;
  let { stamp } = document.currentScript.dataset, etag = "";
  const busy = () => document.querySelector("details[open]") || (document.activeElement?.matches("input,select,textarea") && document.activeElement.value);
  const stale = (is) => document.querySelectorAll("[data-stale]").forEach((mark) => (mark.hidden = !is));
  const ask = async () => {
    try {
      const answer = await fetch(follow, { headers: etag ? { "If-None-Match": etag } : {}, cache: "no-store" });
      if (answer.status === 200) {
        const said = await answer.json();
        if (said.stamp !== stamp && !busy()) {
          if (document.dispatchEvent(new Event("xaso-changed", { cancelable: true }))) return location.reload();
          stamp = said.stamp;
        }
        if (said.stamp === stamp) etag = answer.headers.get("ETag") || "";
      } else if (answer.status !== 304) throw new Error(answer.status);
      stale(false);
    } catch {
      stale(true);
    }
    setTimeout(ask, seconds * 1000);
  };
  setTimeout(ask, seconds * 1000);
  document.addEventListener("visibilitychange", () => document.hidden || (etag = ""));
})();
