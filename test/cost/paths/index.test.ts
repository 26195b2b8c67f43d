import { describe, expect, it } from 'vitest';
import {
  byPath,
  comparedPaths,
  defaultPath,
  hasRange,
  networkPathNames,
  networkPaths,
  parseNetworkPath,
  pathTraits,
  pooledPath,
  shownPaths,
} from '../../../src/cost/paths/index.js';
import { internetGateway } from '../../../src/cost/paths/internet-gateway.js';
import type { PathKind } from '../../../src/cost/paths/path.js';
import { loggedPaths } from '../../../src/traffic/attribution/verdict.js';
import { compareShipped, serviceOf, traffic } from '../traffic.js';

const names = networkPaths.map(({ name }) => name);

describe('the list of network paths', () => {
  it('names each path once, and holds every path that a log can show', () => {
    expect(new Set(names).size).toBe(names.length);
    expect(names.toSorted()).toEqual(networkPathNames.toSorted());
    expect(names).toEqual(expect.arrayContaining([...loggedPaths]));
  });

  it('has one path that traffic is taken on where none is given, and one whose tiers are pooled', () => {
    expect(networkPaths.filter(({ isDefault }) => isDefault)).toEqual([defaultPath]);
    expect(networkPaths.filter(({ charge }) => charge.kind === 'pooled')).toEqual([pooledPath]);
  });

  it('begins with a path that costs nothing, then one that stands already, then one that would have to be made', () => {
    expect(names.slice(0, 3)).toEqual(['gateway-endpoint', 'nat-gateway', 'interface-endpoint']);
  });

  it('gives a value to each path, and a trait of each kind to those that are set side by side', () => {
    expect(Object.keys(byPath(networkPaths, ({ label }) => label)).toSorted()).toEqual(
      names.toSorted(),
    );
    const columns = comparedPaths.map(({ name }) => name);
    expect(Object.keys(byPath(comparedPaths, ({ label }) => label))).toEqual(columns);
    for (const { values } of pathTraits) {
      expect(Object.keys(values).toSorted()).toEqual(columns.toSorted());
      expect(Object.values(values).every((text) => text.length > 5)).toBe(true);
    }
  });

  it('does not compile with a path that leaves a question open', () => {
    const { gap: _, ...withoutGap } = internetGateway;
    const { private: __, ...unmet } = internetGateway.unmet;
    const { kept: ___, ...withoutKept } = internetGateway;
    // @ts-expect-error a path must say what it cannot carry: it is not taken to carry everything
    const open: PathKind = withoutGap;
    // @ts-expect-error a path must answer every requirement
    const unanswered: PathKind = { ...internetGateway, unmet };
    // @ts-expect-error a path that is only shown must say so of its traffic
    const silent: PathKind = withoutKept;
    expect([open, unanswered, silent]).toHaveLength(3);
  });
});

describe('the name of a path', () => {
  it('is read as it is written', () => {
    expect(networkPathNames.map(parseNetworkPath)).toEqual(networkPathNames);
  });

  it('is refused where no path has it, and never taken as another path', () => {
    const row = traffic({ path: 'Nat-Gateway' });
    expect(() => compareShipped([row])).toThrow('"Nat-Gateway" is not a network path');
  });
});

describe('a path that is only shown', () => {
  it.each(shownPaths)(
    '$name keeps its traffic, at no charge that sums hold, and takes none',
    (path) => {
      const rows = [
        traffic({ service: 'internet', path: path.name, sent: { gb: '1000' } }),
        traffic({ service: 'sqs', sent: { gb: '5' } }),
      ];
      const comparison = compareShipped(rows);
      expect(serviceOf(comparison, 'internet')).toMatchObject({
        currentPath: path.name,
        currentMonthlyCost: '0',
        plannedPath: path.name,
        cheapest: hasRange(path.name) ? null : path.name,
      });
      expect(Object.keys(serviceOf(comparison, 'internet').paths)).toEqual([
        ...comparedPaths.map(({ name }) => name),
        path.name,
      ]);
      expect(serviceOf(comparison, 'sqs').paths).not.toHaveProperty(path.name);
      const { message } = comparison.findings.find(({ code }) => code === path.kept.code) ?? {
        message: '',
      };
      expect(message).toBe(`${path.kept.text}: internet in vpc-1.`);
    },
  );
});
