// The order in which a report comes to life.

showFilters();
searchParameters();
showDifferences();
onFilter(() => { if (measures.length > 0) showExplorer(); showDifferences(document.getElementById("difference-measure")?.value); });
await showFigures();
document.getElementById("page-note").textContent = result.pointNote;
if (measures.length > 0) {
  firstLook();
  showControls();
  await showExplorer();
}
document.body.dataset.ready = "yes";
