import { describe, expect, it } from 'vitest';
import { isRegionShaped, parseServiceName } from '../../src/base/service-name.js';

describe('parseServiceName', () => {
  it.each([
    ['s3', 's3', null],
    [' S3 ', 's3', null],
    ['ecr.dkr', 'ecr.dkr', null],
    ['aws-other', 'aws-other', null],
    ['billing platform', 'billing platform', null],
    ['com.amazonaws.us-east-1.s3', 's3', 'us-east-1'],
    ['COM.AMAZONAWS.US-GOV-WEST-1.ECR.DKR', 'ecr.dkr', 'us-gov-west-1'],
    ['cn.com.amazonaws.cn-north-1.ec2', 'ec2', 'cn-north-1'],
    ['com.amazonaws.eusc-de-east-1.sts', 'sts', 'eusc-de-east-1'],
    ['com.amazonaws.iam', 'iam', null],
    ['com.amazonaws.s3-global.accesspoint', 's3-global.accesspoint', null],
    ['aws.api.us-east-1.freetier', 'freetier', 'us-east-1'],
    ['aws.api.global.codecatalyst', 'codecatalyst', null],
    ['aws.sagemaker.eu-west-1.studio', 'studio', 'eu-west-1'],
  ])('reads %j as %s in %s', (text, service, region) => {
    expect(parseServiceName(text)).toEqual({ service, region });
  });

  it.each(['', '  ', 'us-east-1', 'com.amazonaws.us-east-1', 'a\u0000b', 'x'.repeat(129)])(
    'finds no service in %j',
    (text) => {
      expect(parseServiceName(text)).toBeNull();
    },
  );
});

describe('isRegionShaped', () => {
  it.each(['us-east-1', 'ap-southeast-7', 'us-gov-west-1', 'us-isob-east-1', 'eusc-de-east-1'])(
    'knows %s by its shape',
    (text) => {
      expect(isRegionShaped(text)).toBe(true);
    },
  );

  it.each(['', 'US-EAST-1', 'us-east', 'us-east-1a', 'ireland', 'us--1', 'us-east-1\n'])(
    'does not take %j for a Region',
    (text) => {
      expect(isRegionShaped(text)).toBe(false);
    },
  );
});
