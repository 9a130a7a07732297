/* A figure opens in a panel beside the page; without this file the same link opens a page of its own. */
(function () {
  "use strict";
  const drawer = document.getElementById("drawer");
  if (!drawer || !drawer.showModal) return;
  let opener = null;

  document.body.addEventListener("htmx:afterSwap", function (event) {
    if (event.detail.target.id !== "drawer-body") return;
    opener = event.detail.requestConfig.elt || opener;
    if (!drawer.open) drawer.showModal();
    drawer.scrollTop = 0;
  });

  drawer.addEventListener("close", function () {
    if (opener && opener.isConnected) opener.focus();
    opener = null;
  });

  drawer.addEventListener("click", function (event) {
    if (event.target === drawer) drawer.close();
  });
})();
