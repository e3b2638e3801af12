// After a sign-in: ties this phone to its person when she says that it is hers alone. A phone that is tied, or keeps nothing, is not asked
// about, nor is a tablet: its screen is wider than a hand.
(async () => {
  "use strict";
  const store = xasoStore, at = (id) => document.getElementById(id), onward = at("di-tiep"), button = at("gan");
  const said = JSON.parse(at("loi-noi").textContent);
  const isTablet = Math.min(screen.width, screen.height) >= 600;
  if (isTablet || !(await store.isThere()) || (await store.device())) return location.replace(onward.href);
  button.hidden = false;
  button.onclick = async () => {
    button.disabled = true;
    const outcome = await store.tie();
    at("bao").hidden = false;
    at("bao").textContent = said[outcome];
    at("bao").className = `bao ${outcome === "tied" ? "la" : "son"}`;
    button.hidden = outcome === "tied";
    button.disabled = false;
    if (outcome !== "tied") return;
    onward.textContent = onward.dataset.next;
    onward.classList.remove("phu");
    at("bao").focus();
  };
})();
