import { endpointAddress, endpointServices, remotes } from './addresses.js';
import type { Random } from './random.js';
import type { InterfaceKind, NetworkInterface, Remote, Route } from './world.js';

/** A way that a host's packets may take, by the route table of its subnet. */
export interface Way {
  readonly remote: Remote;
  readonly route: Route;
}

/** A workload with the ways that its routes leave open. */
export interface Host {
  readonly item: NetworkInterface;
  readonly ways: readonly Way[];
}

/** A VPC with its interfaces. */
export interface Network {
  readonly vpc: string;
  readonly hosts: readonly Host[];
  /** NAT gateways, zonal and regional, and NAT instances. */
  readonly nats: readonly NetworkInterface[];
  readonly others: readonly NetworkInterface[];
}

/** How a VPC reaches the internet over a transit gateway: by the NAT gateway of a hub. */
export type Transit = Extract<Route, { readonly kind: 'transit-gateway' }>;

/** Makes the interfaces of one VPC, by its number. */
export class NetworkBuilder {
  readonly #random: Random;
  readonly #number: number;
  readonly #zones: number;
  #count = 0;
  readonly vpc: string;

  constructor(random: Random, number: number) {
    this.#random = random;
    this.#number = number;
    this.#zones = random.whole(1, 3);
    this.vpc = `vpc-0${number}a1b2c3d4e5f6789`;
  }

  /** A VPC with workloads; with `transit`, its way to the internet is that one. */
  network(transit: Transit | null): Network {
    const random = this.#random;
    const nats = transit === null ? this.#nats() : [];
    const endpoints = this.#endpoints();
    const items = Array.from({ length: random.whole(1, 4) }, () => this.interface('workload'));
    const hasGatewayEndpoints = random.chance(55);
    const isDualStack = random.chance(25);
    const hosts = items.map((item): Host => {
      const [nat] = random.shuffle(nats);
      const outside = transit ?? (nat === undefined ? null : natRoute(nat));
      const ways = [
        ...this.#outside(outside, { hasGatewayEndpoints, isDualStack }),
        ...endpoints.map(({ way }) => way),
        ...items
          .filter((other) => other !== item)
          .map((other) => ({ remote: workload(other), route: { kind: 'internal' } as const })),
      ];
      return { item, ways };
    });
    return { vpc: this.vpc, hosts, nats, others: endpoints.map(({ item }) => item) };
  }

  interface(kind: InterfaceKind, address?: string): NetworkInterface {
    const number = this.#count++;
    const zone = this.#random.whole(1, this.#zones);
    const hex = `0${this.#number}c0ffee0000000${number.toString(16).padStart(2, '0')}`;
    const isInstance = kind === 'nat-instance' || (kind === 'workload' && this.#random.chance(70));
    const isRegional = kind === 'regional-nat-gateway';
    return {
      key: `${isRegional ? 'nat' : 'eni'}-${hex}`,
      kind,
      vpc: this.vpc,
      subnet: isRegional ? '-' : `subnet-0${this.#number}d0000000000000${zone}`,
      azId: isRegional ? '-' : `use1-az${zone}`,
      instanceId: isInstance ? `i-${hex}` : '-',
      address: address ?? `10.${this.#number}.${zone}.${number + 5}`,
      address6: `2600:1f14:abc:${this.#number}00${zone}::${number + 5}`,
      isNitro: this.#random.chance(80),
    };
  }

  #nats(): readonly NetworkInterface[] {
    const random = this.#random;
    const kinds: readonly InterfaceKind[] = random.pick([
      ['nat-gateway'],
      ['nat-gateway', 'nat-gateway'],
      ['regional-nat-gateway'],
      ['nat-instance'],
      ['nat-gateway', 'nat-instance'],
      ['nat-gateway', 'regional-nat-gateway'],
      [],
    ]);
    return kinds.map((kind) => this.nat(kind));
  }

  /** A regional NAT gateway shows a public address, the others the private one of their interface. */
  nat(kind: InterfaceKind): NetworkInterface {
    const isRegional = kind === 'regional-nat-gateway';
    return this.interface(kind, isRegional ? `198.51.100.${100 + this.#number}` : undefined);
  }

  /** The routes to servers outside, of a private or a public subnet. */
  #outside(
    nat: Route | null,
    { hasGatewayEndpoints, isDualStack }: { hasGatewayEndpoints: boolean; isDualStack: boolean },
  ): readonly Way[] {
    const isPublic = this.#random.chance(nat === null ? 60 : 20);
    const route: Route | null = isPublic ? { kind: 'internet-gateway' } : nat;
    const { s3, s3Again, s3Elsewhere, dynamodb, ec2, amazon, internet, internetAgain } = remotes;
    const regional = hasGatewayEndpoints ? ({ kind: 'gateway-endpoint' } as const) : route;
    const to = (by: Route | null, ...servers: readonly Remote[]): readonly Way[] =>
      by === null ? [] : servers.map((remote) => ({ remote, route: by }));
    const by6 = { kind: isPublic ? 'internet-gateway' : 'egress-only-gateway' } as const;
    return [
      ...to(regional, s3, s3Again, dynamodb),
      ...to(route, s3Elsewhere, ec2, amazon, internet, internetAgain),
      ...to(isDualStack ? by6 : null, remotes.s3Of6, remotes.internet6),
    ];
  }

  #endpoints(): readonly { readonly item: NetworkInterface; readonly way: Way }[] {
    const random = this.#random;
    const count = random.chance(40) ? random.whole(1, 3) : 0;
    return Array.from({ length: count }, (_, zone) => {
      const service = random.whole(0, endpointServices.length - 1);
      const isKnown = random.chance(65);
      const address = endpointAddress(this.#number, { service, zone, isKnown });
      const item = this.interface('interface-endpoint', address);
      const name = isKnown ? (endpointServices[service] ?? 'logs') : 'aws-other';
      const remote = { address, awsName: '-', service: name, otherRegion: null };
      const route: Route = { kind: 'interface-endpoint', device: item.key, isKnown };
      return { item, way: { remote, route } };
    });
  }
}

function natRoute(nat: NetworkInterface): Route {
  return { kind: nat.kind === 'nat-instance' ? 'nat-instance' : 'nat-gateway', device: nat.key };
}

function workload({ address }: NetworkInterface): Remote {
  return { address, awsName: '-', service: 'internal', otherRegion: null };
}
