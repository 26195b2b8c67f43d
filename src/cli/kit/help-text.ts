/** yargs' help without the types of values: every value is text to a shell, and the descriptions say what it holds. */
export function tidyHelp(text: string): string {
  return text
    .split('\n')
    .map((line) => ({ before: line, after: withoutTypes(line) }))
    .filter(({ before, after }) => after !== '' || before === '')
    .map(({ after }) => after)
    .join('\n');
}

const withoutTypes = (line: string): string =>
  line
    .replace(/ ?\[(?:string|boolean|array)\]/g, '')
    .replace(' [default: none]', '')
    .trimEnd();
