/** The page's copy of the summaries, kept by what the slices tell. */

/** The copy after a slice: what did not change stays the same object, and nothing at all changes when there is no news. */
export function withNews(known: Readonly<Record<string, object>>, news: { readonly summaries: Readonly<Record<string, object | null>>; readonly all: boolean }): Readonly<Record<string, object>> {
  const changes = Object.entries(news.summaries);
  if (changes.length === 0 && !news.all) return known;
  const summaries: Record<string, object> = news.all ? {} : { ...known };
  for (const [arn, summary] of changes) {
    if (summary === null) delete summaries[arn];
    else summaries[arn] = summary;
  }
  return summaries;
}
