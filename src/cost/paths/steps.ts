/** A change of the plan, as far as the commands that make it depend on it. */
export interface StepQuestion {
  readonly region: string;
  readonly vpcId: string | null;
  /** Short names of the services that move. */
  readonly services: readonly string[];
  /** Short names of the interface endpoints that serve them, such as `ecr.api` and `ecr.dkr`. */
  readonly endpoints: readonly string[];
  readonly serviceRegion: string | null;
  /** Whether an endpoint of the kind stands in the VPC: it is then extended, not made. */
  readonly stands: boolean;
  /** Availability Zones that interface endpoints are priced in: a subnet each. */
  readonly azs: number;
}

/** A command of `aws ec2`: its flags with a value, several values, or none. Texts stand in it as they are, not quoted. */
export interface Command {
  readonly name: string;
  readonly flags: readonly (readonly [flag: string, value: string | readonly string[] | null])[];
}

/** A setting of a Terraform resource, with its value. */
type TerraformSetting = readonly [name: string, value: string | boolean | readonly string[]];

/** A Terraform resource, or comments where there is nothing to write. Texts stand in it as they are, not quoted. */
export type Terraform =
  | {
      readonly kind: 'resource';
      readonly type: string;
      /** What the resource's label is made of. */
      readonly label: readonly string[];
      readonly settings: readonly TerraformSetting[];
    }
  | { readonly kind: 'comments'; readonly lines: readonly string[] };

/** A change as commands and as Terraform. Upper-case words stand for what a log does not know. */
export interface PathSteps {
  readonly commands: readonly Command[];
  readonly terraform: readonly Terraform[];
}

/** The steps that take away the endpoints that traffic leaves for a path that needs nothing made. */
export function removeEndpoints(question: StepQuestion): PathSteps {
  const { endpoints } = question;
  return {
    commands: [
      {
        name: 'delete-vpc-endpoints',
        flags: [['--vpc-endpoint-ids', endpoints.map(() => 'VPC_ENDPOINT_ID')]],
      },
    ],
    terraform: [
      {
        kind: 'comments',
        lines: endpoints.map(
          (endpoint) => `Remove the aws_vpc_endpoint of ${serviceNameOf(question, endpoint)}.`,
        ),
      },
    ],
  };
}

/** The steps that make an endpoint for each service, with the flags and settings that its type needs. */
export function makeEndpoints(
  question: StepQuestion,
  type: 'Gateway' | 'Interface',
  services: readonly string[],
  flags: Command['flags'],
  settings: readonly TerraformSetting[],
): PathSteps {
  const { serviceRegion } = question;
  const vpcId = question.vpcId ?? 'VPC_ID';
  return {
    commands: services.map((service) => ({
      name: 'create-vpc-endpoint',
      flags: [
        ['--vpc-id', vpcId],
        ['--vpc-endpoint-type', type],
        ['--service-name', serviceNameOf(question, service)],
        ...(serviceRegion === null ? [] : [['--service-region', serviceRegion] as const]),
        ...flags,
      ],
    })),
    terraform: services.map((service) => ({
      kind: 'resource',
      type: 'aws_vpc_endpoint',
      label: terraformLabel(question, service),
      settings: [
        ['vpc_id', vpcId],
        ['service_name', serviceNameOf(question, service)],
        ...(serviceRegion === null ? [] : [['service_region', serviceRegion] as const]),
        ['vpc_endpoint_type', type],
        ...settings,
      ],
    })),
  };
}

/** The full service name of an endpoint: `com.amazonaws.us-east-1.s3`. */
function serviceNameOf({ region, serviceRegion }: StepQuestion, endpoint: string): string {
  return `com.amazonaws.${serviceRegion ?? region}.${endpoint}`;
}

/** What the label of an endpoint's Terraform resource is made of. */
export function terraformLabel(
  { serviceRegion, vpcId }: StepQuestion,
  endpoint: string,
): readonly string[] {
  return [endpoint, serviceRegion ?? '', vpcId ?? ''].filter((word) => word !== '');
}
