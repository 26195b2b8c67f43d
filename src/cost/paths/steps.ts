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

/** A Terraform resource, or comments where there is nothing to write. Texts stand in it as they are, not quoted. */
export type Terraform =
  | {
      readonly kind: 'resource';
      readonly type: string;
      /** What the resource's label is made of. */
      readonly label: readonly string[];
      readonly settings: readonly (readonly [
        name: string,
        value: string | boolean | readonly string[],
      ])[];
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

/** The VPC of a change, or the word that stands for it. */
export function vpcIdOf({ vpcId }: StepQuestion): string {
  return vpcId ?? 'VPC_ID';
}

/** The full service name of an endpoint: `com.amazonaws.us-east-1.s3`. */
export function serviceNameOf({ region, serviceRegion }: StepQuestion, endpoint: string): string {
  return `com.amazonaws.${serviceRegion ?? region}.${endpoint}`;
}

/** What the label of an endpoint's Terraform resource is made of. */
export function terraformLabel(
  { serviceRegion, vpcId }: StepQuestion,
  endpoint: string,
): readonly string[] {
  return [endpoint, serviceRegion ?? '', vpcId ?? ''].filter((word) => word !== '');
}
