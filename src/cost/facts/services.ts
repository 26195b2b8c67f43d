import { nearestNames } from '../../base/nearest-names.js';
import { awsOther, parseServiceName } from '../../base/service-name.js';

/**
 * Short names of the AWS services that have interface endpoints, as in their service names
 * `com.amazonaws.<region>.<name>` (AWS PrivateLink guide, "AWS services that integrate with AWS PrivateLink").
 * Not every service is offered in every Region; the list does not say which.
 */
const interfaceEndpointNames = `
  access-analyzer account acm acm-fips acm-pca acm-pca-fips airflow.api airflow.api-fips
  airflow.env airflow.env-fips airflow.ops analytics-omics app-integrations appconfig
  appconfigdata application-autoscaling application-signals applicationinsights appmesh
  appmesh-envoy-management apprunner apprunner.requests appstream.api appstream.streaming
  appsync-api apptest aps aps-workspaces arsenal-discovery athena auditmanager autoscaling
  autoscaling-plans awsconnector b2bi backup backup-gateway batch bcm-data-exports
  bcm-pricing-calculator bedrock bedrock-agent bedrock-agent-runtime bedrock-agentcore
  bedrock-agentcore.gateway bedrock-data-automation bedrock-data-automation-fips
  bedrock-data-automation-runtime bedrock-data-automation-runtime-fips bedrock-fips
  bedrock-runtime bedrock-runtime-fips billing billingconductor braket cases cassandra
  cassandra-fips ce cleanrooms cleanrooms-ml cloudcontrolapi cloudcontrolapi-fips clouddirectory
  cloudformation cloudhsmv2 cloudtrail codeartifact.api codeartifact.repositories codebuild
  codebuild-fips codecatalyst codecatalyst.git codecatalyst.packages codecommit codecommit-fips
  codeconnections.api codedeploy codedeploy-commands-secure codeguru-profiler codeguru-reviewer
  codepipeline codestar-connections.api codewhisperer cognito-identity cognito-identity-fips
  cognito-idp cognito-idp-fips comprehend comprehendmedical compute-optimizer config
  connect-campaigns console control-storage-omics controlcatalog cost-optimization-hub
  data-servicediscovery data-servicediscovery-fips databrew dataexchange datasync datazone
  deadline.management deadline.scheduling deviceadvisor.iot devops-guru dicom-medical-imaging
  discovery dms dms-fips drs ds ds-data dsql dynamodb dynamodb-fips dynamodb-streams ebs ec2
  ec2messages ecr-public.api ecr.api ecr.dkr ecs ecs-agent ecs-telemetry eks eks-auth eks-proxy
  elastic-inference.runtime elasticache elasticache-fips elasticbeanstalk
  elasticbeanstalk-health elasticfilesystem elasticfilesystem-fips elasticloadbalancing
  elasticmapreduce email email-fips email-smtp emr-containers emr-serverless
  emr-serverless-services.livy emr-serverless.dashboard emrwal.prod entityresolution events
  evidently evidently-dataplane execute-api experiments finspace finspace-api fis forecast
  forecast-fips forecastquery forecastquery-fips frauddetector freetier fsx fsx-fips
  geo.geofencing geo.maps geo.metadata geo.places geo.routes geo.tracking git-codecommit
  git-codecommit-fips glue glue.dashboard grafana grafana-workspace greengrass groundstation
  guardduty guardduty-data guardduty-data-fips guardduty-fips healthlake iam identitystore
  imagebuilder inspector-scan inspector2 internetmonitor internetmonitor-fips invoicing
  iot.credentials iot.data iot.fleethub.api iotfleetwise iotroborunner iotsitewise.api
  iotsitewise.data iottwinmaker.api iottwinmaker.data iotwireless.api kafka kafka-fips
  kafkaconnect kendra kendra-ranking kinesis-firehose kinesis-streams kinesis-streams-fips kms
  kms-fips lakeformation lambda launchwizard license-manager license-manager-fips
  license-manager-linux-subscriptions license-manager-linux-subscriptions-fips
  license-manager-user-subscriptions logs lookoutequipment lookoutmetrics lookoutvision
  lorawan.cups lorawan.lns m2 macie2 mail-manager mail-manager-fips managedblockchain-query
  managedblockchain.bitcoin.mainnet managedblockchain.bitcoin.testnet mediaconnect
  medical-imaging memory-db memorydb-fips mgn migrationhub-orchestrator migrationhub-strategy
  models-v2-lex monitoring mq neptune-graph neptune-graph-data neptune-graph-fips
  network-firewall network-firewall-fips networkflowmonitor networkflowmonitorreports
  networkmonitor nimble notebook observabilityadmin organizations organizations-fips outposts
  panorama partner-app payment-cryptography.controlplane payment-cryptography.dataplane
  pca-connector-ad pca-connector-scep pcs pcs-fips personalize personalize-events
  personalize-runtime pi pi-fips pinpoint pinpoint-sms-voice-v2 pipes pipes-data pipes-fips
  polly pricing.api private-networks profile proton q qapps qbusiness qldb.session
  quicksight-website ram rbin rds rds-data redshift redshift-data redshift-data-fips
  redshift-fips redshift-serverless redshift-serverless-fips refactor-spaces rekognition
  rekognition-fips repostspace resource-groups resource-groups-fips robomaker rolesanywhere rum
  rum-dataplane runtime-medical-imaging runtime-v2-lex s3 s3-global.accesspoint s3-outposts
  s3tables s3vectors sagemaker-data-science-assistant sagemaker-geospatial sagemaker.api
  sagemaker.api-fips sagemaker.featurestore-runtime sagemaker.metrics sagemaker.runtime
  sagemaker.runtime-fips savingsplans schemas scn secretsmanager securityhub securitylake
  securitylake-fips serverlessrepo service.user-subscriptions servicecatalog
  servicecatalog-appregistry servicediscovery servicediscovery-fips shield shield-fips signin
  simspaceweaver sms sms-fips snow-device-management sns social-messaging sqs sqs-fips ssm
  ssm-contacts ssm-fips ssm-incidents ssm-quicksetup ssmmessages states storage-omics
  storagegateway streaming-rekognition streaming-rekognition-fips sts sts-fips studio swf
  swf-fips sync-states synthetics synthetics-fips tagging tags-omics tax textract textract-fips
  thinclient.api timestream-influxdb timestream-influxdb-fips tnb transcribe transcribestreaming
  transfer transfer.server translate trustedadvisor verifiedpermissions voiceid vpc-lattice
  wafv2 wafv2-fips wellarchitected wisdom workflows-omics workmail workspaces workspaces-web
  workspaces-web-fips xray
`;

/** The services that an interface endpoint can serve, by short name. */
const interfaceEndpointServices: ReadonlySet<string> = new Set(
  interfaceEndpointNames.trim().split(/\s+/),
);

/** The services that a gateway endpoint can serve (VPC guide, "Gateway endpoints"). */
const gatewayEndpointServices: ReadonlySet<string> = new Set(['s3', 'dynamodb', 's3express']);

/**
 * The services whose interface endpoint can stand in another Region than the service (AWS PrivateLink guide,
 * "AWS services that support cross-Region").
 */
const crossRegionServices: ReadonlySet<string> = new Set([
  's3',
  'iam',
  'ecr.api',
  'ecr.dkr',
  'kms',
  'kms-fips',
  'ecs',
  'lambda',
  'kinesis-firehose',
  'kinesisanalytics',
  'kinesisanalytics-fips',
  'route53',
]);

/** Names that people and other AWS consoles use, and the endpoint's short name that they mean. */
const aliases: ReadonlyMap<string, string> = new Map([
  ['api-gateway', 'execute-api'],
  ['apigateway', 'execute-api'],
  ['cloudwatch', 'monitoring'],
  ['cloudwatch-logs', 'logs'],
  ['cloudwatch-metrics', 'monitoring'],
  ['efs', 'elasticfilesystem'],
  ['elb', 'elasticloadbalancing'],
  ['emr', 'elasticmapreduce'],
  ['eventbridge', 'events'],
  ['firehose', 'kinesis-firehose'],
  ['kinesis', 'kinesis-streams'],
  ['msk', 'kafka'],
  ['s3-express', 's3express'],
  ['sagemaker', 'sagemaker.api'],
  ['secrets-manager', 'secretsmanager'],
  ['ses', 'email-smtp'],
  ['step-functions', 'states'],
  ['stepfunctions', 'states'],
]);

/**
 * Services that work over interface endpoints only where a whole set stands: pulling an image needs `ecr.api` and
 * `ecr.dkr` (Amazon ECR guide, "Interface VPC endpoints"), Session Manager all of the ssm set (Systems Manager
 * guide, "Create VPC endpoints").
 */
const endpointSets: readonly { readonly family: string; readonly endpoints: readonly string[] }[] =
  [
    { family: 'ecr', endpoints: ['ecr.api', 'ecr.dkr'] },
    { family: 'ssm', endpoints: ['ec2messages', 'ssm', 'ssmmessages'] },
  ];

/** Names that are not a service of AWS with an endpoint, though the tool knows them. */
const unendpointed: ReadonlySet<string> = new Set(['internet', awsOther]);

/** A service's full or short name, in any case or alias, as the endpoint's own short name. */
export function canonicalService(name: string): string {
  const short = parseServiceName(name)?.service ?? name.trim().toLowerCase();
  return aliases.get(short) ?? short;
}

/** What the cost model asks of a service: which endpoints can carry it. */
export interface EndpointFacts {
  /** The set that its endpoints are opened with, such as `ecr`; null where it needs no other. */
  readonly endpointSet: string | null;
  /** The interface endpoints that it needs, each of which is charged; empty where it has none. */
  readonly endpoints: readonly string[];
  /** Whether a gateway endpoint exists for it: S3, DynamoDB and S3 Express One Zone only. */
  readonly gatewayEndpoint: boolean;
  /** Whether an interface endpoint of one Region can reach it in another. */
  readonly crossRegion: boolean;
  /** What its name is: an AWS service with an endpoint, traffic without one, or nothing that pathfare knows. */
  readonly knowledge: 'endpoint' | 'no-endpoint' | 'unknown';
}

/** Looks up which endpoints can carry a service, by the endpoint's own short name. */
export function endpointFacts(service: string): EndpointFacts {
  const set = endpointSets.find(
    ({ family, endpoints }) => family === service || endpoints.includes(service),
  );
  const endpoints = set?.endpoints ?? (interfaceEndpointServices.has(service) ? [service] : []);
  const gatewayEndpoint = gatewayEndpointServices.has(service);
  const unknown = unendpointed.has(service) ? 'no-endpoint' : 'unknown';
  return {
    endpointSet: set?.family ?? null,
    endpoints,
    gatewayEndpoint,
    crossRegion:
      endpoints.length > 0 && endpoints.every((endpoint) => crossRegionServices.has(endpoint)),
    knowledge: endpoints.length > 0 || gatewayEndpoint ? 'endpoint' : unknown,
  };
}

/** What pathfare knows of a service's ways out of a VPC. */
export interface ServiceFacts {
  readonly service: string;
  /** Whether AWS lists an endpoint of the name. */
  readonly known: boolean;
  /** The interface endpoints it needs, each charged. */
  readonly endpoints: readonly string[];
  readonly gatewayEndpoint: boolean;
  /** Whether an interface endpoint can reach it in another Region. */
  readonly crossRegion: boolean;
  readonly notes: readonly string[];
  /** Names near the one asked for, or that contain a part of it, where that is not known. */
  readonly nearest: readonly string[];
}

/** Looks a service up by short or full name, in any case. */
export function serviceFacts(name: string): ServiceFacts {
  const service = canonicalService(name);
  const { endpoints, endpointSet, gatewayEndpoint, crossRegion, knowledge } =
    endpointFacts(service);
  const known = knowledge === 'endpoint';
  return {
    service,
    known,
    endpoints,
    gatewayEndpoint,
    crossRegion,
    notes: notes.get(endpointSet ?? service) ?? [],
    nearest: known ? [] : namesLike(service),
  };
}

const mostNames = 5;

/** The names that a service can be given by: those of its endpoints, of the sets and of other AWS consoles. */
const serviceNames: readonly string[] = [
  ...new Set([...gatewayEndpointServices, ...interfaceEndpointServices, ...aliases.keys()]),
];

function namesLike(service: string): readonly string[] {
  const parts = service.split(/[^a-z0-9]+/).filter((part) => part.length > 2);
  const holding = serviceNames.filter((name) => parts.some((part) => name.includes(part)));
  return [...new Set([...nearServices(service), ...holding])].slice(0, mostNames);
}

/** The names of services that a mistyped one may stand for, the nearest first. */
export function nearServices(service: string): readonly string[] {
  return nearestNames(service, serviceNames);
}

const notes: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'ecr',
    ['Image layers come from S3: the s3 path, best a gateway endpoint, is needed beside them.'],
  ],
  [
    's3',
    [
      'With private DNS for inbound endpoints only (the default), traffic from inside the VPC stays on the gateway endpoint and the interface endpoint carries what comes from on-premises.',
    ],
  ],
  ['sts', ['sts.amazonaws.com is global: the endpoint serves the name of its Region.']],
  ['ssm', ['Session Manager needs ssm, ssmmessages and ec2messages.']],
]);
