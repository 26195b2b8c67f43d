import { anyOf } from '../../base/text.js';
import { textFlag } from '../kit/command.js';
import { oneOf } from '../kit/flag-values.js';

/** The formats that a command shows its result in, by the name that `--format` takes; the first is the default. */
type Formats<Name extends string> = Readonly<Record<Name, unknown>>;

function namesOf<Name extends string>(formats: Formats<Name>): readonly Name[] {
  const isName = (name: string): name is Name => Object.hasOwn(formats, name);
  return Object.keys(formats).filter(isName);
}

/** The flag that says where a result goes. */
export const outputFlag = textFlag('Write the result to a file instead', { alias: 'o' });

/** The flags of a command that shows a result in one of some formats: which, and where it goes. */
export function resultFlags(formats: Formats<string>) {
  const names = namesOf(formats);
  const format = textFlag(anyOf(names), { defaultDescription: names[0] ?? '' });
  return { format, output: outputFlag } as const;
}

/** The format that `--format` names; the first where it is not given. */
export function readFormat<Name extends string>(
  text: string | undefined,
  formats: Formats<Name>,
): Name {
  const names = namesOf(formats);
  const [first] = names;
  return text === undefined && first !== undefined ? first : oneOf('--format', text ?? '', names);
}
