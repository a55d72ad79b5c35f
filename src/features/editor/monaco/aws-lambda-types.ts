/** The declarations of @types/aws-lambda as texts, by path: one lazy module instead of sixty. */

export const awsLambdaTypes = import.meta.glob<string>('/node_modules/@types/aws-lambda/**/*.d.ts', { query: '?raw', import: 'default', eager: true });
