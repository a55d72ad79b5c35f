// Sets the theme before the first paint. A classic script in the head: modules run too late. Kept in step with src/ui/theme.ts by its test.
(function () {
  var stored = null;
  try {
    stored = localStorage.getItem('coldstart.theme');
  } catch (blocked) {
    stored = null;
  }
  var light = stored === 'light' || (stored !== 'dark' && matchMedia('(prefers-color-scheme: light)').matches);
  document.documentElement.dataset.theme = light ? 'light' : 'dark';
})();
