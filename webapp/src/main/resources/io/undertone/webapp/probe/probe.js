
// Says that the answer is on its way, and since when; without this the browser says so.
(() => {
  const form = document.getElementById("question");
  form.addEventListener("submit", () => {
    const progress = document.getElementById("progress");
    const began = Date.now();
    const tell = () => {
      progress.textContent = `Asking for ${Math.round((Date.now() - began) / 1000)} s. Several attempts may be needed.`;
    };
    tell();
    setInterval(tell, 1000);
    document.getElementById("ask").disabled = true;
  });
  // The script stands at the page's end: where it runs, there is nothing left to cancel.
  document.getElementById("asking")?.remove();
  // Who comes back to this page by the browser's button may ask again.
  addEventListener("pageshow", () => { document.getElementById("ask").disabled = false; });
})();
