// The dark colours of the portal follow the choice that Django's admin keeps in this browser (admin/js/theme.js).

const dark = document.getElementById("dark-colours");
const byItself = dark.media;
new MutationObserver(() => {
  const chosen = document.documentElement.dataset.theme;
  dark.media = { dark: "screen", light: "not all" }[chosen] ?? byItself;
}).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
