/** IAM's operation table: a table of contents. */
import type { OperationTable } from '../../../sim/service.ts';
import { policyOperations } from './policies.ts';
import { roleOperations } from './roles.ts';
import type { IamModelState } from './state.ts';

export const iamOperations: OperationTable<IamModelState, object> = { ...roleOperations, ...policyOperations };
