// Whether the tag that is pushed may be published. The release workflow runs it, and reads its answer.
import { appendFileSync, readFileSync } from 'node:fs';

const { repository, version } = JSON.parse(readFileSync('package.json', 'utf8'));
const tag = process.env['GITHUB_REF_NAME'] ?? '';
const isNamed = repository !== undefined;
const problems = isNamed ? problemsOf() : [];

if (!isNamed) {
  say(
    'Nothing is published: package.json names no repository, which npm compares with the one that the workflow runs in.',
  );
}
for (const problem of problems) say(problem);
tellWorkflow(isNamed && problems.length === 0);
process.exitCode = problems.length === 0 ? 0 : 1;

/** What of the release does not agree with the rest. */
function problemsOf() {
  const isListed = readFileSync('CHANGELOG.md', 'utf8').split('\n').includes(`## ${version}`);
  return [
    ...(tag === `v${version}`
      ? []
      : [
          `The tag is ${tag || 'missing'}, and package.json has version ${version}: the tag must be v${version}.`,
        ]),
    ...(isListed
      ? []
      : [`CHANGELOG.md has no line "## ${version}": give what is unreleased that heading.`]),
  ];
}

function say(text) {
  process.stdout.write(`${text}\n`);
}

function tellWorkflow(publish) {
  const output = process.env['GITHUB_OUTPUT'];
  if (output !== undefined) appendFileSync(output, `publish=${publish}\n`);
  say(`publish=${publish}`);
}
