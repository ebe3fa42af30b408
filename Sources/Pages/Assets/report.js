// The order in which a report comes to life.

showFilters();
searchParameters();
showDifferences();
onFilter(() => { showExplorer(); showDifferences(document.getElementById("difference-measure")?.value); });
await showFigures();
if (result.measures.length > 0 && points.length > 0) {
  firstLook();
  showControls();
  await showExplorer();
}
document.body.dataset.ready = "yes";
