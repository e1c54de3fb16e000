import { drawText, EPOCH, type World } from '../../../kernel/index.ts'
import { ACCOUNT, arnOf, type Operation } from '../core/index.ts'
import { created, deleted, must, op, refused } from './answer.ts'
import { holder } from './holderOperations.ts'
import {
  ACCOUNT_KIND,
  type AccessKey,
  accountOf,
  CREDENTIAL,
  type Credential,
  change,
  GROUP,
  KEY,
  nowOf,
  POLICY,
  PROFILE,
  ROLE,
  sorted,
  type Tag,
  type User,
  uniqueId,
  userOf,
  users,
} from './records.ts'

interface Named {
  readonly UserName: string
  readonly AccessKeyId: string
  readonly Status?: string
  readonly Password: string
  readonly PasswordResetRequired?: boolean
}

const userArn = (input: { readonly UserName?: string }, world: World) =>
  input.UserName === undefined ? undefined : userOf(world, input.UserName)?.Arn
const userIn = (input: { readonly UserName: string }, world: World) => holder('User', input as never, world) as User
const keysOf = (world: World, name: string) =>
  sorted(([...world.all(KEY)] as AccessKey[]).filter(({ UserName }) => UserName === name))
const nameOf = (input: { readonly UserName?: string }, arn: string) =>
  input.UserName ?? arn.slice(arn.lastIndexOf('/') + 1)

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Access keys, passwords, and the account's own settings. */
const keyOperations: readonly Operation[] = [
  op<Named>(
    'CreateAccessKey',
    (input, world, { principal }) => {
      const { UserName } = userIn({ UserName: nameOf(input, principal.arn) }, world)
      if (keysOf(world, UserName).length >= 2) refused('LimitExceeded', 'Cannot exceed quota for AccessKeysPerUser: 2')
      const AccessKeyId = `AKIA${uniqueId(world, '', UserName).slice(0, 16)}`
      const SecretAccessKey = drawText(BASE64, 40, world.seed, 'secret', AccessKeyId)
      const CreateDate = nowOf(world)
      return {
        output: { AccessKey: { UserName, AccessKeyId, Status: 'Active', SecretAccessKey, CreateDate } },
        emit: [
          created(`${KEY}/${AccessKeyId}`, KEY, {
            UserName,
            AccessKeyId,
            Status: 'Active',
            secret: SecretAccessKey,
            CreateDate,
          }),
        ],
      }
    },
    userArn,
  ),
  op<Named>(
    'ListAccessKeys',
    (input, world, { principal }) => {
      const { UserName } = userIn({ UserName: nameOf(input, principal.arn) }, world)
      return {
        output: {
          AccessKeyMetadata: keysOf(world, UserName).map(({ AccessKeyId, Status, CreateDate }) => ({
            UserName,
            AccessKeyId,
            Status,
            CreateDate,
          })),
          IsTruncated: false,
        },
      }
    },
    userArn,
  ),
  op<Named>(
    'UpdateAccessKey',
    ({ AccessKeyId, Status }, world) => ({
      emit: change(accessKey(AccessKeyId, world), { Status }),
    }),
    userArn,
  ),
  op<Named>(
    'DeleteAccessKey',
    ({ AccessKeyId }, world) => ({ emit: [deleted(accessKey(AccessKeyId, world))] }),
    userArn,
  ),
  op<Named>('GetAccessKeyLastUsed', ({ AccessKeyId }, world) => ({
    output: {
      UserName: accessKey(AccessKeyId, world).UserName,
      AccessKeyLastUsed: { ServiceName: 'N/A', Region: 'N/A' },
    },
  })),
  op<Named>(
    'CreateLoginProfile',
    (input, world) => {
      const user = userIn(input, world)
      if (user.login) refused('EntityAlreadyExists', `Login Profile for user ${user.UserName} already exists.`)
      const login = { CreateDate: nowOf(world), PasswordResetRequired: input.PasswordResetRequired ?? false }
      return { output: { LoginProfile: { UserName: user.UserName, ...login } }, emit: change(user, { login }) }
    },
    userArn,
  ),
  op<Named>(
    'GetLoginProfile',
    (input, world) => {
      const { UserName, login } = userIn(input, world)
      return {
        output: { LoginProfile: { UserName, ...must(login, `Login Profile for User ${UserName} cannot be found.`) } },
      }
    },
    userArn,
  ),
  op<Named>(
    'UpdateLoginProfile',
    (input, world) => {
      const user = userIn(input, world)
      const login = must(user.login, `Login Profile for User ${user.UserName} cannot be found.`)
      return {
        emit: change(user, {
          login: {
            ...login,
            ...(input.PasswordResetRequired === undefined
              ? {}
              : { PasswordResetRequired: input.PasswordResetRequired }),
          },
        }),
      }
    },
    userArn,
  ),
  op<Named>(
    'DeleteLoginProfile',
    (input, world) => {
      const user = userIn(input, world)
      must(user.login, `Login Profile for User ${user.UserName} cannot be found.`)
      return { emit: change(user, { login: undefined }) }
    },
    userArn,
  ),
  op<Named>('ChangePassword', (_input, world, { principal }) => {
    const user = userIn({ UserName: nameOf({}, principal.arn) }, world)
    must(user.login, `Login Profile for User ${user.UserName} cannot be found.`)
    return {}
  }),
  op<{ AccountAlias: string }>('CreateAccountAlias', ({ AccountAlias }, world) => ({
    emit: account(world, { alias: AccountAlias }),
  })),
  op<{ AccountAlias: string }>('DeleteAccountAlias', ({ AccountAlias }, world) => {
    if (accountOf(world)?.alias !== AccountAlias)
      refused('NoSuchEntity', `The account alias ${AccountAlias} cannot be found.`)
    return { emit: account(world, { alias: undefined }) }
  }),
  op('ListAccountAliases', (_input, world) => {
    const alias = accountOf(world)?.alias
    return { output: { AccountAliases: alias === undefined ? [] : [alias], IsTruncated: false } }
  }),
  op<object>('UpdateAccountPasswordPolicy', (input, world) => ({ emit: account(world, { passwords: { ...input } }) })),
  op('GetAccountPasswordPolicy', (_input, world) => {
    const passwords = must(
      accountOf(world)?.passwords,
      `The Password Policy with domain name ${ACCOUNT} cannot be found.`,
    )
    return {
      output: {
        PasswordPolicy: {
          MinimumPasswordLength: 6,
          RequireSymbols: false,
          RequireNumbers: false,
          RequireUppercaseCharacters: false,
          RequireLowercaseCharacters: false,
          AllowUsersToChangePassword: false,
          ExpirePasswords: passwords['MaxPasswordAge'] !== undefined,
          ...passwords,
        },
      },
    }
  }),
  op('DeleteAccountPasswordPolicy', (_input, world) => {
    must(accountOf(world)?.passwords, `The account policy with name PasswordPolicy cannot be found.`)
    return { emit: account(world, { passwords: undefined }) }
  }),
  op('GetAccountSummary', (_input, world) => ({
    output: {
      SummaryMap: {
        Users: users(world).length,
        UsersQuota: 5000,
        Groups: world.count(GROUP),
        GroupsQuota: 300,
        Roles: world.count(ROLE),
        RolesQuota: 1000,
        Policies: world.count(POLICY),
        PoliciesQuota: 1500,
        InstanceProfiles: world.count(PROFILE),
        InstanceProfilesQuota: 1000,
        MFADevices: credentials(world, 'mfa').length,
        MFADevicesInUse: credentials(world, 'mfa').filter(({ user }) => user !== undefined).length,
        Providers: credentials(world, 'oidc').length + credentials(world, 'saml').length,
        ServerCertificates: credentials(world, 'server').length,
        ServerCertificatesQuota: 20,
        AccountMFAEnabled: 0,
        AccountAccessKeysPresent: 0,
        AccountSigningCertificatesPresent: 0,
        AccessKeysPerUserQuota: 2,
        AssumeRolePolicySizeQuota: 2048,
        AttachedPoliciesPerGroupQuota: 10,
        AttachedPoliciesPerRoleQuota: 10,
        AttachedPoliciesPerUserQuota: 10,
        GlobalEndpointTokenVersion: 1,
        GroupPolicySizeQuota: 5120,
        GroupsPerUserQuota: 10,
        PolicySizeQuota: 6144,
        PolicyVersionsInUse: world.count(POLICY),
        PolicyVersionsInUseQuota: 10000,
        RolePolicySizeQuota: 10240,
        SigningCertificatesPerUserQuota: 2,
        UserPolicySizeQuota: 2048,
        VersionsPerPolicyQuota: 5,
      },
    },
  })),
  op('GenerateCredentialReport', () => ({
    output: { State: 'STARTED', Description: 'No report exists. Starting a new report generation task' },
  })),
]

function accessKey(id: string, world: World): AccessKey {
  return must(world.get(`${KEY}/${id}`) as AccessKey | undefined, `The Access Key with id ${id} cannot be found.`)
}

function account(world: World, data: object) {
  const found = accountOf(world)
  return found ? change(found, data) : [created(`${ACCOUNT_KIND}/${ACCOUNT}`, ACCOUNT_KIND, data)]
}

function credentials(world: World, sort: string): readonly Credential[] {
  return sorted(([...world.all(CREDENTIAL)] as Credential[]).filter(({ fields }) => fields['sort'] === sort))
}

function credential(world: World, sort: string, id: string, words: string): Credential {
  return must(world.get(`${CREDENTIAL}/${sort}/${id}`) as Credential | undefined, words)
}

const shown = ({ user, fields: { sort: _sort, ...fields } }: Credential) => ({
  ...(user === undefined ? {} : { UserName: user }),
  ...fields,
})
const made = (sort: string, id: string, user: string | undefined, fields: object, Tags?: unknown) =>
  created(`${CREDENTIAL}/${sort}/${id}`, CREDENTIAL, {
    ...(user === undefined ? {} : { user }),
    fields: { sort, ...fields },
    ...(Tags ? { Tags } : {}),
  })

interface Cred {
  readonly UserName: string
  readonly SerialNumber: string
  readonly VirtualMFADeviceName: string
  readonly Path?: string
  readonly Tags?: readonly Tag[]
  readonly TagKeys: readonly string[]
  readonly ServiceName: string
  readonly ServiceSpecificCredentialId: string
  readonly Status: string
  readonly SSHPublicKeyId: string
  readonly SSHPublicKeyBody: string
  readonly CertificateId: string
  readonly CertificateBody: string
  readonly ServerCertificateName: string
  readonly CertificateChain?: string
  readonly Url: string
  readonly ClientIDList?: readonly string[]
  readonly ThumbprintList?: readonly string[]
  readonly OpenIDConnectProviderArn: string
  readonly SAMLMetadataDocument: string
  readonly Name: string
  readonly SAMLProviderArn: string
}

const mfa = (input: Cred, world: World) =>
  credential(
    world,
    'mfa',
    input.SerialNumber,
    `VirtualMFADevice with serial number ${input.SerialNumber} does not exist.`,
  )
const git = (input: Cred, world: World) =>
  credential(
    world,
    'git',
    input.ServiceSpecificCredentialId,
    `No such credential ${input.ServiceSpecificCredentialId} exists`,
  )
const ssh = (input: Cred, world: World) =>
  credential(world, 'ssh', input.SSHPublicKeyId, `The Public Key with id ${input.SSHPublicKeyId} cannot be found.`)
const signing = (input: Cred, world: World) =>
  credential(world, 'signing', input.CertificateId, `The Certificate with id ${input.CertificateId} cannot be found.`)
const server = (input: Cred, world: World) =>
  credential(
    world,
    'server',
    input.ServerCertificateName,
    `The Server Certificate with name ${input.ServerCertificateName} cannot be found.`,
  )
const oidc = (input: Cred, world: World) =>
  credential(
    world,
    'oidc',
    input.OpenIDConnectProviderArn,
    `OpenIDConnect Provider not found for arn ${input.OpenIDConnectProviderArn}`,
  )
const saml = (input: Cred, world: World) =>
  credential(world, 'saml', input.SAMLProviderArn, `Manifest not found for arn ${input.SAMLProviderArn}`)

function tagging(noun: string, list: string, find: (input: Cred, world: World) => Credential): readonly Operation[] {
  return [
    op<Cred>(`Tag${noun}`, (input, world) => {
      const one = find(input, world)
      const keys = (input.Tags ?? []).map(({ Key }) => Key)
      return {
        emit: change(one, {
          Tags: [...(one.Tags ?? []).filter(({ Key }) => !keys.includes(Key)), ...(input.Tags ?? [])],
        }),
      }
    }),
    op<Cred>(`Untag${noun}`, (input, world) => {
      const one = find(input, world)
      return { emit: change(one, { Tags: (one.Tags ?? []).filter(({ Key }) => !input.TagKeys.includes(Key)) }) }
    }),
    op<Cred>(list, (input, world) => ({ output: { Tags: find(input, world).Tags ?? [], IsTruncated: false } })),
  ]
}

const password = (world: World, id: string) => `${drawText(BASE64, 43, world.seed, 'password', id, world.revision)}=`

/** What users and the account keep beside access keys. */
const otherOperations: readonly Operation[] = [
  op<Cred>('CreateVirtualMFADevice', (input, world) => {
    const SerialNumber = arnOf('iam', '', `mfa${input.Path ?? '/'}${input.VirtualMFADeviceName}`)
    if (world.get(`${CREDENTIAL}/mfa/${SerialNumber}`))
      refused('EntityAlreadyExists', 'MFADevice entity at the same path and name already exists.')
    const seed = drawText('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 64, world.seed, 'mfa', SerialNumber)
    return {
      output: { VirtualMFADevice: { SerialNumber, Base32StringSeed: seed } },
      emit: [made('mfa', SerialNumber, undefined, { SerialNumber }, input.Tags)],
    }
  }),
  op<Cred>('EnableMFADevice', (input, world) => {
    const { UserName } = userIn(input, world)
    const EnableDate = nowOf(world)
    const found = world.get(`${CREDENTIAL}/mfa/${input.SerialNumber}`) as Credential | undefined
    return {
      emit: found
        ? change(found, { user: UserName, fields: { ...found.fields, EnableDate } })
        : [made('mfa', input.SerialNumber, UserName, { SerialNumber: input.SerialNumber, EnableDate })],
    }
  }),
  op<Cred>('DeactivateMFADevice', (input, world) => ({ emit: change(mfa(input, world), { user: undefined }) })),
  op<Cred>('ResyncMFADevice', (input, world) => {
    mfa(input, world)
    return {}
  }),
  op<Cred>('DeleteVirtualMFADevice', (input, world) => {
    const one = mfa(input, world)
    if (one.user !== undefined) refused('DeleteConflict', 'MFA VirtualDevice is in use. Must deactivate first.')
    return { emit: [deleted(one)] }
  }),
  op<Cred>('ListMFADevices', (input, world, { principal }) => {
    const { UserName } = userIn({ UserName: nameOf(input, principal.arn) }, world)
    return {
      output: {
        MFADevices: credentials(world, 'mfa')
          .filter(({ user }) => user === UserName)
          .map(shown),
        IsTruncated: false,
      },
    }
  }),
  op('ListVirtualMFADevices', (_input, world) => ({
    output: {
      VirtualMFADevices: credentials(world, 'mfa').map(({ fields, user }) => ({
        SerialNumber: fields['SerialNumber'],
        ...(user === undefined ? {} : { EnableDate: fields['EnableDate'] }),
      })),
      IsTruncated: false,
    },
  })),
  ...tagging('MFADevice', 'ListMFADeviceTags', mfa),
  op<Cred>(
    'CreateServiceSpecificCredential',
    (input, world) => {
      const { UserName } = userIn(input, world)
      if (!['codecommit.amazonaws.com', 'cassandra.amazonaws.com', 'bedrock.amazonaws.com'].includes(input.ServiceName))
        refused('NoSuchEntity', `No such service ${input.ServiceName} is supported for Service Specific Credentials`)
      const same = credentials(world, 'git').filter(
        ({ user, fields }) => user === UserName && fields['ServiceName'] === input.ServiceName,
      )
      if (same.length >= 2) refused('LimitExceeded', 'Cannot exceed quota for ServiceSpecificCredentialsPerUser: 2')
      const id = uniqueId(world, 'ACCA', UserName)
      const fields = {
        CreateDate: nowOf(world),
        ServiceName: input.ServiceName,
        ServiceUserName: `${UserName}${same.length === 0 ? '' : `+${same.length}`}-at-${ACCOUNT}`,
        ServiceSpecificCredentialId: id,
        Status: 'Active',
        ServicePassword: password(world, id),
      }
      return {
        output: { ServiceSpecificCredential: { ...fields, UserName } },
        emit: [made('git', id, UserName, fields)],
      }
    },
    userArn,
  ),
  op<Cred>(
    'ListServiceSpecificCredentials',
    (input, world, { principal }) => {
      const name = nameOf(input, principal.arn)
      userIn({ UserName: name }, world)
      return {
        output: {
          ServiceSpecificCredentials: credentials(world, 'git')
            .filter(
              ({ user, fields }) =>
                user === name && (input.ServiceName ?? fields['ServiceName']) === fields['ServiceName'],
            )
            .map((one) => {
              const { ServicePassword: _password, ...rest } = shown(one) as { ServicePassword?: string }
              return rest
            }),
        },
      }
    },
    userArn,
  ),
  op<Cred>(
    'ResetServiceSpecificCredential',
    (input, world) => {
      const one = git(input, world)
      const fields = { ...one.fields, ServicePassword: password(world, one.id) }
      return {
        output: { ServiceSpecificCredential: shown({ ...one, fields }) },
        emit: change(one, { fields }),
      }
    },
    userArn,
  ),
  op<Cred>(
    'UpdateServiceSpecificCredential',
    (input, world) => {
      const one = git(input, world)
      return { emit: change(one, { fields: { ...one.fields, Status: input.Status } }) }
    },
    userArn,
  ),
  op<Cred>('DeleteServiceSpecificCredential', (input, world) => ({ emit: [deleted(git(input, world))] }), userArn),
  op<Cred>(
    'UploadSSHPublicKey',
    (input, world) => {
      const { UserName } = userIn(input, world)
      if (!/^(ssh-rsa |-----BEGIN)/.test(input.SSHPublicKeyBody))
        refused('InvalidPublicKey', 'Invalid public key. The public key must be in SSH-RSA or PEM format.')
      const id = uniqueId(world, 'APKA', UserName)
      const hex = drawText('0123456789abcdef', 32, world.seed, 'print', input.SSHPublicKeyBody)
      const fields = {
        SSHPublicKeyId: id,
        Fingerprint: hex.replace(/(..)(?=.)/g, '$1:'),
        SSHPublicKeyBody: input.SSHPublicKeyBody,
        Status: 'Active',
        UploadDate: nowOf(world),
      }
      return { output: { SSHPublicKey: { UserName, ...fields } }, emit: [made('ssh', id, UserName, fields)] }
    },
    userArn,
  ),
  op<Cred>('GetSSHPublicKey', (input, world) => ({ output: { SSHPublicKey: shown(ssh(input, world)) } }), userArn),
  op<Cred>(
    'ListSSHPublicKeys',
    (input, world, { principal }) => ({
      output: {
        SSHPublicKeys: credentials(world, 'ssh')
          .filter(({ user }) => user === nameOf(input, principal.arn))
          .map(({ user: UserName, fields: { SSHPublicKeyId, Status, UploadDate } }) => ({
            UserName,
            SSHPublicKeyId,
            Status,
            UploadDate,
          })),
        IsTruncated: false,
      },
    }),
    userArn,
  ),
  op<Cred>(
    'UpdateSSHPublicKey',
    (input, world) => {
      const one = ssh(input, world)
      return { emit: change(one, { fields: { ...one.fields, Status: input.Status } }) }
    },
    userArn,
  ),
  op<Cred>('DeleteSSHPublicKey', (input, world) => ({ emit: [deleted(ssh(input, world))] }), userArn),
  op<Cred>(
    'UploadSigningCertificate',
    (input, world, { principal }) => {
      const { UserName } = userIn({ UserName: nameOf(input, principal.arn) }, world)
      if (!input.CertificateBody.includes('-----BEGIN CERTIFICATE-----'))
        refused('MalformedCertificate', 'Unable to parse certificate. Please ensure the certificate is in PEM format.')
      const id = drawText('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 32, world.seed, 'signing', input.CertificateBody)
      const fields = {
        CertificateId: id,
        CertificateBody: input.CertificateBody,
        Status: 'Active',
        UploadDate: nowOf(world),
      }
      return { output: { Certificate: { UserName, ...fields } }, emit: [made('signing', id, UserName, fields)] }
    },
    userArn,
  ),
  op<Cred>(
    'ListSigningCertificates',
    (input, world, { principal }) => ({
      output: {
        Certificates: credentials(world, 'signing')
          .filter(({ user }) => user === nameOf(input, principal.arn))
          .map(shown),
        IsTruncated: false,
      },
    }),
    userArn,
  ),
  op<Cred>(
    'UpdateSigningCertificate',
    (input, world) => {
      const one = signing(input, world)
      return { emit: change(one, { fields: { ...one.fields, Status: input.Status } }) }
    },
    userArn,
  ),
  op<Cred>('DeleteSigningCertificate', (input, world) => ({ emit: [deleted(signing(input, world))] }), userArn),
  op<Cred>('UploadServerCertificate', (input, world) => {
    const { ServerCertificateName: name, Path = '/' } = input
    if (world.get(`${CREDENTIAL}/server/${name}`))
      refused('EntityAlreadyExists', `The Server Certificate with name ${name} already exists.`)
    const metadata = {
      Path,
      ServerCertificateName: name,
      ServerCertificateId: uniqueId(world, 'ASCA', name),
      Arn: arnOf('iam', '', `server-certificate${Path}${name}`),
      UploadDate: nowOf(world),
      Expiration: EPOCH + 365 * 86_400_000,
    }
    return {
      output: { ServerCertificateMetadata: metadata },
      emit: [
        made(
          'server',
          name,
          undefined,
          { metadata, CertificateBody: input.CertificateBody, CertificateChain: input.CertificateChain },
          input.Tags,
        ),
      ],
    }
  }),
  op<Cred>('GetServerCertificate', (input, world) => {
    const { fields } = server(input, world)
    return {
      output: {
        ServerCertificate: {
          ServerCertificateMetadata: fields['metadata'],
          CertificateBody: fields['CertificateBody'],
          CertificateChain: fields['CertificateChain'],
        },
      },
    }
  }),
  op('ListServerCertificates', (_input, world) => ({
    output: {
      ServerCertificateMetadataList: credentials(world, 'server').map(({ fields }) => fields['metadata']),
      IsTruncated: false,
    },
  })),
  op<Cred>('DeleteServerCertificate', (input, world) => ({ emit: [deleted(server(input, world))] })),
  ...tagging('ServerCertificate', 'ListServerCertificateTags', server),
  op<Cred>('CreateOpenIDConnectProvider', (input, world) => {
    const host = input.Url.replace(/^https:\/\//, '')
    if (host === input.Url) refused('InvalidInput', `Invalid Open ID Connect Url`)
    const arn = arnOf('iam', '', `oidc-provider/${host}`)
    if (world.get(`${CREDENTIAL}/oidc/${arn}`))
      refused('EntityAlreadyExists', `Provider with url ${input.Url} already exists.`)
    const fields = {
      Url: host,
      ClientIDList: input.ClientIDList ?? [],
      ThumbprintList: input.ThumbprintList ?? [],
      CreateDate: nowOf(world),
    }
    return { output: { OpenIDConnectProviderArn: arn }, emit: [made('oidc', arn, undefined, fields, input.Tags)] }
  }),
  op<Cred>('GetOpenIDConnectProvider', (input, world) => ({ output: shown(oidc(input, world)) })),
  op('ListOpenIDConnectProviders', (_input, world) => ({
    output: {
      OpenIDConnectProviderList: credentials(world, 'oidc').map(({ id }) => ({
        Arn: id.slice(`${CREDENTIAL}/oidc/`.length),
      })),
    },
  })),
  op<Cred>('DeleteOpenIDConnectProvider', (input, world) => ({ emit: [deleted(oidc(input, world))] })),
  ...tagging('OpenIDConnectProvider', 'ListOpenIDConnectProviderTags', oidc),
  op<Cred>('CreateSAMLProvider', (input, world) => {
    const arn = arnOf('iam', '', `saml-provider/${input.Name}`)
    const fields = { SAMLMetadataDocument: input.SAMLMetadataDocument, CreateDate: nowOf(world) }
    return { output: { SAMLProviderArn: arn }, emit: [made('saml', arn, undefined, fields, input.Tags)] }
  }),
  op<Cred>('GetSAMLProvider', (input, world) => ({ output: shown(saml(input, world)) })),
  op('ListSAMLProviders', (_input, world) => ({
    output: {
      SAMLProviderList: credentials(world, 'saml').map(({ id, fields }) => ({
        Arn: id.slice(`${CREDENTIAL}/saml/`.length),
        CreateDate: fields['CreateDate'],
      })),
    },
  })),
  op<Cred>('DeleteSAMLProvider', (input, world) => ({ emit: [deleted(saml(input, world))] })),
  ...tagging('SAMLProvider', 'ListSAMLProviderTags', saml),
]

export const credentialOperations: readonly Operation[] = [...keyOperations, ...otherOperations]
