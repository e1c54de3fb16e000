import { defineService } from '../core/index.ts'
import { api } from './api.generated.ts'
import { authorize } from './authorize.ts'
import { credentialOperations } from './credentialOperations.ts'
import { exported } from './exported.ts'
import { holderOperations } from './holderOperations.ts'
import { identityOperations } from './identityOperations.ts'
import { iamKinds } from './kinds.ts'
import { lintPolicy } from './lintPolicy.ts'
import { policyOperations } from './policyOperations.ts'
import { type AccessKey, KEY, userOf } from './records.ts'
import { iamResources } from './resources.ts'

export { type Evaluation, evaluate, iamEvaluate, trusts } from './evaluate.rule.ts'
export { permissionsOf, policyText } from './permissions.ts'
export { malformed, sortOf } from './policy/malformed.ts'
export { type RoleFacts, roleFacts } from './roleFacts.ts'

/** AWS Identity and Access Management: who there is, what they may, and the judging of every call. */
export const iam = defineService({
  name: 'iam',
  api,
  operations: [...identityOperations, ...holderOperations, ...policyOperations, ...credentialOperations],
  kinds: iamKinds,
  exports: exported,
  resources: iamResources,
  lint: lintPolicy,
  authorize,
  authenticate({ key, secret }, world) {
    const found = world.get(`${KEY}/${key}`) as AccessKey | undefined
    if (!found) return undefined
    if (found.Status !== 'Active')
      return {
        error: { code: 'InvalidClientTokenId', message: 'The security token included in the request is invalid.' },
      }
    if (found.secret !== secret)
      return {
        error: {
          code: 'SignatureDoesNotMatch',
          message:
            'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
        },
      }
    const user = userOf(world, found.UserName)
    if (!user) return undefined
    return { principal: { arn: user.Arn, account: user.Arn.split(':')[4] ?? '' } }
  },
  cliArguments: [
    {
      operations: ['CreateVirtualMFADevice'],
      name: 'outfile',
      says: 'The output path and file name where the bootstrap information will be stored.',
      apply: (input) => input,
    },
    {
      operations: ['CreateVirtualMFADevice'],
      name: 'bootstrap-method',
      says: 'Method to use to seed the virtual MFA: QRCodePNG or Base32StringSeed.',
      apply: (input) => input,
    },
  ],
})
