// Plays a face's sound in the page; without scripts the browser opens the file.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-sound]");
  if (!link) return;
  event.preventDefault();
  new Audio(link.href).play().catch(() => { location.href = link.href; });
});

// The tablet at the desk looks for news by itself.
const look = document.body.dataset.lookAgain;
if (look) {
  const timer = setTimeout(() => { location.replace("/hai-long/man-hinh/quay/"); }, Number(look) * 1000);
  document.addEventListener("submit", () => clearTimeout(timer));
}
