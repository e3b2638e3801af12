// The page “Chưa có sóng”: says whether what was typed on the page that could not be had is kept, and tries again.
(async () => {
  "use strict";
  const again = () => location.assign(location.href);
  document.getElementById("thu-lai").addEventListener("click", again);
  if (location.pathname !== "/chua-co-song/") addEventListener("online", again);
  sessionStorage.removeItem("xaso-sent");
  const typed = await xasoStore.get("typed", location.pathname).catch(() => null);
  document.getElementById("con-giu").hidden = !typed;
})();
