/** Operations of AWS that are not modelled (recalled): calls are refused by name, others that AWS has too. */
export const notModelled: readonly string[] = [
  'AddClientIDToOpenIDConnectProvider', 'AddRoleToInstanceProfile', 'AddUserToGroup', 'AttachGroupPolicy', 'AttachUserPolicy', 'ChangePassword', 'CreateAccessKey',
  'CreateAccountAlias', 'CreateGroup', 'CreateInstanceProfile', 'CreateLoginProfile', 'CreateOpenIDConnectProvider', 'CreateSAMLProvider', 'CreateServiceLinkedRole',
  'CreateServiceSpecificCredential', 'CreateUser', 'CreateVirtualMFADevice', 'DeactivateMFADevice', 'DeleteAccessKey', 'DeleteAccountAlias',
  'DeleteAccountPasswordPolicy', 'DeleteGroup', 'DeleteGroupPolicy', 'DeleteInstanceProfile', 'DeleteLoginProfile', 'DeleteOpenIDConnectProvider',
  'DeleteSAMLProvider', 'DeleteServerCertificate', 'DeleteServiceLinkedRole', 'DeleteUser', 'DeleteUserPermissionsBoundary', 'DeleteUserPolicy', 'DetachGroupPolicy',
  'DetachUserPolicy', 'EnableMFADevice', 'GenerateCredentialReport', 'GenerateServiceLastAccessedDetails', 'GetAccessKeyLastUsed', 'GetAccountAuthorizationDetails',
  'GetAccountPasswordPolicy', 'GetAccountSummary', 'GetContextKeysForCustomPolicy', 'GetContextKeysForPrincipalPolicy', 'GetCredentialReport', 'GetGroup',
  'GetGroupPolicy', 'GetInstanceProfile', 'GetLoginProfile', 'GetOpenIDConnectProvider', 'GetSAMLProvider', 'GetServerCertificate', 'GetServiceLastAccessedDetails',
  'GetUser', 'GetUserPolicy', 'ListAccessKeys', 'ListAccountAliases', 'ListAttachedGroupPolicies', 'ListAttachedUserPolicies', 'ListEntitiesForPolicy',
  'ListGroupPolicies', 'ListGroups', 'ListGroupsForUser', 'ListInstanceProfiles', 'ListInstanceProfilesForRole', 'ListMFADevices', 'ListOpenIDConnectProviders',
  'ListPoliciesGrantingServiceAccess', 'ListPolicyTags', 'ListPolicyVersions', 'ListRoleTags', 'ListSAMLProviders', 'ListServerCertificates', 'ListUserPolicies',
  'ListUserTags', 'ListUsers', 'ListVirtualMFADevices', 'PutGroupPolicy', 'PutUserPermissionsBoundary', 'PutUserPolicy', 'RemoveRoleFromInstanceProfile',
  'RemoveUserFromGroup', 'SimulateCustomPolicy', 'TagPolicy', 'TagRole', 'TagUser', 'UntagPolicy', 'UntagRole', 'UntagUser', 'UpdateAccessKey',
  'UpdateAccountPasswordPolicy', 'UpdateGroup', 'UpdateLoginProfile', 'UpdateRoleDescription', 'UpdateUser', 'UploadServerCertificate',
];
