// TypeScript 7 has no API for programs: typedoc is given 6 where it asks for `typescript`.
import { register } from 'node:module';

const hook = `export const resolve = (name, context, next) =>
  next(name === 'typescript' ? 'typescript-6' : name, context);`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);
