/** Stands for `-` while yargs reads the arguments: it drops a lone dash among positionals. No argument holds a NUL. */
const dash = '\u0000-';

/** Hides each lone `-` from yargs. */
export function hideDash(args: readonly string[]): string[] {
  return args.map((arg) => (arg === '-' ? dash : arg));
}

/** Puts each hidden `-` back into the values that yargs read. */
export function restoreDash<Options extends object>(options: Options): Options {
  for (const [name, value] of Object.entries(options)) {
    if (value === dash) Reflect.set(options, name, '-');
    else if (Array.isArray(value)) {
      Reflect.set(
        options,
        name,
        value.map((each: unknown) => (each === dash ? '-' : each)),
      );
    }
  }
  return options;
}
