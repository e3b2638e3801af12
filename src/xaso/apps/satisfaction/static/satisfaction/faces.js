// Plays a face's sound in the page; without scripts the browser opens the file.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-sound]");
  if (!link) return;
  event.preventDefault();
  new Audio(link.href).play().catch(() => { location.href = link.href; });
});
