/** AWS managed policies that Lambda roles use, as documents. @source AWS managed policy reference (aws/lambda.md §11) */
import type { PolicyDocument } from '../../../sim/iam.ts';

const LOGS = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];
const allow = (...actions: string[]): PolicyDocument => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] });

export const managedPolicies: Readonly<Record<string, PolicyDocument>> = {
  'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole': allow(...LOGS),
  'arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole': allow('ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets', 'ec2:DeleteNetworkInterface', 'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses', ...LOGS),
  'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess': allow('xray:PutTraceSegments', 'xray:PutTelemetryRecords'),
  'arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole': allow('sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', ...LOGS),
  'arn:aws:iam::aws:policy/service-role/AWSLambdaKinesisExecutionRole': allow('kinesis:DescribeStream', 'kinesis:DescribeStreamSummary', 'kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:ListShards', 'kinesis:ListStreams', 'kinesis:SubscribeToShard', ...LOGS),
  'arn:aws:iam::aws:policy/service-role/AWSLambdaDynamoDBExecutionRole': allow('dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams', ...LOGS),
  'arn:aws:iam::aws:policy/AmazonS3FullAccess': allow('s3:*', 's3-object-lambda:*'),
  'arn:aws:iam::aws:policy/AmazonSQSFullAccess': allow('sqs:*'),
  'arn:aws:iam::aws:policy/AmazonEventBridgeFullAccess': allow('events:*', 'schemas:*', 'scheduler:*'),
  'arn:aws:iam::aws:policy/AdministratorAccess': allow('*'),
};
