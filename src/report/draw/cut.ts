/** How much of each kind of list a report shows to a person, in Markdown as in HTML; the JSON has it all. */
export const mostShown = { tableRows: 50, changes: 20, sentences: 20 } as const;

/** The first of a list, and how many more there are. */
export function cut<Item>(
  list: readonly Item[],
  most: number,
): { readonly shown: readonly Item[]; readonly more: number } {
  return { shown: list.slice(0, most), more: Math.max(0, list.length - most) };
}
